"""Repository → storage, in an order in which a kill at any step leaves the old release public, or the new one."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from rollguard.trust.release import Release
from rollguard.trust.storage import FolderStorage, Storage, target_path
from rollguard.trust.verification import verify_first_root

TIMESTAMP_PATH = "metadata/timestamp.json"
_METADATA = "metadata"
_ROOT = ".root.json"


def release_files(release: Release) -> Iterator[tuple[str, bytes]]:
    """Paths of the layout with their bytes, in the order in which they must be written.

    Roots come last: from then on clients read them, and everything that they vouch for must lie there. The newest of
    them comes first, since they are followed one by one: all of them come out with the oldest, at once.
    """
    yield from files_below_roots(release)
    yield from root_files(release)


def files_below_roots(release: Release) -> Iterator[tuple[str, bytes]]:
    for path, data in release.files.items():
        yield target_path(path, hashlib.sha256(data).hexdigest()), data
    for role, data in (("targets", release.targets), ("recall", release.recall), ("snapshot", release.snapshot)):
        yield f"metadata/{_version(data)}.{role}.json", data


def root_files(release: Release) -> Iterator[tuple[str, bytes]]:
    for root in reversed(release.roots):
        yield f"{_METADATA}/{_version(root)}{_ROOT}", root


def write_root(place: Storage | Path, root: bytes) -> None:
    """The root, under its number."""
    _storage(place).write(f"metadata/{verify_first_root(root).version}.root.json", root)


def write_release(place: Storage | Path, release: Release) -> None:
    """Nobody sees any of it before a timestamp speaks of it, or a root comes out. What lies there already stays."""
    storage = _storage(place)
    if release.roots:
        _forget_roots_after(storage, _version(release.roots[-1]))
    for path, data in release_files(release):
        if storage.read(path) != data:
            storage.write(path, data)


def write_timestamp(place: Storage | Path, timestamp: bytes) -> None:
    """The one step that makes a release public."""
    _storage(place).write(TIMESTAMP_PATH, timestamp)


def _forget_roots_after(storage: Storage, newest: int) -> None:
    """What a push that was killed has left there nobody could reach yet; these roots would lead to it."""
    for name in storage.names(_METADATA):
        number, _, kind = name.partition(".")
        if number.isdecimal() and f".{kind}".startswith(_ROOT) and int(number) > newest:
            storage.remove(f"{_METADATA}/{name}")


def _storage(place: Storage | Path) -> Storage:
    return FolderStorage(place) if isinstance(place, Path) else place


def _version(metadata: bytes) -> int:
    return int(json.loads(metadata)["signed"]["version"])
