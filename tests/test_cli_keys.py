"""`rollguard keys …`: ceremonies on the command line, against a service that answers on this machine."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from securesystemslib.signer import CryptoSigner

from rollguard.trust.public_key import public_pem
from tests.trust_py.stage import Stage, founded


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with founded(tmp_path) as stage:
        yield stage


@pytest.fixture
def both(stage: Stage, tmp_path: Path) -> Stage:
    """Bea has joined; each of them alone publishes rules."""
    stage.does("keys", "export-root", "--out", tmp_path / "root.json")
    stage.does("keys", "init", "--root", tmp_path / "root.json", who="bea")
    said = stage.does("keys", "add", tmp_path / "bea/maintainer.pub")
    assert re.search(r"\+ maintainer [0-9a-f]{8} \(ed25519\)", said)
    assert "To publish rules: 1 of 2 maintainers (was 1 of 1)." in said
    assert "every installed copy takes the new keys" in said
    return stage


def keyid_of(stage: Stage, who: str) -> str:
    (line,) = (line for line in stage.does("keys", "status", who=who).splitlines() if line.endswith("(you)"))
    return line.split()[0]


def test_status_says_who_may_sign_and_how_long_everything_is_valid(both: Stage) -> None:
    said = both.does("keys", "status")
    assert "To publish rules: 1 of 2 maintainers" in said
    assert [said.count(word) for word in ("(you)", " maintainer", " the service")] == [1, 4, 1]
    assert re.findall(r"^ok +(\w+)", said, re.MULTILINE) == ["root", "targets", "recall", "snapshot", "timestamp"]


def test_an_added_maintainer_publishes(both: Stage) -> None:
    assert "Published version 3." in both.does("rules", "push", who="bea")


def test_a_revoked_one_does_not(both: Stage) -> None:
    both.does("keys", "revoke", keyid_of(both, "bea"))
    assert "your keys are not named" in both.refuses("rules", "push", who="bea")
    assert "recall.json" not in both.does("rules", "push")


def test_a_maintainer_rotates_her_key(both: Stage, tmp_path: Path) -> None:
    before = keyid_of(both, "bea")
    both.does("keys", "rotate", who="bea")
    assert sorted(path.name for path in (tmp_path / "bea").glob("*.pem")) == ["maintainer-2.pem", "maintainer.pem"]
    assert keyid_of(both, "bea") != before
    assert "Published version 4." in both.does("rules", "push", who="bea")


def test_the_service_gets_another_key(stage: Stage) -> None:
    said = stage.does("keys", "init", "--timestamp")
    public = stage.folder / "data/keys/timestamp-2.pub"
    assert str(public) in said
    assert "~ the service's own key: now" in stage.does("keys", "rotate", "--timestamp", public)
    (stage.folder / "data/keys/timestamp.pem").unlink()
    assert "Everything verifies." in stage.does("rules", "verify", stage.service)
    assert "Published version 3." in stage.does("rules", "push")


def test_the_root_is_renewed(stage: Stage) -> None:
    assert "Root version 1 → 2, valid until" in stage.does("keys", "rotate", "--renew")
    root = json.loads(stage.does("keys", "export-root"))
    assert root["signed"]["version"] == 2


def test_thresholds_that_two_must_meet_take_the_second_signature(both: Stage, tmp_path: Path) -> None:
    draft = tmp_path / "root.draft.json"
    said = both.does("keys", "rotate", "--renew", "--threshold", "2", "--root-threshold", "2", "--draft", draft)
    assert "root: 1 of 1 by the old keys, root: 1 of 2 by the new keys, rules: 1 of 2" in said
    assert "your signature adds nothing to it" in both.refuses("keys", "sign", draft)
    signed = both.does("keys", "sign", draft, who="bea")
    assert "To change keys: 2 of 2 maintainers (was 1 of 2)." in signed
    assert "every installed copy takes the new keys" in signed
    assert "it changes keys, not rules" in both.refuses("rules", "sign", draft)


def test_a_threshold_that_nobody_could_meet_is_refused(stage: Stage) -> None:
    refused = stage.refuses("keys", "rotate", "--renew", "--threshold", "2")
    assert "it would take 2 maintainers to publish rules, but there are 1" in refused


def test_a_key_in_a_device_founds_a_service_by_its_address(tmp_path: Path, stage: Stage) -> None:
    signer = CryptoSigner.generate_ecdsa()
    (tmp_path / "device.pem").write_bytes(signer.private_bytes)
    (tmp_path / "device.pub").write_bytes(public_pem(signer.public_key))
    address = ("--signer", f"file2:{tmp_path}/device.pem", "--public-key", tmp_path / "device.pub")
    said = stage.does("keys", "init", *address, "--data", tmp_path / "other", who="cleo")
    assert "Private key" not in said
    assert not list((tmp_path / "cleo").glob("*.pem"))
    assert stage.run("keys", "init", *address[:2], "--data", tmp_path / "x", who="dora").exit_code == 2


def test_an_address_that_leads_nowhere_leaves_no_key_behind(tmp_path: Path, stage: Stage) -> None:
    (tmp_path / "device.pub").write_bytes(public_pem(CryptoSigner.generate_ecdsa().public_key))
    address = ("--signer", "nonsense:1", "--public-key", tmp_path / "device.pub", "--data", tmp_path / "other")
    assert "its key cannot be reached" in stage.refuses("keys", "init", *address, who="cleo")
    assert not list((tmp_path / "cleo").iterdir())


def test_keys_are_encrypted_where_there_is_a_passphrase(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLGUARD_KEY_PASSPHRASE", "open sesame")
    stage.does("keys", "init", "--data", tmp_path / "other", who="cleo")
    assert b"ENCRYPTED" in (tmp_path / "cleo/maintainer.pem").read_bytes()
