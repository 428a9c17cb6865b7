"""Samples → report, histogram and the README's block. Rounds once, so that all three say the same."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

Report = dict[str, Any]
MARKER = "<!-- latency -->"
BIN_SECONDS = 5
TRAFFIC_TITLES = {
    "unchanged": "a check at which nothing is new",
    "delta": "a rule is new: the difference",
    "recall": "a rule is recalled",
    "full": "a rule is new, and no difference is there: all rules",
}
_BAR = "█"


class Sample(NamedTuple):
    """One tab, one push: seconds until the rule is at work there. A tab may know before the push's command is done."""

    from_start: float
    from_return: float


class Setting(NamedTuple):
    """What was measured with."""

    pushes: int
    browsers: int
    poll_seconds: int
    chromium: str


def build_report(samples: Sequence[Sample], setting: Setting, traffic: Mapping[str, int]) -> Report:
    returned = [sample.from_return for sample in samples]
    return {
        "date": datetime.now(UTC).date().isoformat(),
        **setting._asdict(),
        "samples": len(samples),
        "from_return": _percentiles(returned),
        "from_start": _percentiles([sample.from_start for sample in samples]),
        "bins": dict(sorted(Counter(_bin(seconds) for seconds in returned).items())),
        "traffic": dict(traffic),
    }


def _percentiles(seconds: Sequence[float]) -> Report:
    return {"p50": percentile(seconds, 50), "p99": percentile(seconds, 99), "most": round(max(seconds), 1)}


def percentile(values: Sequence[float], share: int) -> float:
    """The smallest value that this share of all does not exceed: always one that was measured."""
    ranked = sorted(values)
    return round(ranked[max(0, math.ceil(len(ranked) * share / 100) - 1)], 1)


def _bin(seconds: float) -> int:
    return int(max(0.0, seconds) // BIN_SECONDS * BIN_SECONDS)


def histogram(report: Report) -> str:
    """Seconds from the push's return; as many blocks as samples."""
    bins = {int(start): count for start, count in report["bins"].items()}
    rows = range(0, max(bins) + BIN_SECONDS, BIN_SECONDS)
    return "\n".join(f"{start:3d}–{start + BIN_SECONDS:<3d} s {_BAR * bins.get(start, 0)}" for start in rows)


def markdown(report: Report) -> str:
    """The README's block, without its markers."""
    returned, started = report["from_return"], report["from_start"]
    notes = (
        f"{report['pushes']} pushes at random moments, each watched by {report['browsers']} browsers: "
        f"{report['samples']} samples. The browsers were started together and drift apart slowly, so those of one push "
        f"resemble each other. `--poll-interval {report['poll_seconds']}`; service, browsers, the maintainer and other "
        "work on one machine of two cores: a push takes as long there as its checks do. "
        f"{report['date']}, Chromium {report['chromium']}."
    )
    lines = [
        "| from a push to an open tab | half of all | 99 of 100 | longest |",
        "|---|--:|--:|--:|",
        f"| from the moment that `rollguard rules push` is done | {_seconds(returned)} |",
        f"| from its beginning, all checks included | {_seconds(started)} |",
        "",
        "```text",
        histogram(report),
        "```",
        "",
        notes,
        "",
        "| a client and the service exchange | bytes |",
        "|---|--:|",
        *(f"| {title} | {report['traffic'][name]:,} |" for name, title in TRAFFIC_TITLES.items()),
        "",
        "Both directions, headers included, without TLS; the shipped rules and the shipped client.",
    ]
    return "\n".join(lines)


def _seconds(percentiles: Mapping[str, float]) -> str:
    return " | ".join(f"{percentiles[name]:.1f} s" for name in ("p50", "p99", "most"))
