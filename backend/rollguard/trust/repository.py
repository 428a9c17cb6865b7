"""A repository as a whole: read (from a folder or from anywhere else), verified as a client would, and written.

Layout: `metadata/{N.root,N.snapshot,N.targets,timestamp}.json`, `targets/<sha256>.<path>`.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tuf.api.metadata import Root, Signed, Snapshot, Targets, Timestamp

from rollguard.errors import TrustError
from rollguard.rules.compiler import TARGET_PATH
from rollguard.trust.release import Release
from rollguard.trust.storage import write_atomically
from rollguard.trust.verification import (
    verify_announced,
    verify_first_root,
    verify_next_root,
    verify_release,
    verify_timestamp,
)

Reader = Callable[[str], bytes | None]
"""A path of the layout → its bytes, or None where there is no such file."""
_MAX_ROOT_ROTATIONS = 32


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

    @property
    def bundle(self) -> bytes:
        """The compiled rules."""
        return self.release.files[TARGET_PATH]

    @property
    def published_at(self) -> str:
        """ISO 8601, or nothing: when the maintainers signed these rules."""
        custom = self.targets.targets[TARGET_PATH].custom
        return str(custom.get("published", "")) if isinstance(custom, dict) else ""

    def roles(self) -> dict[str, Signed]:
        roles: dict[str, Signed] = {"root": self.root, "targets": self.targets, "snapshot": self.snapshot}
        return roles if self.timestamp is None else {**roles, "timestamp": self.timestamp}

    def expired_roles(self, now: datetime) -> list[str]:
        return [role for role, signed in self.roles().items() if signed.is_expired(now)]


def read_repository(folder: Path) -> Repository:
    """The repository in `folder`; trust begins with its oldest root.

    Raises:
        TrustError: naming the file that is missing or does not verify.
    """
    roots = _numbers(folder, "root")
    if not roots:
        raise TrustError(
            str(folder), "there is no repository in it", "Make one with `rollguard keys init`, or name another folder."
        )
    first = (folder / "metadata" / f"{roots[0]}.root.json").read_bytes()
    return load_repository(lambda path: _read(folder / path), first, _numbers(folder, "snapshot"))


def load_repository(read: Reader, first_root: bytes, snapshots: list[int] | None = None) -> Repository:
    """Follow the chain from a root that is already trusted.

    Args:
        read: where the files come from.
        first_root: the root that trust begins with.
        snapshots: the snapshots that exist, for a repository whose first timestamp is not signed yet.

    Raises:
        TrustError: naming the file that is missing or does not verify.
    """
    root, root_bytes = _follow_roots(read, first_root)
    timestamp_bytes = read("metadata/timestamp.json")
    if timestamp_bytes is None:
        if not snapshots:
            raise _missing("metadata/timestamp.json")
        timestamp, version = None, snapshots[-1]
    else:
        timestamp = verify_timestamp(root, timestamp_bytes)
        version = timestamp.snapshot_meta.version
    snapshot_bytes = _require(read, f"metadata/{version}.snapshot.json")
    if timestamp is not None:
        verify_announced(timestamp, snapshot_bytes)
    release = _read_release(read, snapshot_bytes)
    snapshot, targets = verify_release(root, release)
    if TARGET_PATH not in targets.targets:
        raise TrustError("targets.json", f"it does not speak of {TARGET_PATH}", "Sign a release that carries rules.")
    return Repository(root_bytes, timestamp_bytes, release, root, timestamp, snapshot, targets)


def write_root(folder: Path, root: bytes) -> None:
    """The root, under its number."""
    version = verify_first_root(root).version
    write_atomically(folder / "metadata" / f"{version}.root.json", root)


def write_release(folder: Path, release: Release) -> None:
    """Files first, then targets, then snapshot. Nobody sees any of it before a timestamp speaks of it."""
    for path, data in release.files.items():
        write_atomically(folder / "targets" / f"{hashlib.sha256(data).hexdigest()}.{path}", data)
    write_atomically(folder / "metadata" / f"{_version(release.targets)}.targets.json", release.targets)
    write_atomically(folder / "metadata" / f"{_version(release.snapshot)}.snapshot.json", release.snapshot)


def write_timestamp(folder: Path, timestamp: bytes) -> None:
    """The one step that makes a release public."""
    write_atomically(folder / "metadata" / "timestamp.json", timestamp)


def _follow_roots(read: Reader, first_root: bytes) -> tuple[Root, bytes]:
    root, root_bytes = verify_first_root(first_root), first_root
    for _rotation in range(_MAX_ROOT_ROTATIONS):
        data = read(f"metadata/{root.version + 1}.root.json")
        if data is None:
            return root, root_bytes
        root, root_bytes = verify_next_root(root, data), data
    raise TrustError("root.json", f"more than {_MAX_ROOT_ROTATIONS} follow each other", "Begin with a newer root.")


def _read_release(read: Reader, snapshot: bytes) -> Release:
    """Gather what belongs together; nothing in here is trusted before `verify_release` has seen it."""
    with _finding("snapshot.json"):
        version = int(json.loads(snapshot)["signed"]["meta"]["targets.json"]["version"])
    targets = _require(read, f"metadata/{version}.targets.json")
    with _finding("targets.json"):
        hashes = {
            path: str(file["hashes"]["sha256"]) for path, file in json.loads(targets)["signed"]["targets"].items()
        }
    files = {path: _require(read, f"targets/{digest}.{path}") for path, digest in hashes.items()}
    return Release(targets, snapshot, files)


@contextmanager
def _finding(place: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = f"what it speaks of cannot be found: {error!r}"
        raise TrustError(place, reason, "Restore the file as it was signed.") from error


def _version(metadata: bytes) -> int:
    return int(json.loads(metadata)["signed"]["version"])


def _numbers(folder: Path, role: str) -> list[int]:
    names = [path.name.partition(".")[0] for path in (folder / "metadata").glob(f"*.{role}.json")]
    return sorted(int(name) for name in names if name.isdecimal())


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _require(read: Reader, path: str) -> bytes:
    data = read(path)
    if data is None:
        raise _missing(path)
    return data


def _missing(path: str) -> TrustError:
    return TrustError(path, "there is no such file", "Restore it, or publish a new release.")
