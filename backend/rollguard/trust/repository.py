"""A repository as a whole: read (from a folder, an object store, or over the network) and verified as a client would.

Layout: `metadata/{N.root,N.snapshot,N.targets,N.recall,timestamp}.json`, `targets/<sha256>.rules.jsonl`,
`targets/texts/<sha256>.<language>.jsonl`.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tuf.api.metadata import Root, Signed, Snapshot, Targets, Timestamp

from rollguard.errors import TrustError
from rollguard.rules.compiler import TARGET_PATH, Compiled
from rollguard.trust.recalled import Recalled
from rollguard.trust.release import Release
from rollguard.trust.storage import FolderStorage, Storage, target_path
from rollguard.trust.verification import (
    SignatureError,
    verify_announced,
    verify_first_root,
    verify_next_root,
    verify_release,
    verify_timestamp,
)

Reader = Callable[[str], bytes | None]
"""A path of the layout → its bytes, or None where there is no such file."""
Roots = list[tuple[Root, bytes]]
"""Oldest first."""
_MAX_ROOT_ROTATIONS = 32
ROOT_VERSION_KEY = "root_version"
"""Signed into every timestamp: the root that it was published under."""


@dataclass(frozen=True)
class Repository:
    """What was read and verified: the bytes as they stand, and what they say. It may have expired."""

    root_bytes: bytes
    timestamp_bytes: bytes | None
    """None only before the service has signed its first."""
    release: Release
    root: Root
    timestamp: Timestamp | None
    snapshot: Snapshot
    targets: Targets
    recall: Targets
    recalled: Recalled
    is_announced: bool = True
    """The timestamp speaks of this release. Else the service was killed before it could, and the next one will."""

    @property
    def bundle(self) -> Compiled:
        """The compiled rules and texts."""
        return self.release.compiled

    @property
    def published_at(self) -> str:
        """ISO 8601, or nothing: when the maintainers signed these rules."""
        custom = self.targets.targets[TARGET_PATH].custom
        return str(custom.get("published", "")) if isinstance(custom, dict) else ""

    def roles(self) -> dict[str, Signed]:
        roles: dict[str, Signed] = {
            "root": self.root,
            "targets": self.targets,
            "recall": self.recall,
            "snapshot": self.snapshot,
        }
        return roles if self.timestamp is None else {**roles, "timestamp": self.timestamp}

    def expired_roles(self, now: datetime) -> list[str]:
        return [role for role, signed in self.roles().items() if signed.is_expired(now)]


def read_repository(place: Storage | Path) -> Repository:
    """The repository that is kept there; trust begins with its oldest root.

    Raises:
        TrustError: naming the file that is missing or does not verify.
    """
    storage = FolderStorage(place) if isinstance(place, Path) else place
    numbers = _numbers(storage, "root")
    first = storage.read(f"metadata/{numbers[0]}.root.json") if numbers else None
    if first is None:
        raise TrustError(
            str(storage), "there is no repository in it", "Make one with `rollguard keys init`, or name another folder."
        )
    snapshots = _numbers(storage, "snapshot")
    roots = follow_roots(storage.read, first)
    torn = _torn_snapshot(storage.read, roots, snapshots)
    return _load(storage.read, roots, torn)


def load_repository(read: Reader, first_root: bytes) -> Repository:
    """Follow the chain from a root that is already trusted.

    Raises:
        TrustError: naming the file that is missing or does not verify.
    """
    return _load(read, follow_roots(read, first_root), None)


def follow_roots(read: Reader, first_root: bytes) -> Roots:
    """Every root from the first to the newest, each vouched for by the one before it."""
    roots = [(verify_first_root(first_root), first_root)]
    while data := read(f"metadata/{roots[-1][0].version + 1}.root.json"):
        if len(roots) > _MAX_ROOT_ROTATIONS:
            reason = f"more than {_MAX_ROOT_ROTATIONS} follow each other"
            raise TrustError("root.json", reason, "Begin with a newer root.")
        roots.append((verify_next_root(roots[-1][0], data), data))
    return roots


def _load(read: Reader, roots: Roots, unannounced: int | None) -> Repository:
    root, root_bytes = roots[-1]
    timestamp_bytes = read("metadata/timestamp.json")
    if unannounced is not None:
        timestamp = _verify_under_any(roots, timestamp_bytes) if timestamp_bytes else None
        snapshot_bytes = _require(read, f"metadata/{unannounced}.snapshot.json")
    else:
        if timestamp_bytes is None:
            raise _missing("metadata/timestamp.json")
        timestamp = verify_timestamp(root, timestamp_bytes)
        snapshot_bytes = _require(read, f"metadata/{timestamp.snapshot_meta.version}.snapshot.json")
        verify_announced(timestamp, snapshot_bytes)
    release = _read_release(read, snapshot_bytes)
    verified = verify_release(root, release)
    return Repository(
        root_bytes, timestamp_bytes, release, root, timestamp, *verified, is_announced=unannounced is None
    )


def _torn_snapshot(read: Reader, roots: Roots, snapshots: list[int]) -> int | None:
    """The release that is whole but not announced: the first of all, or one whose root came out, but no timestamp.

    A root cannot be taken back once it can be read, so such a release is carried on with, not given up.
    """
    data = read("metadata/timestamp.json")
    if data is None:
        return snapshots[-1] if snapshots else None
    timestamp = _verify_under_any(roots, data)
    following = timestamp.snapshot_meta.version + 1
    is_older = int(timestamp.unrecognized_fields.get(ROOT_VERSION_KEY, 0)) < roots[-1][0].version
    return following if is_older and following in snapshots else None


def _verify_under_any(roots: Roots, data: bytes) -> Timestamp:
    for root, _bytes in reversed(roots):
        try:
            return verify_timestamp(root, data)
        except SignatureError:
            continue
    return verify_timestamp(roots[-1][0], data)


def _read_release(read: Reader, snapshot: bytes) -> Release:
    """Gather what belongs together; nothing in here is trusted before `verify_release` has seen it."""
    metadata: dict[str, bytes] = {}
    files: dict[str, bytes] = {}
    with _finding("snapshot.json"):
        meta = json.loads(snapshot)["signed"]["meta"]
        versions = {name: int(entry["version"]) for name, entry in meta.items()}
    # Without recall.json it was made before rules could be recalled; `verify_release` says so.
    for name in [name for name in ("targets.json", "recall.json") if name in versions]:
        metadata[name] = _require(read, f"metadata/{versions[name]}.{name}")
        with _finding(name):
            listed = json.loads(metadata[name])["signed"]["targets"]
            digests = {path: str(file["hashes"]["sha256"]) for path, file in listed.items()}
        files |= {path: _require(read, target_path(path, digest)) for path, digest in digests.items()}
    return Release(metadata.get("targets.json", b""), snapshot, metadata.get("recall.json", b""), files)


@contextmanager
def _finding(place: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = f"what it speaks of cannot be found: {error!r}"
        raise TrustError(place, reason, "Restore the file as it was signed.") from error


def _numbers(storage: Storage, role: str) -> list[int]:
    names = [name.partition(".") for name in storage.names("metadata")]
    return sorted(int(number) for number, _, rest in names if rest == f"{role}.json" and number.isdecimal())


def _require(read: Reader, path: str) -> bytes:
    data = read(path)
    if data is None:
        raise _missing(path)
    return data


def _missing(path: str) -> TrustError:
    return TrustError(path, "there is no such file", "Restore it, or publish a new release.")
