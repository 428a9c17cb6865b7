"""How long the fuzzers try, and how work is counted: in steps, which are the same on every machine."""

import os
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from hypothesis import HealthCheck, settings

RUNS = int(os.environ.get("ROLLGUARD_FUZZ_RUNS", "60"))
"""Cases per test. `ROLLGUARD_FUZZ_RUNS=1000000 pytest tests/fuzz` is a long night."""
MANY = settings(max_examples=RUNS, deadline=None, suppress_health_check=list(HealthCheck))


def work_of(action: Callable[[], object]) -> int:
    """How many functions the action calls, the interpreter's own and turns of generators included."""
    steps = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal steps
        steps += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(before)
    return steps
