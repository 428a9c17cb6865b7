import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner, Signer
from tuf.api.metadata import Metadata, Root

from rollguard.errors import TrustError
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.repository import read_repository
from rollguard.trust.signing import sign_release
from rollguard.trust.timestamp import refresh_timestamp
from rollguard.trust.writing import write_release

from .conftest import Client, bundle_with


@pytest.fixture
def folder(data: Path, keys: MaintainerKeys) -> Path:
    assert keys
    return data / "repository"


def alter(path: Path) -> None:
    """Change what is said, and leave the signature as it is."""
    metadata = json.loads(path.read_bytes())
    metadata["signed"]["expires"] = "2099-01-01T00:00:00Z"
    path.write_text(json.dumps(metadata))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("1.root.json", r"root\.json\n.*not signed"),
        ("1.targets.json", r"targets\.json\n.*not signed"),
        ("1.snapshot.json", r"snapshot\.json\n.*not what timestamp\.json announces"),
        ("timestamp.json", r"timestamp\.json\n.*not signed"),
    ],
)
def test_refuses_metadata_that_was_altered(folder: Path, name: str, said: str) -> None:
    alter(folder / "metadata" / name)
    with pytest.raises(TrustError, match=said):
        read_repository(folder)


def test_refuses_rules_that_were_altered(folder: Path) -> None:
    next((folder / "targets").iterdir()).write_bytes(b"other rules")
    with pytest.raises(TrustError, match=r"rules\.jsonl\n.*not the file that was signed"):
        read_repository(folder)


@pytest.mark.parametrize("name", ["metadata/1.snapshot.json", "metadata/1.targets.json"])
def test_names_the_file_that_is_missing(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(TrustError, match=f"{name}\n.*no such file"):
        read_repository(folder)


def test_says_that_a_folder_holds_no_repository(tmp_path: Path) -> None:
    with pytest.raises(TrustError, match=r"no repository in it\n.*rollguard keys init"):
        read_repository(tmp_path)


@pytest.mark.parametrize("garbage", [b"", b"[]", b"\xff", b"[" * 100_000, b'{"signed": {}, "signatures": []}'])
def test_refuses_garbage_in_words(folder: Path, garbage: bytes) -> None:
    (folder / "metadata/1.snapshot.json").write_bytes(garbage)
    (folder / "metadata/timestamp.json").unlink()
    with pytest.raises(TrustError, match=r"snapshot\.json"):
        read_repository(folder)


def test_what_has_expired_can_still_be_read_and_says_so(folder: Path, now: datetime) -> None:
    repository = read_repository(folder)
    assert repository.expired_roles(now) == []
    assert repository.expired_roles(now + timedelta(days=31)) == ["snapshot", "timestamp"]
    assert repository.expired_roles(now + timedelta(days=400)) == ["root", "targets", "recall", "snapshot", "timestamp"]


def test_a_release_that_no_timestamp_speaks_of_is_not_yet_there(
    data: Path, keys: MaintainerKeys, now: datetime, read_as_client: Client
) -> None:
    folder = data / "repository"
    write_release(folder, sign_release(read_repository(folder), keys, bundle_with("de"), now))
    assert read_repository(folder).bundle == bundle_with("en")
    assert read_as_client(folder, keys.root) == bundle_with("en")


def test_before_the_first_timestamp_the_release_is_found_all_the_same(folder: Path) -> None:
    (folder / "metadata/timestamp.json").unlink()
    repository = read_repository(folder)
    assert repository.timestamp is None
    assert repository.bundle == bundle_with("en")


def next_root(keys: MaintainerKeys, *signers: Signer) -> bytes:
    """A second root that adds a maintainer."""
    metadata = Metadata[Root].from_bytes(keys.root)
    metadata.signed.version = 2
    for signer in signers:
        metadata.signed.add_key(signer.public_key, "root")
    metadata.signatures.clear()
    for signer in signers:
        metadata.sign(signer, append=True)
    return metadata.to_bytes()


def test_follows_a_root_that_the_old_maintainer_has_signed(
    data: Path, keys: MaintainerKeys, now: datetime, read_as_client: Client
) -> None:
    root = next_root(keys, keys.signer, CryptoSigner(Ed25519PrivateKey.generate()))
    (data / "repository/metadata/2.root.json").write_bytes(root)
    assert read_repository(data / "repository").root.version == 2
    refresh_timestamp(data, now)
    assert read_as_client(data / "repository", keys.root) == bundle_with("en")


def test_refuses_a_root_that_only_its_own_keys_have_signed(data: Path, keys: MaintainerKeys) -> None:
    root = next_root(keys, CryptoSigner(Ed25519PrivateKey.generate()))
    (data / "repository/metadata/2.root.json").write_bytes(root)
    with pytest.raises(TrustError, match="the keys that root version 1 names"):
        read_repository(data / "repository")
