"""Who recognises what: our engine, a keyword matcher and a cookie dialog's finder on the same pages of the corpus.

Our verdicts are the guard's own, as the corpus takes them. Another look at the same pages asks the others and times
all of them, each beginning in turn.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.quote import README, with_quote
from tests.bench.scoreboard_report import MARKER, Report, build_report, markdown, table
from tests.bench.scoreboard_systems import BASELINES, ROLLGUARD, TIMED, Look, look
from tests.corpus.cases import Case, load_cases
from tests.corpus.engines import by_browser, open_browser

if TYPE_CHECKING:
    from tests.corpus.figures import Judged

REPORT = Path(__file__).with_name("scoreboard.json")


def run(*, keep: bool = True) -> str:
    """The table, in words; `keep` writes the report and the README's quote of it."""
    report = measure_all()
    if keep:
        REPORT.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", "utf-8")
        README.write_text(with_quote(README.read_text("utf-8"), MARKER, markdown(report)), "utf-8")
    return f"{table(report)}\n\n{markdown(report)}"


def measure_all() -> Report:
    cases = load_cases()
    with ThreadPoolExecutor() as pool:  # a browser each: most of the guard's time on a page is waiting
        asking, looking = pool.submit(_ask_guard, cases), pool.submit(_look_again, cases)
        judged = {ROLLGUARD: asking.result()}
        looks, chromium = looking.result()
    for system in BASELINES:
        judged[system] = [(case, seen.answer(system, case)) for case, seen in looks]
    ms = {system: [seen.ms[system] for _case, seen in looks] for system in TIMED}
    return build_report(judged, ms, chromium)


def _ask_guard(cases: list[Case]) -> list[Judged]:
    with open_browser() as browser:
        return list(by_browser(browser, cases))


def _look_again(cases: list[Case]) -> tuple[list[tuple[Case, Look]], str]:
    with open_browser() as browser:
        return list(look(browser, cases)), browser.version
