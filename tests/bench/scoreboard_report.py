"""Answers → report, table and the README's block. Rounds once, so that all three say the same."""

import platform
import statistics
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from tests.bench.scoreboard_systems import AUTOCONSENT, BASELINES, ROLLGUARD, TIMED
from tests.corpus.cases import PARTS
from tests.corpus.figures import Judged, Share, measure

Report = dict[str, Any]

TITLES = {
    ROLLGUARD: "Rollguard",
    "keywords": "keywords: pictures, and a cloud or an AI",
    "keywordsWithChoice": "keywords, and a way to say no",
    "autoconsent": "autoconsent's rules and heuristic",
    "anyDialog": "autoconsent, any dialog with its buttons",
}
PART_TITLES = {"tuned": "tuned", "held_out": "held out"}
MARKER = "<!-- scoreboard -->"


def build_report(judged: Mapping[str, Sequence[Judged]], ms: Mapping[str, Sequence[float]], chromium: str) -> Report:
    """`judged`: every case's answer, by system. `ms`: of the same pages in the same order, by timed system."""
    one = [case for case, _answer in judged[ROLLGUARD]]
    parts = [part for part in PARTS if any(case.part == part for case in one)]
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "versions": {
            "rollguard": version("rollguard"),
            "autoconsent": AUTOCONSENT,
            "chromium": chromium,
            "deno": version("deno"),
            "python": platform.python_version(),
        },
        "pages": {
            part: {
                "asks": sum(case.part == part and case.is_ask for case in one),
                "negatives": sum(case.part == part and not case.is_ask for case in one),
            }
            for part in parts
        },
        "recognition": {
            system: {part: _recognition([pair for pair in judged[system] if pair[0].part == part]) for part in parts}
            for system in (ROLLGUARD, *BASELINES)
        },
        "time": {system: _time(ms[system], ms["keywords"]) for system in TIMED},
    }


def _recognition(judged: Sequence[Judged]) -> Report:
    """An ask is recalled when it is shown with the severity that is due; any warning elsewhere is a false one."""
    figures = measure(judged)
    false = len(figures.false_warnings)
    return {
        "recall": _percent(figures.recall),
        "precision": _percent(Share(figures.seen.right, figures.seen.right + false)),
        "false_warnings": false,
        "recall_plain": _percent(figures.recall_plain),
        "recall_hard": _percent(figures.recall_hard),
        "recall_by_language": {name: _percent(share) for name, share in figures.recall_by_language.items()},
        "recall_by_technique": {name: _percent(share) for name, share in figures.recall_by_technique.items()},
    }


def _percent(share: Share) -> float | None:
    """None where there was nothing to be right about: that is no merit."""
    return round(share.percent, 1) if share.of else None


def _time(own: Sequence[float], keywords: Sequence[float]) -> Report:
    """Beside the keyword matcher page by page, as a busy machine slows both; milliseconds only as a hint."""
    ratios = [mine / other for mine, other in zip(own, keywords, strict=True) if other > 0]
    return {
        "median_ms": round(statistics.median(own), 2),
        "p95_ms": round(_p95(own), 2),
        "median_ratio": round(statistics.median(ratios), 2),
        "p95_ratio": round(_p95(own) / _p95(keywords), 2),
    }


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def table(report: Report) -> str:
    """Everything, for a terminal."""
    lines: list[str] = []
    systems = list(report["recognition"])
    for part, pages in report["pages"].items():
        of = {system: report["recognition"][system][part] for system in systems}
        lines += [f"{PART_TITLES[part]}: {pages['asks']} asks, {pages['negatives']} negatives"]
        lines += [_row("", systems)]
        for figure in ("recall", "precision", "false_warnings", "recall_plain", "recall_hard"):
            lines.append(_row(figure.replace("_", " "), [of[system][figure] for system in systems]))
        for group in ("recall_by_language", "recall_by_technique"):
            lines += ["", group.replace("_", " ")]
            names = of[ROLLGUARD][group]
            lines += [_row(f"  {name}", [of[system][group][name] for system in systems]) for name in names]
        lines.append("")
    lines.append(_row("time", list(report["time"])))
    for figure in ("median_ms", "p95_ms", "median_ratio", "p95_ratio"):
        lines.append(_row(figure.replace("_", " "), [each[figure] for each in report["time"].values()]))
    return "\n".join(lines)


def _row(name: str, cells: Sequence[object]) -> str:
    return name.ljust(28) + "".join(str("–" if cell is None else cell).rjust(20) for cell in cells)


def markdown(report: Report) -> str:
    """The README's block, without its markers."""
    parts = list(report["pages"])
    heads = [f"recall, {PART_TITLES[part]} | precision | false warnings" for part in parts]
    rows = [f"| | {' | '.join(heads)} | time |", "|---|" + "--:|" * (3 * len(parts) + 1)]
    for system, by_part in report["recognition"].items():
        cells = [cell for part in parts for cell in _cells(by_part[part])]
        time = report["time"].get(system)
        cells.append(f"{time['median_ratio']:.1f} ×" if time else "")
        rows.append(f"| {TITLES[system]} | {' | '.join(cells)} |")
    counts = "; ".join(
        f"{pages['asks']} asks and {pages['negatives']} pages that only resemble one ({PART_TITLES[part]})"
        for part, pages in report["pages"].items()
    )
    weakest = " and ".join(_weakest(report["recognition"][ROLLGUARD][part], PART_TITLES[part]) for part in parts)
    languages = len(report["recognition"][ROLLGUARD][parts[0]]["recall_by_language"])
    versions = report["versions"]
    notes = (
        f"{counts}, in {languages} languages; Rollguard's weakest: {weakest}. "
        f"Time per page is the median beside the keyword matcher on the same page. "
        f"{report['date']}, Chromium {versions['chromium']}, autoconsent {versions['autoconsent']}."
    )
    return "\n".join([*rows, "", notes])


def _weakest(figures: Report, part: str) -> str:
    language, recall = min(figures["recall_by_language"].items(), key=lambda item: float(item[1]))
    return f"`{language}` with {recall:.1f} % ({part})"


def _cells(figures: Report) -> list[str]:
    precision = figures["precision"]
    said = "–" if precision is None else f"{precision:.1f} %"
    return [f"{figures['recall']:.1f} %", said, str(figures["false_warnings"])]
