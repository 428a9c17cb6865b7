"""What watching costs on an endless feed: the main thread's own time, and memory, beside browsers that do less.

Each repetition shows the same feed to every system in turn; figures are compared within a repetition, and the median of
these ratios counts, so that a busy machine moves all of them alike. `none again` is the control: what it differs from
`none` by is noise.
"""

import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

from tests.bench.systems import CONTROL, IDLE, NONE, OURS, running_systems
from tests.e2e.site import running_site

KINDS = ("roles", "buttons", "plain")
POSTS, BATCHES = 2_000, 200
REPETITIONS = 7
SETTLE_MS = 1_500
_PAGE = Path(__file__).with_name("feed.html")


@dataclass(frozen=True)
class Cost:
    """Of one page, in milliseconds of the main thread's processor time, and bytes."""

    start_ms: float
    feed_ms: float
    heap: float


def measure(context: BrowserContext, kind: str) -> Cost:
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def metric(name: str) -> float:
        found = session.send("Performance.getMetrics")["metrics"]
        return next(float(each["value"]) for each in found if each["name"] == name)

    page.goto(f"https://{kind}.feed.example/")
    page.wait_for_timeout(SETTLE_MS)
    before = metric("TaskDuration")
    count = page.evaluate("([kind, posts, batches]) => fill(kind, posts, batches)", [kind, POSTS, BATCHES])
    assert count >= POSTS * 60, f"the feed holds {count} elements"
    after = metric("TaskDuration")
    session.send("HeapProfiler.collectGarbage")
    heap = metric("JSHeapUsedSize")
    page.close()
    return Cost(start_ms=1000 * before, feed_ms=1000 * (after - before), heap=heap)


def run(repetitions: int = REPETITIONS, kinds: tuple[str, ...] = KINDS) -> str:
    """The table, in words."""
    folder = Path(tempfile.mkdtemp(prefix="feed"))
    html = _PAGE.read_text("utf-8")
    with sync_playwright() as playwright, running_site(folder) as site:
        for kind in kinds:
            site.show(f"https://{kind}.feed.example/", html)
        with running_systems(playwright, site, folder) as systems:
            for context in systems.values():
                measure(context, kinds[0])  # the first page of a browser pays for what all others share
            lines = [_row("kind", "system", "start ms", "feed ms", "ratio", "added ms", "heap +MB")]
            for kind in kinds:
                rounds = [
                    {name: measure(systems[name], kind) for name in _turned(list(systems), turn)}
                    for turn in range(repetitions)
                ]
                lines += [_line(kind, name, rounds) for name in systems]
                lines.append(_verdict(rounds))
    return "\n".join(lines)


def _turned(names: list[str], turn: int) -> list[str]:
    at = turn % len(names)
    return names[at:] + names[:at]


def _line(kind: str, name: str, rounds: list[dict[str, Cost]]) -> str:
    ratio = statistics.median(each[name].feed_ms / each[NONE].feed_ms for each in rounds)
    added = statistics.median(each[name].feed_ms - each[NONE].feed_ms for each in rounds)
    start = statistics.median(each[name].start_ms for each in rounds)
    feed = statistics.median(each[name].feed_ms for each in rounds)
    heap = statistics.median(each[name].heap - each[NONE].heap for each in rounds) / 1e6
    return _row(kind, name, f"{start:.0f}", f"{feed:.0f}", f"{ratio:.3f}", f"{added:+.0f}", f"{heap:+.2f}")


def _verdict(rounds: list[dict[str, Cost]]) -> str:
    noise = statistics.median(abs(each[CONTROL].feed_ms - each[NONE].feed_ms) for each in rounds)
    idle = statistics.median(each[IDLE].feed_ms - each[NONE].feed_ms for each in rounds)
    ours = statistics.median(each[OURS].feed_ms - each[NONE].feed_ms for each in rounds)
    return f"  added: Rollguard {ours:+.0f} ms, idle observer {idle:+.0f} ms; the control differs by {noise:.0f} ms"


def _row(*cells: str) -> str:
    return "  ".join(cell.ljust(14) if at < 2 else cell.rjust(9) for at, cell in enumerate(cells))
