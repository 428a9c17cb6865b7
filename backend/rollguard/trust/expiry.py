"""How long everything is still good for, in three colours: for `/healthz` and for `rollguard keys status`."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rollguard.trust.repository import Repository

_YELLOW = {"snapshot": timedelta(days=10), "timestamp": timedelta(hours=36)}
"""A snapshot lives for 30 days only, and would never be green; the timestamp is signed hourly, for two days."""
_RED = {"timestamp": timedelta(hours=24)}
_YELLOW_AT = timedelta(days=30)
_RED_AT = timedelta(days=7)
WORST_FIRST = ("expired", "red", "yellow", "ok")


@dataclass(frozen=True)
class RoleExpiry:
    """One role's end."""

    role: str
    version: int
    expires: datetime
    left: timedelta
    level: str
    """One of `WORST_FIRST`."""


def report_expiry(repository: Repository, now: datetime) -> list[RoleExpiry]:
    """Every role that is there."""
    return [
        RoleExpiry(role, signed.version, signed.expires, left, expiry_level(role, left))
        for role, signed in repository.roles().items()
        for left in [signed.expires - now.astimezone(UTC)]
    ]


def worst_level(report: list[RoleExpiry]) -> str:
    return next((level for level in WORST_FIRST if any(role.level == level for role in report)), "ok")


def expiry_level(role: str, left: timedelta) -> str:
    """`yellow` from 30 days before the end, `red` from 7, `expired` after it."""
    if left <= timedelta():
        return "expired"
    if left <= _RED.get(role, _RED_AT):
        return "red"
    return "yellow" if left <= _YELLOW.get(role, _YELLOW_AT) else "ok"
