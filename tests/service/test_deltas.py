"""Differences between versions: what they make is the signed bundle to the byte, or they are not used."""

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from rollguard.errors import RuleError
from rollguard.rules.compiler import TARGET_PATH
from rollguard.service.publishing import Shelf, publish
from rollguard.trust.deltas import apply_delta, delta_path, make_delta
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.recalled import Recalled
from rollguard.trust.repository import read_repository
from rollguard.trust.signing import sign_recall

from .conftest import NOW, Signer, agrees, bundle_with, push

IDS = st.sets(st.sampled_from(["alpha", "beta", "gamma", "delta_1", "delta_10", "delta_2"]))


def rules_with(*ids: str) -> bytes:
    return bundle_with(*ids)[TARGET_PATH]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def many(*more: str) -> tuple[str, ...]:
    return (*(f"rule_{number}" for number in range(30)), *more)


@given(IDS, IDS)
def test_what_is_made_of_the_old_bundle_is_the_new_one_to_the_byte(old: set[str], new: set[str]) -> None:
    before, after = rules_with(*sorted(old)), rules_with(*sorted(new, reverse=True))
    delta = make_delta(before, after)
    assert delta is not None
    assert apply_delta(before, delta) == after


def test_it_names_what_goes_and_holds_what_comes() -> None:
    delta = make_delta(rules_with("first", "second"), rules_with("second", "third"))
    assert delta is not None
    said = json.loads(delta)
    assert (said["format"], said["remove"]) == (1, ["rule/first"])
    assert [json.loads(line)["id"] for line in said["set"]] == ["third"]


def test_another_header_or_order_cannot_be_said_in_records() -> None:
    new = rules_with("first", "second")
    header, *lines = new.decode().splitlines(keepends=True)
    assert make_delta(new.replace(b'"format": ', b'"format": 1'), new) is None
    assert make_delta(rules_with("first"), "".join([header, *reversed(lines)]).encode()) is None
    assert make_delta(b"no bundle", new) is None


@pytest.mark.parametrize(
    "delta",
    [b"", b"[]", b"{}", b'{"format":2,"remove":[],"set":[]}', b'{"format":1,"remove":["rule/none"],"set":[]}'],
)
def test_what_is_no_delta_is_refused(delta: bytes) -> None:
    with pytest.raises(RuleError):
        apply_delta(rules_with("first"), delta)


def test_a_client_of_any_of_the_last_twenty_versions_finds_one(data: Path, client: FlaskClient, sign: Signer) -> None:
    shelf = Shelf.in_folder(data, 60)
    bundles = [rules_with("first")]
    for number in range(22):
        ids = many(f"more_{number}")
        publish(shelf, sign(*ids), agrees, NOW)
        bundles.append(rules_with(*ids))
    new = bundles[-1]
    for back, old in enumerate(reversed(bundles[:-1]), 1):
        answer = client.get(f"/{delta_path(sha256(old), sha256(new))}", headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == (200 if back <= 20 else 404), back
        if back <= 20:
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            body = gzip.decompress(answer.data) if "Content-Encoding" in answer.headers else answer.data
            assert apply_delta(old, body) == new
            assert len(body) < len(new) / 5
    kept = {path.name.split(".")[1] for path in (data / "repository/deltas").iterdir()}
    assert kept == {sha256(new), sha256(bundles[-2])}


def test_a_recall_changes_no_rules_and_makes_none(
    data: Path, client: FlaskClient, sign: Signer, keys: MaintainerKeys
) -> None:
    assert push(client, sign(*many("more")))[0] == 200
    before = sorted((data / "repository/deltas").iterdir())
    public = read_repository(data / "repository")
    release = sign_recall(public, keys, Recalled(("first",)), NOW).without(public.release)
    assert len(release.to_json()) < 8000
    assert push(client, release)[0] == 200
    assert sorted((data / "repository/deltas").iterdir()) == before


@pytest.mark.parametrize("path", ["/deltas/", "/deltas/x.json", f"/deltas/{'0' * 64}.{'0' * 64}.json"])
def test_what_there_is_not_is_said_without_a_word(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.data, answer.headers["Cache-Control"]) == (404, b"", "no-store")
