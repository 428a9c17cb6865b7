"""A service that is killed between a new root and its timestamp: the next carries on, since a root stays out."""

from datetime import timedelta
from pathlib import Path

import pytest

from rollguard.trust.ceremony import RootChange, next_root
from rollguard.trust.draft import begin_draft, cosign
from rollguard.trust.founding import make_timestamp_key
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.public_key import read_public_key
from rollguard.trust.release import Release
from rollguard.trust.repository import read_repository
from rollguard.trust.signing import finish_release
from rollguard.trust.storage import FolderStorage
from rollguard.trust.timestamp import refresh_timestamp
from rollguard.trust.writing import release_files

from .conftest import Client, bundle_with
from .maintainers import utc_now


@pytest.fixture
def release(data: Path, keys: MaintainerKeys) -> Release:
    """New rules under a new root, with another key for the service."""
    repository, now = read_repository(data / "repository"), utc_now().replace(microsecond=0)
    change = RootChange(timestamp=read_public_key(make_timestamp_key(data)))
    draft = begin_draft(repository, bundle_with("de"), now, next_root(repository.root, change, now))
    return finish_release(repository, cosign(repository, draft, keys).release, keys, now)


def test_a_kill_at_any_file_leaves_the_old_release_or_one_that_is_carried_on_with(
    data: Path, keys: MaintainerKeys, release: Release, read_as_client: Client
) -> None:
    storage = FolderStorage(data / "repository")
    assert read_as_client(data / "repository", keys.root) == bundle_with("en")
    *before, (root_path, root) = release_files(release)
    assert root_path == "metadata/2.root.json"
    for path, content in before:
        storage.write(path, content)
        public = read_repository(storage)
        assert (public.root.version, public.is_announced, public.bundle) == (1, True, bundle_with("en"))
        assert read_as_client(data / "repository", keys.root) == bundle_with("en")
    storage.write(root_path, root)
    torn = read_repository(storage)
    assert (torn.root.version, torn.is_announced, torn.bundle) == (2, False, bundle_with("de"))
    assert refresh_timestamp(data, utc_now())
    whole = read_repository(storage)
    assert (whole.is_announced, whole.bundle) == (True, bundle_with("de"))
    assert read_as_client(data / "repository", keys.root) == bundle_with("de")


def test_the_timestamp_that_carries_on_is_newer_than_the_one_before(data: Path, release: Release) -> None:
    storage = FolderStorage(data / "repository")
    refresh_timestamp(data, utc_now() + timedelta(hours=3))
    before = read_repository(storage).timestamp
    for path, content in release_files(release):
        storage.write(path, content)
    refresh_timestamp(data, utc_now())
    after = read_repository(storage).timestamp
    assert before is not None
    assert after is not None
    assert after.version > before.version


def test_an_abandoned_release_under_the_same_root_is_not_carried_on_with(data: Path, keys: MaintainerKeys) -> None:
    repository, now = read_repository(data / "repository"), utc_now()
    abandoned = finish_release(
        repository, cosign(repository, begin_draft(repository, bundle_with("fr"), now), keys).release, keys, now
    )
    for path, content in release_files(abandoned):
        FolderStorage(data / "repository").write(path, content)
    assert read_repository(data / "repository").bundle == bundle_with("en")
    assert not refresh_timestamp(data, now)
