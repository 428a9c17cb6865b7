"""Pages on which nothing may show, beyond the decoys: those that an operator gives, and those of a checkout's corpus.

A service may be installed without `tests/`: it judges fixtures, decoys and what lies in `negatives/` of its sources.
A maintainer's checkout has the corpus, too. It is asked for over a process, because nothing in here imports tests.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rollguard.errors import RuleError
from rollguard.rules.loader import SOURCES
from rollguard.rules.pages import Page, read_page

CORPUS = "tests.rules.negative_pages"
_SECONDS = 120


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
        found += _parse(str(path.relative_to(sources)), path.read_text("utf-8"))
    return found


def corpus_negatives(sources: Path = SOURCES) -> list[Negative]:
    """The corpus of the checkout whose sources these are; empty for other sources, and where there is none.

    Raises:
        RuleError: it is there, and cannot be read.
    """
    checkout = SOURCES.parent
    if sources.resolve() != SOURCES or not (checkout / f"{CORPUS.replace('.', '/')}.py").is_file():
        return []
    command = [sys.executable, "-m", CORPUS]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, timeout=_SECONDS, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["it says nothing"]
        raise RuleError("tests/corpus", f"its pages cannot be made: {last[0]}", f"Run `python -m {CORPUS}`.")
    return _parse("tests/corpus", done.stdout)


def _parse(place: str, lines: str) -> list[Negative]:
    return [_read(f"{place}: line {number}", line) for number, line in enumerate(lines.splitlines(), 1)]


def _read(place: str, line: str) -> Negative:
    try:
        record: dict[str, Any] = json.loads(line)
        page = Page(str(record["name"]), str(record["html"]), str(record["url"]))
        return Negative(page, is_held_out=bool(record["held_out"]))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise RuleError(place, f"it is no page: {error}", "A line: name, url, html, held_out.") from error
