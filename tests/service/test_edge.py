"""nginx as we ship it, in front of the real service: the same answers, and next to nothing left for Python to do."""

import gzip
import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from rollguard.rules.compiler import TARGET_PATH, Compiled
from rollguard.trust.development import bootstrap_development, development_keys
from rollguard.trust.pull import pull
from rollguard.trust.push import push
from rollguard.trust.signing import sign_release
from rollguard.trust.storage import target_path
from tests.programs import find_program

from .nginx_process import configuration, edge
from .server_process import serving, small_bundle

Answer = tuple[int, dict[str, str], bytes]


def ask(url: str, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("edge") / "data"
    bootstrap_development(folder, small_bundle(), datetime.now(UTC))
    return folder


@pytest.fixture(scope="module")
def origin(data: Path) -> Iterator[str]:
    with serving(data, proxies=1, writes_per_minute=1000) as server:
        yield server.url


@pytest.fixture(scope="module")
def url(data: Path, origin: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with edge(tmp_path_factory.mktemp("nginx"), data, origin) as address:
        yield address


@pytest.fixture(scope="module")
def published(url: str) -> Compiled:
    """A second version, pushed through the edge."""
    keys = development_keys(datetime.now(UTC))
    public = pull(url, keys.root)
    release = sign_release(public, keys, small_bundle(), datetime.now(UTC))
    assert push(url, release) == 2
    return small_bundle()


def reads_of_origin(origin: str, kind: str = "metadata") -> float:
    text = ask(origin, "/metrics")[2].decode()
    counts = re.findall(rf'rollguard_reads_total\{{kind="{kind}",status="\d+"\}} ([\d.e+]+)', text)
    return sum(map(float, counts))


def test_the_configuration_is_one_that_nginx_accepts(tmp_path: Path, data: Path) -> None:
    path = configuration(tmp_path, data, "http://127.0.0.1:9", 18_080)
    done = subprocess.run(
        [find_program("nginx"), "-t", "-c", path, "-p", tmp_path], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_rules_are_pushed_and_pulled_through_the_edge(url: str, published: Compiled) -> None:
    keys = development_keys(datetime.now(UTC))
    # The edge may keep the old timestamp for a few seconds, which must verify as well.
    assert pull(url, keys.root).bundle == published


def test_the_rules_come_from_the_folder_compressed_beforehand_and_without_python(
    url: str, origin: str, data: Path, published: Compiled
) -> None:
    before = reads_of_origin(origin, "targets")
    path = f"/targets/{hashlib.sha256(published[TARGET_PATH]).hexdigest()}.rules.jsonl"
    status, headers, body = ask(url, path, Accept_Encoding="gzip")
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert body == (data / f"repository{path}.gz").read_bytes()
    assert gzip.decompress(body) == published[TARGET_PATH]
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert {"ETag", "Set-Cookie"}.isdisjoint(headers)
    assert ask(url, path)[2] == published[TARGET_PATH]
    for path, text in published.items():
        assert ask(url, f"/{target_path(path, hashlib.sha256(text).hexdigest())}")[2] == text
    assert reads_of_origin(origin, "targets") == before


def test_however_many_ask_the_service_is_asked_once(url: str, origin: str) -> None:
    """Two thousand checks, each in another client's words: the timestamp, and the root that is not there yet."""
    ask(url, "/metadata/timestamp.json")
    ask(url, "/metadata/2.root.json")
    before = reads_of_origin(origin)

    def check(number: int) -> set[int]:
        headers = {"Accept_Encoding": ("gzip", "br", "gzip, br", "identity")[number % 4], "User_Agent": f"{number}"}
        query = f"?{number}" if number % 2 else ""
        paths = (f"/metadata/timestamp.json{query}", f"/metadata/2.root.json{query}")
        return {ask(url, path, "GET", None, Cookie=f"id={number}", **headers)[0] for path in paths}

    with ThreadPoolExecutor(8) as pool:
        statuses = set().union(*pool.map(check, range(1000)))
    assert statuses == {200, 404}
    # Fifteen seconds later it is asked again, twice: this test may last longer on a slow machine.
    assert reads_of_origin(origin) - before <= 8


def test_everybody_gets_the_same_and_is_not_marked(url: str) -> None:
    _status, headers, body = ask(url, "/metadata/timestamp.json", Cookie="id=7")
    again = ask(url, "/metadata/timestamp.json", If_None_Match='"7"', If_Modified_Since="Wed, 01 Jan 2098 00:00:00 GMT")
    assert (again[0], again[2]) == (200, body)
    assert {"ETag", "Set-Cookie", "Last-Modified"}.isdisjoint(headers)


@pytest.mark.parametrize(
    "path", ["/../keys/timestamp.pem", "/targets/../../keys/timestamp.pem", "/keys/timestamp.pem", "/audit.sqlite"]
)
def test_nothing_but_published_files_can_be_read(url: str, path: str) -> None:
    assert ask(url, path)[0] in {400, 404}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written_where_files_are_read(url: str, method: str) -> None:
    assert ask(url, "/metadata/timestamp.json", method)[0] in {403, 405}


def test_a_sender_who_pushes_without_end_is_stopped_at_the_edge(url: str) -> None:
    codes = [ask(url, "/push", "POST", b"x", Content_Type="application/json")[0] for _ in range(20)]
    assert set(codes) == {400, 429}


def test_what_was_fresh_a_moment_ago_is_still_served_when_the_service_is_down(
    tmp_path: Path, data: Path, published: Compiled
) -> None:
    copy = tmp_path / "service" / "data"
    shutil.copytree(data, copy)
    with serving(copy, proxies=1) as server, edge(tmp_path / "nginx", copy, server.url) as url:
        before = ask(url, "/metadata/timestamp.json")
        server.stop()
        assert ask(url, "/metadata/timestamp.json")[2] == before[2]
        path = f"/targets/{hashlib.sha256(published[TARGET_PATH]).hexdigest()}.rules.jsonl"
        assert ask(url, path)[2] == published[TARGET_PATH]
