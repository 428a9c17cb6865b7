"""A push, from the wire to the folder: verify who signed, check what it says, and make it public in one step.

A process killed anywhere in here leaves the old release public, or the new one: the timestamp alone decides which.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from rollguard.errors import PublishError, RuleError, TrustError
from rollguard.rules.compiler import TARGET_PATH
from rollguard.trust.release import Release
from rollguard.trust.repository import Repository, read_repository, write_release, write_timestamp
from rollguard.trust.storage import exclusive, remove_leftovers
from rollguard.trust.timestamp import load_timestamp_key, sign_timestamp
from rollguard.trust.verification import require_unexpired, verify_release

CheckBundle = Callable[[bytes], list[RuleError]]
"""Compiled rules → what speaks against them."""


class VersionConflictError(PublishError):
    """Somebody else has published since this release was begun."""


def publish(data_dir: Path, release: Release, check_bundle: CheckBundle, now: datetime, poll_interval: int) -> int:
    """Make `release` public.

    Returns:
        Its version.

    Raises:
        SignatureError: the maintainers of this service have not signed it.
        VersionConflictError: it does not follow the public release.
        TrustError: its parts do not fit together, or have expired.
        RuleError: the rules fail their check.
    """
    with exclusive(data_dir):
        folder = data_dir / "repository"
        repository = read_repository(folder)
        version = _verify(repository, release, now)
        _require_green(check_bundle(release.files[TARGET_PATH]))
        timestamp = sign_timestamp(
            repository.root,
            release,
            load_timestamp_key(data_dir),
            now,
            previous=repository.timestamp,
            poll_interval=poll_interval,
        )
        remove_leftovers(folder)
        write_release(folder, release)
        write_timestamp(folder, timestamp)
        return version


def _verify(repository: Repository, release: Release, now: datetime) -> int:
    snapshot, targets = verify_release(repository.root, release)
    for name, version, public in (
        ("targets.json", targets.version, repository.targets.version),
        ("snapshot.json", snapshot.version, repository.snapshot.version),
    ):
        if version != public + 1:
            reason = f"its version is {version}, but {public} is public, so {public + 1} must follow"
            raise VersionConflictError(name, reason, "Pull and push again.")
    if targets.targets.keys() != {TARGET_PATH}:
        raise TrustError(
            "targets.json", f"it must speak of {TARGET_PATH} and nothing else", "Push with `rollguard rules push`."
        )
    if snapshot.meta.keys() != repository.snapshot.meta.keys():
        raise TrustError("snapshot.json", "it speaks of other roles than the public one", "Pull and push again.")
    for role, signed in (("root", repository.root), ("targets", targets), ("snapshot", snapshot)):
        require_unexpired(role, signed, now)
    return targets.version


def _require_green(errors: list[RuleError]) -> None:
    if errors:
        first, more = errors[0], len(errors) - 1
        raise RuleError(first.place, first.reason + (f" (and {more} more)" if more else ""), first.next_step)
