"""A checkout's corpus of pages on which nothing may show, asked for over a process: nothing in here imports tests."""

import subprocess
import sys
from pathlib import Path

from rollguard.errors import RuleError
from rollguard.rules.loader import SOURCES
from rollguard.rules.negatives import Negative, parse_negatives

_MODULE = "tests.rules.negative_pages"
_SECONDS = 120


def corpus_negatives(sources: Path = SOURCES) -> list[Negative]:
    """The negatives of the checkout whose sources these are; none for other sources, and where there are no tests.

    Raises:
        RuleError: they are there, and cannot be read.
    """
    checkout = SOURCES.parent
    if sources.resolve() != SOURCES or not (checkout / f"{_MODULE.replace('.', '/')}.py").is_file():
        return []
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", _MODULE], cwd=checkout, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
        raise RuleError("tests/corpus", f"its pages cannot be made: {last}", f"Run `python -m {_MODULE}`.")
    return parse_negatives("tests/corpus", done.stdout)
