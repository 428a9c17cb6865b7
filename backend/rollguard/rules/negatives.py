"""Pages on which nothing may show, beyond the decoys: those that lie in `negatives/` of the sources, as far as any do.

A service may be installed without `tests/`: it judges fixtures, decoys, and these. A maintainer's checkout has a whole
corpus beside them (`rollguard.corpus`).
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rollguard.errors import RuleError
from rollguard.rules.loader import SOURCES
from rollguard.rules.pages import Page, read_page


@dataclass(frozen=True, slots=True)
class Negative:
    """A page, and whether it may be named: what is held out is only ever counted."""

    page: Page
    is_held_out: bool = False


def given_negatives(sources: Path = SOURCES) -> list[Negative]:
    """`negatives/*.html`, and `negatives/*.jsonl` with one page a line: name, url, html, held_out.

    Raises:
        RuleError: a file is not that.
    """
    folder = sources / "negatives"
    found = [Negative(read_page(path, sources)) for path in sorted(folder.glob("*.html"))]
    for path in sorted(folder.glob("*.jsonl")):
        found += parse_negatives(str(path.relative_to(sources)), path.read_text("utf-8"))
    return found


def parse_negatives(place: str, lines: str) -> list[Negative]:
    """A page a line.

    Raises:
        RuleError: naming the line that is none.
    """
    return [_read(f"{place}: line {number}", line) for number, line in enumerate(lines.splitlines(), 1)]


def _read(place: str, line: str) -> Negative:
    try:
        record: dict[str, Any] = json.loads(line)
        page = Page(str(record["name"]), str(record["html"]), str(record["url"]))
        return Negative(page, is_held_out=bool(record["held_out"]))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise RuleError(place, f"it is no page: {error}", "A line: name, url, html, held_out.") from error
