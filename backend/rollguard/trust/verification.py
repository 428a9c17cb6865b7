"""Bytes → trusted metadata, in the one order that is allowed: root → timestamp → snapshot → targets, recall → files.

Pure: no clock, no files. Expiry is asked separately, because old rules go on warning, and an expired set must still be
readable by whoever signs the next one.
"""

from datetime import datetime
from typing import NamedTuple, TypeVar

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Signed, Snapshot, TargetFile, Targets, Timestamp

from rollguard.errors import TrustError
from rollguard.rules.compiler import TARGET_PATH, is_compiled_path
from rollguard.trust.recalled import RECALL_PATH, RECALL_ROLE, Recalled
from rollguard.trust.release import Release

T = TypeVar("T", Root, Snapshot, Targets, Timestamp)
_PUSH_AGAIN = "Sign the release again with `rollguard rules push`."
_FOUND_ANEW = "Found a repository with `rollguard keys init`; its clients need a build that pins the new root."


class SignatureError(TrustError):
    """Not enough of the keys that may say so have said so."""


class VerifiedRelease(NamedTuple):
    """What a release says, once its bytes are trusted."""

    snapshot: Snapshot
    targets: Targets
    recall: Targets
    recalled: Recalled


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


def verify_targets(root: Root, data: bytes) -> Targets:
    """The rules' metadata, with the one delegation that there is."""
    targets = _parse(data, Targets, "targets.json")
    _require_signatures(root, "targets", targets)
    _require_delegation(targets.signed)
    return targets.signed


def verify_recall(targets: Targets, data: bytes) -> Targets:
    """The metadata of what is switched off, as the targets role delegates it."""
    recall = _parse(data, Targets, "recall.json")
    _require_signatures(targets, RECALL_ROLE, recall)
    return recall.signed


def verify_release(root: Root, release: Release) -> VerifiedRelease:
    """Snapshot, targets and recall are signed, fit together, and every file is exactly as signed.

    Raises:
        SignatureError: somebody else has signed it.
        TrustError: naming the file that does not fit.
    """
    snapshot = _parse(release.snapshot, Snapshot, "snapshot.json")
    _require_signatures(root, "snapshot", snapshot)
    targets = verify_targets(root, release.targets)
    _require_listed(snapshot.signed, "targets.json", targets.version, release.targets)
    recall = verify_recall(targets, release.recall)
    _require_listed(snapshot.signed, "recall.json", recall.version, release.recall)
    if extra := release.files.keys() - targets.targets.keys() - {TARGET_PATH, RECALL_PATH}:
        raise TrustError(min(extra), "targets.json does not speak of it", _PUSH_AGAIN)
    if TARGET_PATH not in targets.targets or not all(map(is_compiled_path, targets.targets)):
        raise TrustError("targets.json", f"it must speak of {TARGET_PATH}, of texts, and of nothing else", _PUSH_AGAIN)
    if recall.targets.keys() != {RECALL_PATH}:
        raise TrustError("recall.json", f"it must speak of {RECALL_PATH} and nothing else", _PUSH_AGAIN)
    for path, target in (*targets.targets.items(), *recall.targets.items()):
        _verify_file(path, target, release)
    return VerifiedRelease(snapshot.signed, targets, recall, Recalled.from_bytes(release.files[RECALL_PATH]))


def require_unexpired(role: str, signed: Signed, now: datetime) -> None:
    if signed.is_expired(now):
        raise TrustError(f"{role}.json", f"it expired at {signed.expires:%Y-%m-%d %H:%M} UTC", "Sign a new one.")


def _require_delegation(targets: Targets) -> None:
    roles = (targets.delegations.roles if targets.delegations else None) or {}
    role = roles.get(RECALL_ROLE)
    if role is None:
        reason = "it does not delegate to recall.json: it was made before rules could be recalled"
        raise TrustError("targets.json", reason, _FOUND_ANEW)
    if (*roles, role.threshold, role.terminating, role.paths) != (RECALL_ROLE, 1, True, [RECALL_PATH]):
        raise TrustError("targets.json", f"it delegates more or less than {RECALL_PATH} to one maintainer", _PUSH_AGAIN)


def _require_listed(snapshot: Snapshot, name: str, version: int, data: bytes) -> None:
    meta = snapshot.meta.get(name)
    if meta is None:
        raise TrustError("snapshot.json", f"it does not speak of {name}", _PUSH_AGAIN)
    _require_version(name, version, meta.version)
    try:
        meta.verify_length_and_hashes(data)
    except RepositoryError as error:
        raise TrustError(name, f"it is not what snapshot.json announces: {error}", _PUSH_AGAIN) from error


def _verify_file(path: str, target: TargetFile, release: Release) -> None:
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


def _require_signatures(delegator: Root | Targets, role: str, metadata: Metadata[T]) -> None:
    try:
        result = delegator.get_verification_result(role, metadata.signed_bytes, metadata.signatures)
    except ValueError as error:
        raise SignatureError(f"{role}.json", f"nobody may sign it: {error}", "Take another root.") from error
    # python-tuf counts ids; one key under two ids is still one maintainer.
    if len({str(sorted(key.keyval.items())) for key in result.signed.values()}) < result.threshold:
        by = "root" if isinstance(delegator, Root) else "targets"
        reason = (
            f"it is not signed by {result.threshold} of the keys that {by} version {delegator.version} names for it"
        )
        raise SignatureError(f"{role}.json", reason, "Sign with the key of a maintainer of this service.")


def _require_version(place: str, version: int, expected: int) -> None:
    if version != expected:
        raise TrustError(place, f"its version is {version} where {expected} belongs", _PUSH_AGAIN)
