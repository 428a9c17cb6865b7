"""The same repository in an object store: a real S3 server, on this machine."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from rollguard.errors import RollguardError, TrustError
from rollguard.service.app import create_app
from rollguard.service.first_day import open_shelf
from rollguard.service.object_store import ObjectStorage, StoreError, open_object_store
from rollguard.service.problems import VersionConflictError
from rollguard.service.publishing import Shelf, keep_fresh, publish
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.repository import read_repository
from rollguard.trust.signing import sign_release
from rollguard.trust.storage import FolderStorage, Storage

from .conftest import NOW, agrees, bundle_with, push


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def address(endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty bucket."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    bucket = f"bucket-{abs(hash(tmp_path)):x}"
    boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1").create_bucket(Bucket=bucket)
    return f"s3://{bucket}/rules?endpoint={endpoint}"


@pytest.fixture
def shelf(address: str, data: Path) -> Shelf:
    shelf = open_shelf(data, address, 60)
    keep_fresh(shelf, NOW)
    return shelf


@pytest.fixture(params=["folder", "object store"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return FolderStorage(tmp_path / "repository")
    return open_object_store(request.getfixturevalue("address"))


def test_both_back_ends_keep_replace_list_and_forget_files(storage: Storage) -> None:
    assert storage.read("metadata/1.root.json") is None
    assert storage.stamp("metadata/1.root.json") is None
    storage.write("metadata/1.root.json", b"old")
    storage.write("metadata/10.root.json", b"other")
    storage.write("targets/x", b"")
    before = storage.stamp("metadata/1.root.json")
    storage.write("metadata/1.root.json", b"new")
    assert before != storage.stamp("metadata/1.root.json") is not None
    assert storage.read("metadata/1.root.json") == b"new"
    assert storage.names("metadata") == ["1.root.json", "10.root.json"]
    assert storage.names("nowhere") == []
    storage.remove("targets/x")
    storage.remove("targets/x")
    assert storage.read("targets/x") is None


def test_both_back_ends_let_one_write_at_a_time(storage: Storage) -> None:
    inside: list[int] = []
    most: list[int] = []

    def write(number: int) -> None:
        with storage.exclusive():
            inside.append(number)
            most.append(len(inside))
            storage.write("metadata/count", str(len(most)).encode())
            inside.remove(number)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(8)))
    assert most == [1] * 8
    assert storage.read("metadata/count") == b"8"


def test_what_keys_init_has_made_is_the_first_release_of_an_empty_store(shelf: Shelf, data: Path) -> None:
    public, local = read_repository(shelf.storage), read_repository(data / "repository")
    assert (public.root_bytes, public.release) == (local.root_bytes, local.release)


def test_a_push_through_the_service_lands_in_the_store_with_what_a_cdn_must_know(
    shelf: Shelf, address: str, endpoint: str, keys: MaintainerKeys
) -> None:
    client = create_app(shelf.data_dir, storage=shelf.storage, now=lambda: NOW, check_bundle=agrees).test_client()
    release = sign_release(read_repository(shelf.storage), keys, bundle_with("second"), NOW)
    assert push(client, release)[0] == 200
    assert client.get("/metadata/2.snapshot.json").data == release.snapshot
    store = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")
    bucket = address.split("/")[2]
    timestamp = store.get_object(Bucket=bucket, Key="rules/metadata/timestamp.json")
    assert (timestamp["CacheControl"].split(",")[:2], timestamp["ContentType"]) == (
        ["public", " max-age=15"],
        "application/json",
    )
    snapshot = store.get_object(Bucket=bucket, Key="rules/metadata/2.snapshot.json")
    assert snapshot["CacheControl"] == "public, max-age=31536000, immutable"
    names = {found["Key"] for found in store.list_objects_v2(Bucket=bucket)["Contents"]}
    assert "rules/lease" not in names
    assert shelf.audit.newest(1)[0].versions["targets"] == 2


def test_of_two_machines_that_publish_at_once_one_is_told_to_pull(
    shelf: Shelf, address: str, data: Path, keys: MaintainerKeys
) -> None:
    releases = [
        sign_release(read_repository(shelf.storage), keys, bundle_with(f"from_{name}"), NOW) for name in ("a", "b")
    ]

    def try_to_publish(number: int) -> str:
        machine = Shelf(data, open_object_store(address), 60)
        try:
            return str(publish(machine, releases[number], agrees, NOW).versions["targets"])
        except VersionConflictError as error:
            return error.next_step

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(try_to_publish, range(2))) == ["2", "Pull and push again."]
    assert read_repository(shelf.storage).targets.version == 2


@pytest.mark.usefixtures("shelf")
def test_the_timestamp_is_signed_once_however_many_machines_look(address: str, data: Path) -> None:
    later = NOW + timedelta(hours=2)

    def look(_number: int) -> bool:
        return keep_fresh(Shelf(data, open_object_store(address), 60), later)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(look, range(4))) == [False, False, False, True]


@pytest.mark.usefixtures("shelf")
def test_a_writer_whose_lease_ran_out_cannot_turn_the_timestamp_back(address: str) -> None:
    slow, quick = open_object_store(address), open_object_store(address)
    slow = ObjectStorage(vars(slow)["_client"], vars(slow)["_bucket"], "rules", lease_seconds=0)
    with slow.exclusive():
        with quick.exclusive():
            quick.write("metadata/timestamp.json", b"newer")
        with pytest.raises(StoreError):
            slow.write("metadata/timestamp.json", b"older")
    assert quick.read("metadata/timestamp.json") == b"newer"


_KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from rollguard.service.object_store import ObjectStorage, open_object_store
from rollguard.service.publishing import Shelf, publish
from rollguard.trust.release import Release
data, address, body, now, step = sys.argv[1:]
opened = vars(open_object_store(address))
left = int(step)
def count(request, **_):
    global left
    if request.method in ("PUT", "DELETE"):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
opened["_client"].meta.events.register("before-send.s3", count)
storage = ObjectStorage(opened["_client"], opened["_bucket"], "rules", lease_seconds=0.3)
release = Release.from_json(Path(body).read_bytes())
publish(Shelf(Path(data), storage, 60), release, lambda _: [], datetime.fromisoformat(now))
"""


