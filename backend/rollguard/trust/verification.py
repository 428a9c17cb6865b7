"""Bytes → trusted metadata, in the one order that is allowed: root → timestamp → snapshot → targets → file.

Pure: no clock, no files. Expiry is asked separately, because old rules go on warning, and an expired set must still be
readable by whoever signs the next one.
"""

from datetime import datetime
from typing import TypeVar

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Signed, Snapshot, Targets, Timestamp

from rollguard.errors import TrustError
from rollguard.trust.release import Release

T = TypeVar("T", Root, Snapshot, Targets, Timestamp)
_PUSH_AGAIN = "Sign the release again with `rollguard rules push`."


class SignatureError(TrustError):
    """Not enough of the keys that may say so have said so."""


def verify_first_root(data: bytes) -> Root:
    """The root that trust begins with: it must at least be signed by its own keys."""
    root = _parse(data, Root, "root.json")
    _require_signatures(root.signed, "root", root)
    return root.signed


def verify_next_root(trusted: Root, data: bytes) -> Root:
    """The root after `trusted`: signed by the old keys and by its own."""
    place = f"{trusted.version + 1}.root.json"
    root = _parse(data, Root, place)
    _require_signatures(trusted, "root", root)
    _require_signatures(root.signed, "root", root)
    _require_version(place, root.signed.version, trusted.version + 1)
    return root.signed


def verify_timestamp(root: Root, data: bytes) -> Timestamp:
    timestamp = _parse(data, Timestamp, "timestamp.json")
    _require_signatures(root, "timestamp", timestamp)
    return timestamp.signed


def verify_announced(timestamp: Timestamp, snapshot: bytes) -> None:
    """The snapshot's bytes are those that the timestamp speaks of."""
    try:
        timestamp.snapshot_meta.verify_length_and_hashes(snapshot)
    except RepositoryError as error:
        raise TrustError(
            "snapshot.json", f"it is not what timestamp.json announces: {error}", "Restore the file."
        ) from error


def verify_release(root: Root, release: Release) -> tuple[Snapshot, Targets]:
    """Snapshot and targets are signed, fit together, and every file is exactly as signed.

    Raises:
        SignatureError: somebody else has signed it.
        TrustError: naming the file that does not fit.
    """
    snapshot = _parse(release.snapshot, Snapshot, "snapshot.json")
    _require_signatures(root, "snapshot", snapshot)
    targets = _parse(release.targets, Targets, "targets.json")
    _require_signatures(root, "targets", targets)
    meta = snapshot.signed.meta.get("targets.json")
    if meta is None:
        raise TrustError("snapshot.json", "it does not speak of targets.json", _PUSH_AGAIN)
    _require_version("targets.json", targets.signed.version, meta.version)
    try:
        meta.verify_length_and_hashes(release.targets)
    except RepositoryError as error:
        raise TrustError("targets.json", f"it is not what snapshot.json announces: {error}", _PUSH_AGAIN) from error
    _verify_files(targets.signed, release)
    return snapshot.signed, targets.signed


def require_unexpired(role: str, signed: Signed, now: datetime) -> None:
    if signed.is_expired(now):
        raise TrustError(f"{role}.json", f"it expired at {signed.expires:%Y-%m-%d %H:%M} UTC", "Sign a new one.")


def _verify_files(targets: Targets, release: Release) -> None:
    if extra := release.files.keys() - targets.targets.keys():
        raise TrustError(min(extra), "targets.json does not speak of it", _PUSH_AGAIN)
    for path, target in targets.targets.items():
        if path not in release.files:
            raise TrustError(path, "it is signed, but missing", _PUSH_AGAIN)
        if target.hashes.keys() != {"sha256"}:
            raise TrustError(path, "it is not signed by its SHA-256 alone, which its file is named after", _PUSH_AGAIN)
        try:
            target.verify_length_and_hashes(release.files[path])
        except RepositoryError as error:
            raise TrustError(path, f"it is not the file that was signed: {error}", _PUSH_AGAIN) from error


def _parse(data: bytes, kind: type[T], place: str) -> Metadata[T]:
    try:
        metadata = Metadata[T].from_bytes(data)
    except RepositoryError as error:
        reason = f"it is no metadata: {error.__cause__ or error}"
        raise TrustError(place, reason, "Take the file as it was signed.") from error
    if not isinstance(metadata.signed, kind):
        raise TrustError(place, f"it is {metadata.signed.type} metadata", "Take the file as it was signed.")
    return metadata


def _require_signatures(root: Root, role: str, metadata: Metadata[T]) -> None:
    try:
        root.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
    except (RepositoryError, ValueError) as error:
        threshold = root.roles[role].threshold
        reason = f"it is not signed by {threshold} of the keys that root version {root.version} names for it"
        raise SignatureError(f"{role}.json", reason, "Sign with the key of a maintainer of this service.") from error


def _require_version(place: str, version: int, expected: int) -> None:
    if version != expected:
        raise TrustError(place, f"its version is {version} where {expected} belongs", _PUSH_AGAIN)
