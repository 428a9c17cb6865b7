"""`rollguard rules verify`: what holds is told line by line, what does not is named."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from rollguard.errors import TrustError
from rollguard.service.audit import FILE
from rollguard.trust.founding import init_keys
from rollguard.trust.public_check import check_public, first_public_root

from .conftest import bundle_with
from .maintainers import Maintainer, utc_now

MANY = [f"a{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
"""Enough languages for a difference to be worth its bytes."""


@pytest.fixture
def ada(tmp_path: Path, service: str) -> Maintainer:
    """With three versions published."""
    ada = Maintainer(tmp_path / "keys", service)
    for more in ("bb", "cc"):
        assert ada.push(bundle_with(*MANY, more)).version
    return ada


def check(ada: Maintainer, days: int = 0) -> list[str]:
    return list(check_public(ada.service, ada.keys.root, utc_now() + timedelta(days=days)))


def test_everything_that_is_offered_holds(ada: Maintainer) -> None:
    lines = "\n".join(check(ada))
    assert "targets.json version 3: signed, valid until" in lines
    assert "rules.jsonl: 0 rules, 27 languages, as signed" in lines
    assert "texts: 0 languages, as signed" in lines
    assert "recalled.json: no rule switched off" in lines
    assert "deltas: 1 of the last 2 versions" in lines
    assert "history: " in lines


def test_trust_may_begin_with_what_the_service_says(ada: Maintainer) -> None:
    assert first_public_root(ada.service) == ada.keys.root


def test_another_services_root_does_not_verify_it(ada: Maintainer, tmp_path: Path) -> None:
    stranger = init_keys(tmp_path / "s", tmp_path / "sd", bundle_with("en"), utc_now())
    with pytest.raises(TrustError, match="not signed"):
        list(check_public(ada.service, stranger.root, utc_now()))


def test_what_has_expired_is_named(ada: Maintainer) -> None:
    with pytest.raises(TrustError, match=r"snapshot\.json\n.*it expired"):
        check(ada, days=31)


def test_a_delta_that_makes_something_else_is_named(ada: Maintainer, data: Path) -> None:
    (delta,) = (data / "repository/deltas").glob("*.json")
    delta.write_text(json.dumps({"format": 1, "remove": [], "set": []}))
    with pytest.raises(TrustError, match=r"deltas/.*\n.*it does not make the signed rules"):
        check(ada)


def test_a_history_that_was_rewritten_is_named(ada: Maintainer, data: Path) -> None:
    with closing(sqlite3.connect(data / FILE)) as database:
        database.executescript(
            "DROP TRIGGER entries_stay; UPDATE entries SET entry = replace(entry, '\"founded\"', '\"rules\"');"
        )
    with pytest.raises(TrustError, match=r"history\.json\n.*entry \d does not follow from the one before it"):
        check(ada)


def test_a_history_that_was_emptied_is_named(ada: Maintainer, data: Path) -> None:
    (data / FILE).unlink()
    with pytest.raises(TrustError, match=r"history\.json\n.*its newest entry is not the one it ends with"):
        check(ada)
