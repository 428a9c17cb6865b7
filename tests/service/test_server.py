"""The real server process on a real port."""

import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from select import select
from urllib.parse import urlsplit

import pytest

from rollguard.errors import PublishError, TrustError
from rollguard.service.limits import WRITES_AT_ONCE
from rollguard.trust.development import bootstrap_development, development_keys
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.pull import pull
from rollguard.trust.push import push, push_rules
from rollguard.trust.repository import read_repository
from rollguard.trust.signing import sign_release

from .server_process import command, running, small_bundle


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("service") / "data"
    bootstrap_development(folder, small_bundle(), datetime.now(UTC))
    return folder


@pytest.fixture(scope="module")
def service(data: Path) -> Iterator[str]:
    with running(data) as url:
        yield url


@pytest.fixture
def keys() -> MaintainerKeys:
    return development_keys(datetime.now(UTC))


def test_answers_as_soon_as_it_says_where_it_is(data: Path, service: str) -> None:
    connection = HTTPConnection(urlsplit(service).netloc, timeout=10)
    connection.request("GET", "/metadata/timestamp.json")
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, (data / "repository/metadata/timestamp.json").read_bytes())
    assert answer.headers["Content-Length"]
    connection.close()


def test_what_is_pushed_can_be_pulled(tmp_path: Path, service: str, keys: MaintainerKeys) -> None:
    before = pull(service, keys.root).targets.version
    assert push_rules(service, tmp_path / "no-keys", small_bundle(), datetime.now(UTC)) == before + 1
    after = pull(service, keys.root)
    assert (after.targets.version, after.bundle) == (before + 1, small_bundle())


def test_of_two_that_push_at_once_one_is_told_to_pull(service: str, keys: MaintainerKeys) -> None:
    release = sign_release(pull(service, keys.root), keys, small_bundle(), datetime.now(UTC))

    def try_to_push(_number: int) -> str:
        try:
            return f"version {push(service, release)}"
        except PublishError as error:
            return error.next_step

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(try_to_push, range(2)))
    assert results == ["Pull and push again.", f"version {pull(service, keys.root).targets.version}"]


def test_who_pushes_slowly_holds_up_no_reader(service: str) -> None:
    address = (urlsplit(service).hostname or "", urlsplit(service).port or 0)
    head = b"POST /push HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
    with ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection(address, timeout=10)) for _ in range(WRITES_AT_ONCE + 2)]
        for pusher in slow:
            pusher.sendall(head)
        waiting = list(slow)
        refused: list[bytes] = []
        while len(refused) < len(slow) - WRITES_AT_ONCE:
            ready, _, _ = select(waiting, [], [], 10)
            assert ready, "nobody was turned away"
            for pusher in ready:
                refused.append(pusher.recv(12))
                waiting.remove(pusher)
        assert refused == [b"HTTP/1.1 503"] * 2
        connection = HTTPConnection(urlsplit(service).netloc, timeout=10)
        connection.request("GET", "/metadata/timestamp.json")
        assert connection.getresponse().status == 200
        connection.close()


def test_what_says_that_it_is_too_large_is_refused_unread(service: str) -> None:
    address = (urlsplit(service).hostname or "", urlsplit(service).port or 0)
    with socket.create_connection(address, timeout=10) as pusher:
        pusher.sendall(b"POST /push HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n{")
        assert pusher.recv(12) == b"HTTP/1.1 413"


def test_a_maintainer_of_another_service_notices_before_pushing(
    tmp_path: Path, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rollguard.trust.founding import init_keys  # noqa: PLC0415 - only here

    monkeypatch.delenv("ROLLGUARD_KEY_PASSPHRASE", raising=False)
    init_keys(tmp_path / "keys", tmp_path / "data", small_bundle(), datetime.now(UTC))
    with pytest.raises(TrustError, match=r"timestamp\.json\n.*not signed by 1 of the keys"):
        push_rules(service, tmp_path / "keys", small_bundle(), datetime.now(UTC))


def test_a_first_start_signs_the_first_timestamp(tmp_path: Path) -> None:
    bootstrap_development(tmp_path, small_bundle(), datetime.now(UTC))
    (tmp_path / "repository/metadata/timestamp.json").unlink()
    with running(tmp_path):
        assert read_repository(tmp_path / "repository").timestamp is not None


def test_says_that_its_folder_is_empty(tmp_path: Path) -> None:
    done = subprocess.run(command(tmp_path, 0), check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "there is no repository in it" in done.stderr


def test_says_that_the_port_is_taken(data: Path, service: str) -> None:
    taken = urlsplit(service).port or 0
    done = subprocess.run(command(data, taken), check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "Choose another --port" in done.stderr


def test_a_service_that_is_not_there_is_named(keys: MaintainerKeys) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(PublishError, match=rf"{url}\n.*cannot be reached.*\n.*Is it running"):
        pull(url, keys.root)


def test_an_address_that_is_none_is_refused(keys: MaintainerKeys) -> None:
    with pytest.raises(PublishError, match="no address of a service"):
        pull("rules.example.org", keys.root)
