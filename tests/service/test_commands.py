"""What an operator types: `rollguard timestamp`, and what `rollguard serve` refuses."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rollguard.cli import main
from rollguard.service.audit import AuditLog
from rollguard.trust.development import bootstrap_development
from rollguard.trust.repository import read_repository

from .conftest import bundle_with


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    bootstrap_development(folder, bundle_with("first"), datetime.now(UTC) - timedelta(hours=3))
    return folder


def test_the_timestamp_is_signed_again_where_it_is_due_and_only_there(data: Path) -> None:
    first = run("timestamp", "--data", data)
    assert (first.exit_code, first.stdout) == (0, "Signed again.\n")
    timestamp = read_repository(data / "repository").timestamp
    assert timestamp is not None
    assert timestamp.expires > datetime.now(UTC) + timedelta(hours=47)
    assert AuditLog(data).newest(1)[0].kind == "founded"
    again = run("timestamp", "--data", data)
    assert (again.exit_code, again.stdout) == (0, "It is less than an hour old, and stays.\n")
    assert read_repository(data / "repository").timestamp == timestamp


def test_another_poll_interval_is_signed_at_once(data: Path) -> None:
    run("timestamp", "--data", data)
    assert run("timestamp", "--data", data, "--poll-interval", "600").stdout == "Signed again.\n"
    timestamp = read_repository(data / "repository").timestamp
    assert timestamp is not None
    assert timestamp.unrecognized_fields["poll_interval"] == 600


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["timestamp", "--data", "/nowhere"], 1, "there is no repository in it"),
        (["timestamp", "--storage", "ftp://x"], 1, "it is no address of an object store"),
        (["timestamp", "--poll-interval", "1"], 2, "is not in the range 30<=x<=86400"),
        (["serve", "--workers", "0"], 2, "is not in the range 1<=x<=64"),
        (["serve", "--proxies", "-1"], 2, "is not in the range 0<=x<=8"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: list[str], code: int, words: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, words in result.stderr) == (code, True), result.output
    assert not Path("/nowhere").exists()
