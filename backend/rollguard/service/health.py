"""How long everything is still good for: `/healthz`."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from rollguard.errors import TrustError
from rollguard.trust.expiry import RoleExpiry, report_expiry, worst_level
from rollguard.trust.repository import read_repository
from rollguard.trust.storage import Storage


class RoleHealth(BaseModel):
    status: str
    version: int
    expires: str
    days_left: float


class Health(BaseModel):
    """`broken`: it does not verify. `unpublished`: no timestamp is signed yet. The rest is the worst of the roles."""

    status: Literal["ok", "yellow", "red", "expired", "broken", "unpublished"]
    place: str | None = None
    reason: str | None = None
    next_step: str | None = None
    rules_version: int | None = None
    published: str | None = None
    recalled: list[str] | None = None
    roles: dict[str, RoleHealth] | None = None

    @property
    def is_usable(self) -> bool:
        """Whether clients take what is published for fresh."""
        return self.status in {"ok", "yellow", "red"}


def report_health(storage: Storage, now: datetime) -> Health:
    """Whether clients can use what is published, and how long they still can."""
    try:
        repository = read_repository(storage)
    except TrustError as error:
        return Health(status="broken", place=Path(error.place).name, reason=error.reason, next_step=error.next_step)
    if repository.timestamp is None or not repository.is_announced:
        return Health(status="unpublished", reason="its timestamp is not signed yet", next_step="Start the server.")
    report = report_expiry(repository, now)
    return Health(
        status=worst_level(report),
        rules_version=repository.targets.version,
        published=repository.published_at,
        recalled=["*"] if repository.recalled.is_all else list(repository.recalled.rules),
        roles={role.role: _describe(role) for role in report},
    )


def _describe(role: RoleExpiry) -> RoleHealth:
    return RoleHealth(
        status=role.level,
        version=role.version,
        expires=f"{role.expires:%Y-%m-%dT%H:%M:%SZ}",
        days_left=round(role.left / timedelta(days=1), 1),
    )
