from datetime import datetime
from pathlib import Path

import pytest
from securesystemslib.signer import Signature, SSlibKey
from tuf.api.metadata import Metadata, Root

from rollguard.trust.development import development_keys
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.repository import read_repository
from rollguard.trust.signing import sign_release
from rollguard.trust.timestamp import load_timestamp_key, sign_timestamp
from rollguard.trust.verification import SignatureError, verify_first_root, verify_release
from rollguard.trust.writing import write_release, write_timestamp

from .conftest import Client, bundle_with


def test_the_next_release_is_one_version_further(data: Path, keys: MaintainerKeys, now: datetime) -> None:
    repository = read_repository(data / "repository")
    release = sign_release(repository, keys, bundle_with("en", "de"), now)
    snapshot, targets, recall, _recalled = verify_release(repository.root, release)
    assert (repository.targets.version, targets.version) == (1, 2)
    assert (repository.snapshot.version, snapshot.version) == (1, 2)
    assert (repository.recall.version, recall.version) == (1, 1)
    assert snapshot.meta["targets.json"].version == 2


def test_a_release_says_when_it_was_signed(data: Path, keys: MaintainerKeys, now: datetime) -> None:
    assert keys
    assert read_repository(data / "repository").published_at == f"{now:%Y-%m-%dT%H:%M:%SZ}"


def test_a_stranger_cannot_sign_for_this_service(data: Path, keys: MaintainerKeys, now: datetime) -> None:
    assert keys
    stranger = development_keys(now)
    with pytest.raises(SignatureError, match="not signed by 1 of the keys that root version 1 names"):
        sign_release(read_repository(data / "repository"), stranger, bundle_with("en"), now)


def test_a_client_follows_from_release_to_release(
    data: Path, keys: MaintainerKeys, now: datetime, read_as_client: Client
) -> None:
    folder = data / "repository"
    assert read_as_client(folder, keys.root) == bundle_with("en")
    for languages in (("en", "de"), ("en", "de", "fr")):
        repository = read_repository(folder)
        release = sign_release(repository, keys, bundle_with(*languages), now)
        key = load_timestamp_key(data)
        write_release(folder, release)
        write_timestamp(folder, sign_timestamp(repository.root, release, key, now, previous=repository.timestamp))
        assert read_as_client(folder, keys.root) == bundle_with(*languages)


def test_one_key_under_two_ids_is_still_one_maintainer(keys: MaintainerKeys) -> None:
    metadata, signer = Metadata[Root].from_bytes(keys.root), keys.signer
    twin = SSlibKey("twin", signer.public_key.keytype, signer.public_key.scheme, signer.public_key.keyval)
    metadata.signed.add_key(twin, "root")
    metadata.signed.roles["root"].threshold = 2
    metadata.sign(signer)
    metadata.signatures["twin"] = Signature("twin", metadata.signatures[signer.public_key.keyid].signature)
    with pytest.raises(SignatureError, match="not signed by 2 of the keys"):
        verify_first_root(metadata.to_bytes())
