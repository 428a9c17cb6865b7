"""What README says of the scoreboard is what the kept report says, and the scoreboard is a fair one."""

import json
from typing import Any

import pytest

from tests.bench import feed, feed_report, latency, latency_report
from tests.bench.feed_report import Cost
from tests.bench.latency_report import Sample, Setting
from tests.bench.quote import README, quoted, with_quote
from tests.bench.scoreboard import REPORT
from tests.bench.scoreboard_report import MARKER, TITLES, build_report, markdown, table
from tests.bench.scoreboard_systems import AUTOCONSENT, BASELINES, ROLLGUARD, TIMED, Look, phrases
from tests.corpus.cases import load_cases
from tests.corpus.engines import Answer

AGAIN = "run `python -m tests.bench scoreboard`"


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(REPORT.read_text("utf-8"))
    return kept


def test_the_readme_quotes_the_kept_report(report: dict[str, Any]) -> None:
    assert quoted(README.read_text("utf-8"), MARKER) == markdown(report), AGAIN


def test_the_report_covers_both_parts_and_every_language_that_asks(report: dict[str, Any]) -> None:
    cases = load_cases()
    assert set(report["pages"]) == {case.part for case in cases}, AGAIN
    for part, figures in report["recognition"][ROLLGUARD].items():
        asking = {case.language for case in cases if case.part == part and case.is_ask}
        assert set(figures["recall_by_language"]) == asking, AGAIN


def test_the_report_compares_every_system_with_the_release_that_is_pinned(report: dict[str, Any]) -> None:
    assert set(report["recognition"]) == set(TITLES) == {ROLLGUARD, *BASELINES}
    assert set(report["time"]) == set(TIMED)
    assert report["versions"]["autoconsent"] == AUTOCONSENT, AGAIN


def test_every_language_that_asks_has_its_keywords() -> None:
    asking = {case.language.partition("-")[0] for case in load_cases() if case.is_ask}
    assert asking - set(phrases()) == set()


def test_a_quote_takes_the_place_of_the_last_one_and_of_nothing_else() -> None:
    once = with_quote(f"# A\n\n{MARKER}\n{MARKER}\n\n## B\n", MARKER, "| x |\n\ny")
    assert once == f"# A\n\n{MARKER}\n| x |\n\ny\n{MARKER}\n\n## B\n"
    assert with_quote(once, MARKER, "| x |\n\ny") == once
    assert quoted(with_quote(once, MARKER, "z"), MARKER) == "z"


@pytest.mark.parametrize("readme", ["", MARKER, f"{MARKER} {MARKER} {MARKER}"])
def test_a_readme_without_two_markers_is_refused(readme: str) -> None:
    with pytest.raises(ValueError, match="Put it before and after"):
        with_quote(readme, MARKER, "x")


def test_the_readme_quotes_the_kept_feed() -> None:
    kept = json.loads(feed.REPORT.read_text("utf-8"))
    again = "run `python -m tests.bench feed`"
    assert quoted(README.read_text("utf-8"), feed_report.MARKER) == feed_report.markdown(kept), again
    assert set(kept["feed"]) == set(feed.KINDS), again
    assert set(kept["start"]) == set(feed_report.TITLES), again
    assert kept["versions"]["autoconsent"] == AUTOCONSENT, again


def test_the_readme_quotes_the_kept_latency() -> None:
    kept = json.loads(latency.REPORT.read_text("utf-8"))
    again = "run `python -m tests.bench latency`"
    assert quoted(README.read_text("utf-8"), latency_report.MARKER) == latency_report.markdown(kept), again
    assert set(kept["traffic"]) == set(latency_report.TRAFFIC_TITLES), again
    assert sum(kept["bins"].values()) == kept["samples"] == kept["pushes"] * kept["browsers"], again


def test_of_a_hundred_samples_the_last_but_one_is_the_ninety_ninth() -> None:
    samples = [Sample(float(number) + 9, float(number)) for number in range(1, 101)]
    made = latency_report.build_report(
        samples, Setting(20, 5, 60, "1"), dict.fromkeys(latency_report.TRAFFIC_TITLES, 1)
    )
    assert made["from_return"] == {"p50": 50.0, "p99": 99.0, "most": 100.0}
    assert made["from_start"] == {"p50": 59.0, "p99": 108.0, "most": 109.0}
    assert made["bins"] == {0: 4} | dict.fromkeys(range(5, 100, 5), 5) | {100: 1}
    assert len(latency_report.histogram(made).splitlines()) == 21


def test_a_feed_is_compared_within_its_round() -> None:
    rounds = [
        {name: Cost(10.0, slow * (110.0 if name == "rollguard" else 100.0), 1e6) for name in feed_report.TITLES}
        for slow in (1.0, 2.0, 9.0)
    ]
    made = feed_report.build_report({"roles": rounds}, 5, "1")
    assert made["feed"]["roles"]["rollguard"] == {"ratio": 1.1, "added_ms": 20, "ms": 220}
    assert made["heap"]["rollguard"] == 0


def test_who_warns_of_nothing_gets_no_precision_for_it() -> None:
    cases = [next(case for case in load_cases() if case.is_ask is asks) for asks in (True, False)]
    looks = [Look(dict.fromkeys(BASELINES, found), dict.fromkeys(TIMED, 1.0)) for found in (False, True)]
    ms = {system: [1.0, 3.0] for system in TIMED}
    silent = [(case, Answer(None, "")) for case in cases]
    noisy = [(case, looks[1].answer("keywords", case)) for case in cases]
    judged = dict.fromkeys((ROLLGUARD, *BASELINES), silent) | {"keywords": noisy}
    made = build_report(judged, ms, "1")
    part = cases[0].part
    assert made["recognition"][ROLLGUARD][part]["precision"] is None
    assert made["recognition"][ROLLGUARD][part]["recall"] == 0
    assert (
        made["recognition"]["keywords"][part] | {"recall": 100, "precision": 50, "false_warnings": 1}
        == (made["recognition"]["keywords"][part])
    )
    assert made["time"]["keywords"]["p95_ratio"] == 1
    assert "–" in table(made)
