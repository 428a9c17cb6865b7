import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask.testing import FlaskClient
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, MetaFile, Snapshot, Targets

from rollguard.errors import RuleError
from rollguard.rules.compiler import Compiled
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.release import Release
from rollguard.trust.repository import read_repository

from .conftest import NOW, AppMaker, Signer, bundle_with, public_files, push


def resigned(
    release: Release,
    keys: MaintainerKeys,
    change_targets: Callable[[Targets], object] = lambda _: None,
    change_snapshot: Callable[[Snapshot], object] = lambda _: None,
) -> Release:
    """The same release with other contents, signed by a maintainer who should know better."""
    targets = Metadata[Targets].from_bytes(release.targets)
    change_targets(targets.signed)
    targets.sign(keys.signer)
    snapshot = Metadata[Snapshot].from_bytes(release.snapshot)
    snapshot.signed.meta["targets.json"] = MetaFile.from_data(targets.signed.version, targets.to_bytes(), ["sha256"])
    change_snapshot(snapshot.signed)
    snapshot.sign(keys.signer)
    return replace(release, targets=targets.to_bytes(), snapshot=snapshot.to_bytes())


def test_a_signed_release_becomes_public(client: FlaskClient, data: Path, sign: Signer) -> None:
    assert push(client, sign("first", "second")) == (
        200,
        {"version": 2, "versions": {"root": 1, "targets": 2, "recall": 1, "snapshot": 2}},
    )
    repository = read_repository(data / "repository")
    assert repository.bundle == bundle_with("first", "second")
    assert repository.expired_roles(NOW) == []


def test_releases_follow_each_other_even_within_one_second(client: FlaskClient, data: Path, sign: Signer) -> None:
    versions, timestamps = [], []
    for number in range(3):
        versions.append(push(client, sign("first", f"next_{number}"))[1]["version"])
        timestamp = read_repository(data / "repository").timestamp
        timestamps.append(timestamp.version if timestamp else 0)
    assert versions == [2, 3, 4]
    assert timestamps == sorted(set(timestamps))


def test_what_is_public_may_be_read_by_another_server_on_the_machine(
    client: FlaskClient, data: Path, sign: Signer
) -> None:
    push(client, sign("first", "second"))
    assert {oct(path.stat().st_mode & 0o777) for path in (data / "repository").glob("*/*")} == {"0o644"}


def test_a_release_of_somebody_else_is_forbidden(client: FlaskClient, data: Path, sign: Signer) -> None:
    before = public_files(data)
    stranger = MaintainerKeys(CryptoSigner(Ed25519PrivateKey.generate()), b"")
    status, said = push(client, resigned(sign("evil"), stranger))
    assert (status, said["place"]) == (403, "snapshot.json")
    assert "not signed by 1 of the keys" in said["reason"]
    assert public_files(data) == before


def test_each_part_must_be_signed(client: FlaskClient, sign: Signer) -> None:
    def unsigned(metadata: bytes) -> bytes:
        return json.dumps({**json.loads(metadata), "signatures": []}).encode()

    release = sign("evil")
    for bad, place in (
        (replace(release, targets=unsigned(release.targets)), "targets.json"),
        (replace(release, snapshot=unsigned(release.snapshot)), "snapshot.json"),
    ):
        status, said = push(client, bad)
        assert (status, said["place"]) == (403, place)


def test_who_comes_second_is_told_to_pull(client: FlaskClient, data: Path, sign: Signer) -> None:
    mine, yours = sign("mine"), sign("yours")
    assert push(client, yours)[0] == 200
    before = public_files(data)
    status, said = push(client, mine)
    assert (status, said["next_step"]) == (409, "Pull and push again.")
    assert said["reason"] == "its version is 2, but 2 is public, so 3 must follow"
    assert public_files(data) == before


def test_an_old_release_cannot_be_brought_back(client: FlaskClient, sign: Signer) -> None:
    second = sign("second")
    push(client, second)
    push(client, sign("third"))
    assert push(client, second)[0] == 409


def test_a_version_cannot_be_skipped(client: FlaskClient, sign: Signer, keys: MaintainerKeys) -> None:
    def skip(signed: Targets | Snapshot) -> None:
        signed.version = 9

    assert push(client, resigned(sign("evil"), keys, change_targets=skip))[0] == 409
    assert push(client, resigned(sign("evil"), keys, change_snapshot=skip))[0] == 409


