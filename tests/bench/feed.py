"""What watching costs on an endless feed: the main thread's time, and memory, beside browsers that do less or other.

Each repetition shows the same feed to every system in turn; figures are compared within a repetition, and the median of
these ratios counts, so that a busy machine moves all of them alike. `none again` is the control: what it differs from
`none` by is noise.
"""

import json
import tempfile
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

from tests.bench.feed_report import MARKER, Cost, build_report, markdown, table
from tests.bench.quote import README, with_quote
from tests.bench.systems import ELSEWHERE, chromium_version, running_systems
from tests.e2e.site import running_site

KINDS = ("roles", "buttons", "plain")
POSTS, BATCHES = 2_000, 200
REPETITIONS = 7
SETTLE_MS = 1_500
REPORT = Path(__file__).with_name("feed.json")
_PAGE = Path(__file__).with_name("feed.html")


def measure(context: BrowserContext, kind: str, *, is_fed: bool = True) -> Cost:
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def metric(name: str) -> float:
        found = session.send("Performance.getMetrics")["metrics"]
        return next(float(each["value"]) for each in found if each["name"] == name)

    page.goto(f"https://{kind}.feed.example/")
    page.wait_for_timeout(SETTLE_MS)
    before = after = metric("TaskDuration")
    # Of the page as it is before it is filled: what a feed leaves behind differs by chance.
    session.send("HeapProfiler.collectGarbage")
    heap = metric("JSHeapUsedSize")
    if is_fed:
        begun = metric("TaskDuration")
        count = page.evaluate("([kind, posts, batches]) => fill(kind, posts, batches)", [kind, POSTS, BATCHES])
        assert count >= POSTS * 60, f"the feed holds {count} elements"
        after = before + metric("TaskDuration") - begun
        session.send("HeapProfiler.collectGarbage")
        heap = metric("JSHeapUsedSize")
    page.close()
    return Cost(start_ms=1000 * before, feed_ms=1000 * (after - before), heap=heap)


def run(repetitions: int = REPETITIONS, kinds: tuple[str, ...] = KINDS, *, keep: bool = False) -> str:
    """The table, in words; `keep` writes the report and the README's quote of it."""
    folder = Path(tempfile.mkdtemp(prefix="feed"))
    html = _PAGE.read_text("utf-8")
    with sync_playwright() as playwright, running_site(folder) as site:
        for kind in kinds:
            site.show(f"https://{kind}.feed.example/", html)
        with running_systems(playwright, site, folder) as systems:
            for name, context in systems.items():
                # The first page of a browser pays for what all others share.
                measure(context, kinds[0], is_fed=name != ELSEWHERE)
            rounds = {
                kind: [
                    {
                        name: measure(systems[name], kind, is_fed=name != ELSEWHERE)
                        for name in _turned(list(systems), turn)
                    }
                    for turn in range(repetitions)
                ]
                for kind in kinds
            }
            report = build_report(rounds, POSTS, chromium_version(systems))
    if keep:
        REPORT.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", "utf-8")
        README.write_text(with_quote(README.read_text("utf-8"), MARKER, markdown(report)), "utf-8")
    return f"{table(report)}\n\n{markdown(report)}"


def _turned(names: list[str], turn: int) -> list[str]:
    at = turn % len(names)
    return names[at:] + names[:at]