def test_a_kill_at_any_step_leaves_the_old_release_or_the_new_one(
    shelf: Shelf, address: str, data: Path, keys: MaintainerKeys
) -> None:
    release = sign_release(read_repository(shelf.storage), keys, bundle_with("first", "second"), NOW)
    body = data.parent / "push.json"
    body.write_bytes(release.to_json())
    versions, codes = [], []
    for step in range(1, 30):
        command = [sys.executable, "-c", _KILLED, str(data), address, str(body), NOW.isoformat(), str(step)]
        codes.append(subprocess.run(command, check=False, timeout=60, env=os.environ).returncode)
        versions.append(read_repository(shelf.storage).targets.version)
        if versions[-1] == 2:
            break
    assert versions[0] == 1
    assert versions[-1] == 2
    assert set(codes) == {-signal.SIGKILL}, "it must have been killed each time, after the last write at the latest"
    assert len(codes) > 8
    assert read_repository(shelf.storage).bundle == bundle_with("first", "second")
    assert keep_fresh(shelf, NOW) is False
    assert shelf.audit.newest(1)[0].versions["targets"] == 2


def test_a_store_that_is_not_there_is_said(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(OSError, match="object store"):
        open_shelf(data, "s3://bucket/rules?endpoint=http://127.0.0.1:9", 60)


@pytest.mark.parametrize("address", ["s3:///rules", "https://bucket/rules", "s3://bucket/rules?secret=1"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(TrustError, match="no address of an object store"):
        open_object_store(address)


def test_without_boto3_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(RollguardError, match=r"rollguard\[s3\]"):
        open_object_store("s3://bucket/rules")
