"""A checkout's corpus of asks, for the words of a push: which of them are met from now on, and which no longer."""

import subprocess
import sys
from pathlib import Path

from rollguard.errors import RuleError
from rollguard.rules.loader import SOURCES
from rollguard.rules.negatives import Negative, parse_negatives

_MODULE = "tests.trust_py.ask_pages"
_SECONDS = 120


def corpus_asks(sources: Path = SOURCES) -> list[Negative]:
    """The asks of the checkout whose sources these are, in the form in which negatives are kept, too.

    None for other sources, and where there are no tests.

    Raises:
        RuleError: they are there, and cannot be read.
    """
    checkout = SOURCES.parent
    if sources.resolve() != SOURCES or not (checkout / f"{_MODULE.replace('.', '/')}.py").is_file():
        return []
    command = [sys.executable, "-m", _MODULE]
    done = subprocess.run(  # noqa: S603 - our own module
        command, cwd=checkout, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
        raise RuleError("tests/corpus", f"its pages cannot be made: {last}", f"Run `python -m {_MODULE}`.")
    return parse_negatives("tests/corpus", done.stdout)
