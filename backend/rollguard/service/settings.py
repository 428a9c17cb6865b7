"""What an app was created with, handed to its rooms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rollguard.service.counters import Counters
from rollguard.service.publishing import CheckBundle


@dataclass(frozen=True)
class Settings:
    data_dir: Path
    poll_interval: int
    install_dir: Path | None
    now: Callable[[], datetime]
    check_bundle: CheckBundle
    counters: Counters

    @property
    def repository(self) -> Path:
        return self.data_dir / "repository"
