"""How long everything is still good for: `/healthz`."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from rollguard.errors import TrustError
from rollguard.trust.repository import Repository, read_repository

_YELLOW = {"root": timedelta(days=30), "targets": timedelta(days=30), "snapshot": timedelta(days=10)}
"""A snapshot lives for 30 days only, and would never be green. The timestamp is signed hourly: good, or expired."""
_RED = timedelta(days=7)
_WORST_FIRST = ("expired", "red", "yellow", "ok")

Health = dict[str, object]


def report_health(folder: Path, now: datetime) -> tuple[bool, Health]:
    """Whether clients can use what is published, and how long they still can."""
    try:
        repository = read_repository(folder)
    except TrustError as error:
        return False, {
            "status": "broken",
            "place": Path(error.place).name,
            "reason": error.reason,
            "next_step": error.next_step,
        }
    if repository.timestamp is None:
        return False, {
            "status": "unpublished",
            "reason": "no timestamp is signed yet",
            "next_step": "Start the server.",
        }
    roles = _report_roles(repository, now)
    levels = {level for level, _report in roles.values()}
    status = next(level for level in _WORST_FIRST if level in levels)
    return status != "expired", {
        "status": status,
        "rules_version": repository.targets.version,
        "published": repository.published_at,
        "roles": {role: report for role, (_level, report) in roles.items()},
    }


def _report_roles(repository: Repository, now: datetime) -> dict[str, tuple[str, Health]]:
    reports = {}
    for role, signed in repository.roles().items():
        left = signed.expires - now.astimezone(UTC)
        level = _level(role, left)
        reports[role] = (
            level,
            {
                "status": level,
                "version": signed.version,
                "expires": f"{signed.expires:%Y-%m-%dT%H:%M:%SZ}",
                "days_left": round(left / timedelta(days=1), 1),
            },
        )
    return reports


def _level(role: str, left: timedelta) -> str:
    if left <= timedelta():
        return "expired"
    if role not in _YELLOW or left > _YELLOW[role]:
        return "ok"
    return "red" if left <= _RED else "yellow"
