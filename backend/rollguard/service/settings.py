"""What an app was created with, handed to its rooms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rollguard.service.audit import AuditLog
from rollguard.service.counters import Counters
from rollguard.service.limits import WriteLimits
from rollguard.service.publishing import CheckBundle, Shelf
from rollguard.trust.storage import Storage


@dataclass(frozen=True)
class Settings:
    shelf: Shelf
    install_dir: Path | None
    now: Callable[[], datetime]
    check_bundle: CheckBundle
    counters: Counters
    limits: WriteLimits

    @property
    def storage(self) -> Storage:
        return self.shelf.storage

    @property
    def audit(self) -> AuditLog:
        return self.shelf.audit
