"""Rounds of a feed → report, table and the README's block. Rounds once, so that all three say the same."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.bench.scoreboard_systems import AUTOCONSENT
from tests.bench.systems import AUTOCONSENT_ADDON, CONTROL, ELSEWHERE, IDLE, NONE, OURS

Report = dict[str, Any]

MARKER = "<!-- feed -->"
TITLES = {
    NONE: "no extension",
    CONTROL: "no extension, once more (noise)",
    IDLE: "an observer that does nothing",
    AUTOCONSENT_ADDON: "autoconsent's own add-on",
    OURS: "Rollguard",
    ELSEWHERE: "Rollguard, on a site that it does not watch",
}
KIND_TITLES = {"roles": "posts with roles", "buttons": "divs with buttons", "plain": "plain divs"}


@dataclass(frozen=True)
class Cost:
    """Of one page, in milliseconds of the main thread's processor time, and bytes. No feed: only started."""

    start_ms: float
    feed_ms: float
    heap: float


Rounds = Sequence[Mapping[str, Cost]]


def build_report(rounds: Mapping[str, Rounds], posts: int, chromium: str) -> Report:
    """`rounds`: by kind of feed; each holds every system, one after another."""
    everything = [each for several in rounds.values() for each in several]
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "versions": {"autoconsent": AUTOCONSENT, "chromium": chromium},
        "posts": posts,
        "repetitions": min(len(several) for several in rounds.values()),
        "feed": {kind: {name: _feed(several, name) for name in _fed(several)} for kind, several in rounds.items()},
        "start": {name: round(_start(everything, name), 1) for name in TITLES},
        "heap": {name: round(_beside(everything, name, lambda cost: cost.heap) / 1e6, 2) for name in TITLES},
    }


def _fed(rounds: Rounds) -> list[str]:
    return [name for name in TITLES if rounds[0][name].feed_ms > 0]


def _feed(rounds: Rounds, name: str) -> Report:
    """Beside no extension within each round, so that a busy machine moves both alike."""
    return {
        "ratio": round(_median(rounds, lambda each: each[name].feed_ms / each[NONE].feed_ms), 3),
        "added_ms": round(_beside(rounds, name, lambda cost: cost.feed_ms)),
        "ms": round(_median(rounds, lambda each: each[name].feed_ms)),
    }


def _start(rounds: Rounds, name: str) -> float:
    return _median(rounds, lambda each: each[name].start_ms)


def _beside(rounds: Rounds, name: str, figure: Callable[[Cost], float]) -> float:
    return _median(rounds, lambda each: figure(each[name]) - figure(each[NONE]))


def _median(rounds: Rounds, figure: Callable[[Mapping[str, Cost]], float]) -> float:
    return statistics.median(map(figure, rounds))


def table(report: Report) -> str:
    """Everything, for a terminal."""
    lines = [_row("kind", "system", "feed ms", "ratio", "added ms")]
    for kind, systems in report["feed"].items():
        for name, cost in systems.items():
            lines.append(_row(kind, name, cost["ms"], f"{cost['ratio']:.3f}", f"{cost['added_ms']:+d}"))
    lines.append(_row("page", "system", "start ms", "", "heap +MB"))
    for name, start in report["start"].items():
        lines.append(_row("", name, start, "", f"{report['heap'][name]:+.2f}"))
    return "\n".join(lines)


def _row(*cells: object) -> str:
    return "  ".join(str(cell).ljust(16) if at < 2 else str(cell).rjust(9) for at, cell in enumerate(cells))


def markdown(report: Report) -> str:
    """The README's block, without its markers."""
    kinds = list(report["feed"])
    heads = " | ".join(f"{KIND_TITLES[kind]} | added" for kind in kinds)
    rows = [f"| | {heads} | start of a page | memory |", "|---|" + "--:|" * (2 * len(kinds) + 2)]
    for name, title in TITLES.items():
        cells = [cell for kind in kinds for cell in _cells(report["feed"][kind].get(name))]
        cells += [f"{report['start'][name]:.0f} ms", f"{report['heap'][name]:+.1f} MB"]
        rows.append(f"| {title} | {' | '.join(cells)} |")
    versions = report["versions"]
    notes = (
        f"{report['posts']:,} posts of 60 elements; processor time of the page's main thread, medians of "
        f"{report['repetitions']} rounds, each beside no extension in the same round. Memory: JavaScript's, per tab. "
        f"{report['date']}, Chromium {versions['chromium']}, autoconsent {versions['autoconsent']}."
    )
    return "\n".join([*rows, "", notes])


def _cells(cost: Report | None) -> list[str]:
    return ["", ""] if cost is None else [f"{cost['ratio']:.3f} ×", f"{cost['added_ms']:+d} ms"]