def test_rules_must_be_the_ones_that_were_signed(client: FlaskClient, data: Path, sign: Signer) -> None:
    before = public_files(data)
    status, said = push(client, replace(sign("good"), files=bundle_with("evil")))
    assert (status, said["place"]) == (400, "rules.jsonl")
    assert "not the file that was signed" in said["reason"]
    assert public_files(data) == before


def test_parts_of_two_releases_do_not_mix(client: FlaskClient, sign: Signer) -> None:
    one, other = sign("one"), sign("other")
    status, said = push(client, replace(one, targets=other.targets, files=other.files))
    assert status == 400
    assert "not what snapshot.json announces" in said["reason"]


@pytest.mark.parametrize("files", [{}, {**bundle_with("good"), "../../evil": b""}], ids=["too few", "too many"])
def test_files_must_be_exactly_those_that_were_signed(
    client: FlaskClient, data: Path, sign: Signer, files: dict[str, bytes]
) -> None:
    before = public_files(data)
    assert push(client, replace(sign("good"), files=files))[0] == 400
    assert public_files(data) == before


def test_even_a_maintainer_can_only_publish_rules(
    client: FlaskClient, data: Path, sign: Signer, keys: MaintainerKeys
) -> None:
    release = sign("good")

    def add_file(targets: Targets) -> None:
        targets.targets["../../keys/timestamp.pem"] = targets.targets["rules.jsonl"]

    both = replace(release, files={**release.files, "../../keys/timestamp.pem": b"mine"})
    key = (data / "keys/timestamp.pem").read_bytes()
    status, said = push(client, resigned(both, keys, change_targets=add_file))
    assert (status, said["reason"]) == (400, "it must speak of rules.jsonl, of texts, and of nothing else")
    assert (data / "keys/timestamp.pem").read_bytes() == key


def test_a_snapshot_cannot_forget_or_invent_a_role(client: FlaskClient, sign: Signer, keys: MaintainerKeys) -> None:
    def invent(snapshot: Snapshot) -> None:
        snapshot.meta["evil.json"] = MetaFile(1)

    status, said = push(client, resigned(sign("good"), keys, change_snapshot=invent))
    assert (status, said["reason"]) == (400, "it speaks of other roles than the public one")


@pytest.mark.parametrize(("days", "place"), [(31, "snapshot.json"), (91, "targets.json")])
def test_what_has_expired_is_not_published(client: FlaskClient, sign: Signer, days: int, place: str) -> None:
    status, said = push(client, sign("late", now=NOW - timedelta(days=days)))
    assert (status, said["place"]) == (400, place)
    assert "expired at 2026-" in said["reason"]


def test_rules_that_fail_their_check_are_refused_in_its_words(make_app: AppMaker, data: Path, sign: Signer) -> None:
    seen: list[Compiled] = []

    def refuse(bundle: Compiled) -> list[RuleError]:
        seen.append(bundle)
        return [RuleError("decoys/cookie.html", "'evil' shows here", "Narrow it."), RuleError("x", "y", "z")]

    before = public_files(data)
    status, said = push(make_app(check_bundle=refuse).test_client(), sign("evil"))
    assert (status, said) == (
        400,
        {
            "type": "urn:rollguard:problem:refused",
            "title": "Bad Request",
            "status": 400,
            "detail": "decoys/cookie.html: 'evil' shows here (and 1 more)",
            "place": "decoys/cookie.html",
            "reason": "'evil' shows here (and 1 more)",
            "next_step": "Narrow it.",
        },
    )
    assert seen == [bundle_with("evil")]
    assert public_files(data) == before


def test_the_check_is_not_run_for_strangers(make_app: AppMaker, sign: Signer) -> None:
    def fail(_bundle: Compiled) -> list[RuleError]:
        raise AssertionError("it was run")

    stranger = MaintainerKeys(CryptoSigner(Ed25519PrivateKey.generate()), b"")
    assert push(make_app(check_bundle=fail).test_client(), resigned(sign("evil"), stranger))[0] == 403


def test_the_real_check_guards_by_default(data: Path, sign: Signer, make_app: AppMaker) -> None:
    from rollguard.rules.checker import check_bundle  # noqa: PLC0415 - the others need no pages

    before = public_files(data)
    status, said = push(make_app(check_bundle=check_bundle).test_client(), sign("no_texts"))
    assert (status, said["place"]) == (400, "rules/no_texts/texts")
    assert public_files(data) == before


def test_a_service_whose_timestamp_key_is_gone_publishes_nothing(client: FlaskClient, data: Path, sign: Signer) -> None:
    (data / "keys/timestamp.pem").unlink()
    before = public_files(data)
    assert push(client, sign("good"))[0] == 400
    assert public_files(data) == before
