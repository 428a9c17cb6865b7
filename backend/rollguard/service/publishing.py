"""A push, from the wire to the storage: verify who signed, check what it says, and make it public in one step.

A process killed anywhere in here leaves the old release public, or the new one: the timestamp alone decides which, and
where keys change, the new root; what is missing after that, the next start or push adds.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tuf.api.metadata import Metadata, Root, Snapshot, Targets

from rollguard.errors import RuleError, TrustError
from rollguard.rules.compiler import TARGET_PATH, Compiled
from rollguard.service.audit import AuditLog
from rollguard.service.logs import log
from rollguard.service.problems import VersionConflictError
from rollguard.service.variants import write_deltas, write_precompressed
from rollguard.trust.history import Published, digest_texts
from rollguard.trust.recalled import RECALL_PATH, RECALL_ROLE
from rollguard.trust.release import Release
from rollguard.trust.repository import Repository, read_repository
from rollguard.trust.storage import FolderStorage, Storage
from rollguard.trust.timestamp import load_timestamp_key, refresh_timestamp, sign_timestamp
from rollguard.trust.verification import (
    SignatureError,
    VerifiedRelease,
    require_unexpired,
    verify_next_root,
    verify_release,
)
from rollguard.trust.writing import files_below_roots, root_files, write_release, write_timestamp

CheckBundle = Callable[[Compiled], list[RuleError]]
"""Compiled rules and texts → what speaks against them."""


@dataclass(frozen=True)
class Shelf:
    """All that a service keeps: the public files, its own key, and the log of what was published."""

    data_dir: Path
    storage: Storage
    poll_interval: int

    @classmethod
    def in_folder(cls, data_dir: Path, poll_interval: int) -> "Shelf":
        return cls(data_dir, FolderStorage(data_dir / "repository"), poll_interval)

    @property
    def audit(self) -> AuditLog:
        return AuditLog(self.data_dir)


def publish(shelf: Shelf, release: Release, check_bundle: CheckBundle, now: datetime) -> Published:
    """Make `release` public.

    Returns:
        What is public now.

    Raises:
        SignatureError: the maintainers of this service have not signed it.
        VersionConflictError: it does not follow the public release.
        TrustError: its parts do not fit together, or have expired.
        RuleError: the rules fail their check.
    """
    keep_fresh(shelf, now)
    public = read_repository(shelf.storage)
    _root, whole, _verified = _verify(public, release, now)
    if whole.targets != public.release.targets:
        # Before the lock: it takes seconds. A recall changes no rule, and must not wait for their pages.
        _require_green(check_bundle(whole.compiled))
    with shelf.storage.exclusive():
        public = read_repository(shelf.storage)
        root, whole, _verified = _verify(public, release, now)  # another may have been published meanwhile
        timestamp = sign_timestamp(
            root,
            whole,
            load_timestamp_key(shelf.data_dir, root),
            now,
            previous=public.timestamp,
            poll_interval=shelf.poll_interval,
        )
        write_deltas(shelf.storage, public, whole.files[TARGET_PATH])
        # Beside no root before the root is there: a web server that hands out what is packed would show it too early.
        write_precompressed(shelf.storage, files_below_roots(whole))
        write_release(shelf.storage, whole)
        write_precompressed(shelf.storage, root_files(whole))
        write_timestamp(shelf.storage, timestamp)
    try:
        keep_fresh(shelf, now)
    except OSError:
        log().exception("published, but not logged")  # the next start or push adds the entry
    return _say(read_repository(shelf.storage))


def keep_fresh(shelf: Shelf, now: datetime) -> bool:
    """Sign the timestamp again where that is due, and finish what a killed push has left undone.

    Returns:
        Whether it was due.

    Raises:
        TrustError: what is published does not verify, or the key is missing or wrong.
    """
    is_due = refresh_timestamp(shelf.data_dir, now, shelf.poll_interval, shelf.storage)
    newest = shelf.audit.newest(1)
    if not newest or newest[0].published() != _say(read_repository(shelf.storage)):
        with shelf.storage.exclusive():
            shelf.audit.record(_say(read_repository(shelf.storage)), now)
    return is_due


def _verify(public: Repository, release: Release, now: datetime) -> tuple[Root, Release, VerifiedRelease]:
    whole = release.completed_from(public.release)
    with _telling_who_came_second(public, release):
        root = public.root
        for data in release.roots:
            root = verify_next_root(root, data)
        verified = verify_release(root, whole)
    for place, version, before, is_same in (
        ("targets.json", verified.targets.version, public.targets.version, whole.targets == public.release.targets),
        ("recall.json", verified.recall.version, public.recall.version, whole.recall == public.release.recall),
        ("snapshot.json", verified.snapshot.version, public.snapshot.version, False),
    ):
        if not is_same and version != before + 1:
            raise _conflict(place, version, before)
    if verified.snapshot.meta.keys() != public.snapshot.meta.keys():
        raise TrustError("snapshot.json", "it speaks of other roles than the public one", "Pull and push again.")
    roles = {"root": root, "targets": verified.targets, RECALL_ROLE: verified.recall, "snapshot": verified.snapshot}
    for role, signed in roles.items():
        require_unexpired(role, signed, now)
    return root, whole, verified


@contextmanager
def _telling_who_came_second(public: Repository, release: Release) -> Iterator[None]:
    """What was built on an older release fits in many ways no more; the reason that helps is that it is older."""
    try:
        yield
    except SignatureError:
        raise
    except TrustError:
        for place, data, before in (
            *(("root.json", data, public.root.version) for data in release.roots[:1]),
            ("snapshot.json", release.snapshot, public.snapshot.version),
        ):
            if (version := _claimed_version(data)) not in {None, before + 1}:
                raise _conflict(place, version, before) from None
        raise


def _claimed_version(metadata: bytes) -> int | None:
    try:
        return int(json.loads(metadata)["signed"]["version"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _conflict(place: str, version: int | None, before: int) -> VersionConflictError:
    reason = f"its version is {version}, but {before} is public, so {before + 1} must follow"
    return VersionConflictError(place, reason, "Pull and push again.")


def _require_green(errors: list[RuleError]) -> None:
    if errors:
        first, more = errors[0], len(errors) - 1
        raise RuleError(first.place, first.reason + (f" (and {more} more)" if more else ""), first.next_step)


def _say(public: Repository) -> Published:
    release = public.release
    return Published(
        versions={role: signed.version for role, signed in public.roles().items() if role != "timestamp"},
        snapshot_sha256=hashlib.sha256(release.snapshot).hexdigest(),
        rules_sha256=hashlib.sha256(release.files[TARGET_PATH]).hexdigest(),
        texts_sha256=digest_texts(release.compiled),
        recalled_sha256=hashlib.sha256(release.files[RECALL_PATH]).hexdigest(),
        signed_by={
            "root": _signers(public.root, "root", Metadata[Root].from_bytes(public.root_bytes)),
            "targets": _signers(public.root, "targets", Metadata[Targets].from_bytes(release.targets)),
            RECALL_ROLE: _signers(public.targets, RECALL_ROLE, Metadata[Targets].from_bytes(release.recall)),
            "snapshot": _signers(public.root, "snapshot", Metadata[Snapshot].from_bytes(release.snapshot)),
        },
    )


def _signers(
    delegator: Root | Targets, role: str, metadata: Metadata[Root] | Metadata[Targets] | Metadata[Snapshot]
) -> tuple[str, ...]:
    result = delegator.get_verification_result(role, metadata.signed_bytes, metadata.signatures)
    return tuple(sorted(result.signed))
