from datetime import datetime, timedelta
from pathlib import Path

import pytest

from rollguard.errors import TrustError
from rollguard.trust.founding import init_keys
from rollguard.trust.keys import MaintainerKeys, load_keys
from rollguard.trust.repository import read_repository

from .conftest import Client, bundle_with


def test_a_client_that_knows_only_the_root_gets_the_rules(
    data: Path, keys: MaintainerKeys, read_as_client: Client
) -> None:
    assert read_as_client(data / "repository", keys.root) == bundle_with("en")


def test_keys_are_for_their_owner_only(tmp_path: Path, data: Path, keys: MaintainerKeys) -> None:
    assert keys.root == (tmp_path / "keys/root.json").read_bytes()
    files = [tmp_path / "keys/maintainer.pem", tmp_path / "keys/root.json", data / "keys/timestamp.pem"]
    assert [oct(file.stat().st_mode & 0o777) for file in files] == ["0o600"] * 3


def test_the_service_is_given_no_key_but_the_timestamps(data: Path, keys: MaintainerKeys) -> None:
    root = read_repository(data / "repository").root
    offline = set(root.roles["root"].keyids + root.roles["targets"].keyids + root.roles["snapshot"].keyids)
    assert offline == {keys.signer.public_key.keyid}
    assert offline.isdisjoint(root.roles["timestamp"].keyids)
    assert [path.name for path in data.rglob("*.pem")] == ["timestamp.pem"]


def test_each_role_lives_as_long_as_designed(data: Path, keys: MaintainerKeys, now: datetime) -> None:
    assert keys
    lifetimes = {
        role: round((signed.expires - now) / timedelta(days=1))
        for role, signed in read_repository(data / "repository").roles().items()
    }
    assert lifetimes == {"root": 365, "targets": 90, "recall": 90, "snapshot": 30, "timestamp": 2}


def test_never_overwrites_keys(tmp_path: Path, keys: MaintainerKeys, now: datetime) -> None:
    before = (tmp_path / "keys/maintainer.pem").read_bytes()
    with pytest.raises(TrustError, match="there is a key already"):
        init_keys(tmp_path / "keys", tmp_path / "elsewhere", bundle_with("en"), now)
    assert (tmp_path / "keys/maintainer.pem").read_bytes() == before
    assert not (tmp_path / "elsewhere").exists()
    assert load_keys(tmp_path / "keys").signer.public_key == keys.signer.public_key


def test_never_overwrites_a_repository(tmp_path: Path, data: Path, keys: MaintainerKeys, now: datetime) -> None:
    with pytest.raises(TrustError, match="there is a repository already"):
        init_keys(tmp_path / "other-keys", data, bundle_with("de"), now)
    assert read_repository(data / "repository").root_bytes == keys.root
    assert not (tmp_path / "other-keys").exists()


def test_a_key_with_a_passphrase_opens_with_that_one_only(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLGUARD_KEY_PASSPHRASE", "open sesame")
    made = init_keys(tmp_path / "keys", tmp_path / "data", bundle_with("en"), now)
    assert b"ENCRYPTED" in (tmp_path / "keys/maintainer.pem").read_bytes()
    assert load_keys(tmp_path / "keys").signer.public_key == made.signer.public_key
    monkeypatch.setenv("ROLLGUARD_KEY_PASSPHRASE", "open barley")
    with pytest.raises(TrustError, match="the passphrase is wrong"):
        load_keys(tmp_path / "keys")
    monkeypatch.delenv("ROLLGUARD_KEY_PASSPHRASE")
    with pytest.raises(TrustError, match="it is encrypted"):
        load_keys(tmp_path / "keys")


def test_missing_keys_are_named_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(TrustError, match=r"maintainer\.pem\n.*no such file\n.*rollguard keys init"):
        load_keys(tmp_path)


def test_a_private_key_does_not_show_in_a_message(keys: MaintainerKeys) -> None:
    assert repr(keys) == "MaintainerKeys()"
