from datetime import datetime, timedelta
from pathlib import Path

import pytest

from rollguard.trust.expiry import expiry_level, report_expiry, worst_level
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.repository import read_repository

DAY = timedelta(days=1)


@pytest.mark.parametrize("role", ["root", "targets", "recall"])
def test_warns_30_days_before_the_end_and_turns_red_7_days_before(role: str) -> None:
    days = (31 * DAY, 30 * DAY, 8 * DAY, 7 * DAY, timedelta(seconds=1), timedelta())
    assert [expiry_level(role, left) for left in days] == ["ok", "yellow", "yellow", "red", "red", "expired"]


def test_what_lives_for_30_days_only_is_green_for_the_first_twenty() -> None:
    assert [expiry_level("snapshot", left * DAY) for left in (30, 11, 10, 7)] == ["ok", "ok", "yellow", "red"]


def test_a_timestamp_that_nobody_signs_any_more_is_noticed_before_clients_notice() -> None:
    hours = (timedelta(hours=left) for left in (48, 37, 36, 24, 0))
    assert [expiry_level("timestamp", left) for left in hours] == ["ok", "ok", "yellow", "red", "expired"]


def test_reports_every_role_and_the_worst_of_them(data: Path, keys: MaintainerKeys, now: datetime) -> None:
    assert keys
    repository = read_repository(data / "repository")
    report = report_expiry(repository, now)
    assert [one.role for one in report] == ["root", "targets", "recall", "snapshot", "timestamp"]
    assert worst_level(report) == "ok"
    later = report_expiry(repository, now + 61 * DAY)
    assert {one.role: one.level for one in later} == {
        "root": "ok",
        "targets": "yellow",
        "recall": "yellow",
        "snapshot": "expired",
        "timestamp": "expired",
    }
    assert worst_level(later) == "expired"
