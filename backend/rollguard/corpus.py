"""A checkout's corpus of pages, asked for over a process: nothing in here imports tests."""

import subprocess
import sys
from pathlib import Path

from rollguard.errors import RuleError
from rollguard.rules.loader import SOURCES
from rollguard.rules.negatives import Negative, parse_negatives

_SECONDS = 120


def corpus_negatives(sources: Path = SOURCES) -> list[Negative]:
    """The pages on which nothing may show, of the checkout whose sources these are.

    None for other sources, and where there are no tests.

    Raises:
        RuleError: they are there, and cannot be read.
    """
    return _pages("tests.rules.negative_pages", sources)


def corpus_asks(sources: Path = SOURCES) -> list[Negative]:
    """The asks, in the same form: the words of a push say which of them are met from now on, and which no longer.

    Raises:
        RuleError: they are there, and cannot be read.
    """
    return _pages("tests.trust_py.ask_pages", sources)


def _pages(module: str, sources: Path) -> list[Negative]:
    checkout = SOURCES.parent
    if sources.resolve() != SOURCES or not (checkout / f"{module.replace('.', '/')}.py").is_file():
        return []
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", module], cwd=checkout, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
        raise RuleError("tests/corpus", f"its pages cannot be made: {last}", f"Run `python -m {module}`.")
    return parse_negatives("tests/corpus", done.stdout)
