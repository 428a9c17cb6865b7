"""What is sent to `/push` that is no release at all."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from rollguard.rules.compiler import compile_bundle
from rollguard.rules.loader import load_bundle
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.release import MAX_PUSH_BYTES, Release
from rollguard.trust.repository import read_repository
from rollguard.trust.signing import sign_release

from .conftest import NOW, post


def body(**changes: object) -> bytes:
    return json.dumps({"targets": "{}", "snapshot": "{}", "recall": "{}", "files": {}, **changes}).encode()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"[]", "Input should be an object"),
        (b'{"targets": "", "snapshot": "", "files": {}}', "recall: Field required"),
        (body(extra=1), "extra: Extra inputs are not permitted"),
        (body(targets=1), "targets: Input should be a valid string"),
        (body(files=[]), "files: Input should be an object"),
        (body(files={"x" * 200: ""}), "files."),
        (body(roots=["{}"] * 40), "roots: List should have at most 32 items"),
        (body(targets="\ud800"), "it is not JSON"),
        (body(), "it is no metadata"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_garbage_is_refused_with_place_reason_and_next_step(client: FlaskClient, body: bytes, reason: str) -> None:
    answer = post(client, body)
    said = json.loads(answer.data)
    assert answer.status_code == 400
    assert said["reason"].startswith(reason)
    assert said["place"]
    assert said["next_step"]


def test_a_push_of_all_shipped_rules_stays_well_below_the_limit(data: Path, keys: MaintainerKeys) -> None:
    bundle = compile_bundle(load_bundle())
    pushed = sign_release(read_repository(data / "repository"), keys, bundle, NOW)
    body = pushed.to_json()
    assert Release.from_json(body) == pushed
    assert len(body) < 0.8 * MAX_PUSH_BYTES


def test_a_body_that_is_too_large_is_refused_by_its_size(client: FlaskClient) -> None:
    answer = post(client, b"x" * (MAX_PUSH_BYTES + 1))
    assert (answer.status_code, json.loads(answer.data)["type"]) == (413, "urn:rollguard:problem:too-large")


def test_only_json_is_taken_which_no_page_can_send_from_elsewhere_without_asking(client: FlaskClient) -> None:
    for content_type in ("text/plain", "application/x-www-form-urlencoded", ""):
        assert client.post("/push", data=b"{}", content_type=content_type).status_code == 415
