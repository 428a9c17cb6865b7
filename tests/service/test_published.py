import gzip
import hashlib
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from rollguard.rules.compiler import TARGET_PATH, Compiled
from rollguard.trust.release import Release
from rollguard.trust.repository import read_repository
from rollguard.trust.writing import write_release

from .conftest import AppMaker, Signer, bundle_with, push

TIMESTAMP = "/metadata/timestamp.json"


def target_path(bundle: Compiled) -> str:
    return f"/targets/{hashlib.sha256(bundle[TARGET_PATH]).hexdigest()}.rules.jsonl"


def publish(client: FlaskClient, release: Release) -> None:
    assert push(client, release)[0] == 200


@pytest.mark.parametrize("name", ["timestamp.json", "1.root.json", "1.snapshot.json", "1.targets.json"])
def test_metadata_is_handed_out_as_it_lies_in_the_folder(client: FlaskClient, data: Path, name: str) -> None:
    answer = client.get(f"/metadata/{name}")
    assert answer.status_code == 200
    assert answer.data == (data / "repository/metadata" / name).read_bytes()


def test_the_rules_are_found_under_their_hash(client: FlaskClient) -> None:
    assert client.get(target_path(bundle_with("first"))).data == bundle_with("first")[TARGET_PATH]


def test_everybody_is_answered_alike_and_nobody_is_marked(client: FlaskClient) -> None:
    stranger = client.get(TIMESTAMP)
    regular = client.get(
        TIMESTAMP,
        headers={"Cookie": "id=7", "If-None-Match": "*", "If-Modified-Since": "Wed, 01 Jan 2098 00:00:00 GMT"},
    )
    assert (regular.status_code, regular.data) == (200, stranger.data)
    assert regular.headers == stranger.headers
    assert {"Set-Cookie", "ETag", "Last-Modified"}.isdisjoint(regular.headers.keys())
    assert regular.headers["Access-Control-Allow-Origin"] == "*"


def test_only_the_timestamp_is_asked_for_again(client: FlaskClient) -> None:
    assert client.get(TIMESTAMP).headers["Cache-Control"].startswith("public, max-age=15,")
    for path in ("/metadata/1.root.json", "/metadata/1.targets.json", target_path(bundle_with("first"))):
        assert client.get(path).headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_what_is_not_there_yet_is_not_remembered_for_long(client: FlaskClient) -> None:
    next_root, next_snapshot = client.get("/metadata/2.root.json"), client.get("/metadata/2.snapshot.json")
    assert (next_root.status_code, next_snapshot.status_code) == (404, 404)
    assert next_root.headers["Cache-Control"] == "public, max-age=15"
    assert next_snapshot.headers["Cache-Control"] == "no-store"
    assert next_snapshot.headers["Access-Control-Allow-Origin"] == "*"


def test_is_compressed_for_who_can_read_that(client: FlaskClient) -> None:
    plain = client.get("/metadata/1.root.json")
    assert "Content-Encoding" not in plain.headers
    for accepted in ("gzip", "br;q=1.0, GZIP ; q=0.5"):
        packed = client.get("/metadata/1.root.json", headers={"Accept-Encoding": accepted})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        assert packed.headers["Vary"] == "Accept-Encoding"
    refused = client.get("/metadata/1.root.json", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_head_tells_the_length_without_the_body(client: FlaskClient, data: Path) -> None:
    answer = client.head(TIMESTAMP)
    assert answer.data == b""
    size = (data / "repository/metadata/timestamp.json").stat().st_size
    assert answer.headers["Content-Length"] == str(size)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_written_where_files_are_read(client: FlaskClient, method: str) -> None:
    assert client.open(TIMESTAMP, method=method).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/metadata/../../keys/timestamp.pem",
        "/metadata/%2e%2e/%2e%2e/keys/timestamp.pem",
        "/targets/../metadata/timestamp.json",
        "/metadata/",
        "/metadata/root.json",
        "/metadata/01.root.json",
        "/metadata/1.root.json/",
        "/metadata/1.root.json%0A",
        "/metadata/١.root.json",
        "/targets/rules.jsonl",
    ],
)
def test_nothing_but_published_files_can_be_read(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.data) == (404, b"")


def test_a_release_that_is_not_public_yet_cannot_be_read_ahead(client: FlaskClient, data: Path, sign: Signer) -> None:
    release = sign("first", "second")
    write_release(data / "repository", release)
    assert client.get("/metadata/2.snapshot.json").status_code == 404
    assert client.get("/metadata/2.targets.json").status_code == 404
    publish(client, release)
    assert client.get("/metadata/2.snapshot.json").data == release.snapshot
    assert client.get("/metadata/2.targets.json").data == release.targets


def test_old_versions_stay_readable(client: FlaskClient, sign: Signer) -> None:
    publish(client, sign("first", "second"))
    assert client.get("/metadata/1.targets.json").status_code == 200
    assert client.get(target_path(bundle_with("first"))).status_code == 200


def test_a_worker_sees_at_once_what_another_has_published(make_app: AppMaker, sign: Signer, data: Path) -> None:
    reader, writer = make_app().test_client(), make_app().test_client()
    before = reader.get(TIMESTAMP).data
    publish(writer, sign("first", "second"))
    after = reader.get(TIMESTAMP).data
    assert before != after == read_repository(data / "repository").timestamp_bytes


def test_what_was_broken_is_handed_out_again_once_it_is_restored(client: FlaskClient, data: Path) -> None:
    path = data / "repository/metadata/1.targets.json"
    kept = path.read_bytes()
    path.write_bytes(b"{}")
    assert client.get("/metadata/1.targets.json").status_code == 404
    path.write_bytes(kept)
    assert client.get("/metadata/1.targets.json").data == kept


def test_before_the_first_timestamp_there_is_nothing(client: FlaskClient, data: Path) -> None:
    (data / "repository/metadata/timestamp.json").unlink()
    assert client.get(TIMESTAMP).status_code == 404
    assert client.get("/metadata/1.targets.json").status_code == 404
