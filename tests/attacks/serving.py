"""`rollguard serve`, as an operator starts it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_STARTED = re.compile(r"Rollguard service on (http://\S+)")


@contextmanager
def serving(data: Path, sources: Path) -> Iterator[str]:
    """Its address. What it says besides lies in `service.log` beside its data."""
    command = [sys.executable, "-m", "rollguard", "serve", "--data", str(data), "--port", "0"]
    command += ["--sources", str(sources), "--install-dir", str(data), "--writes-per-minute", "1000"]
    log = data.parent / "service.log"
    with log.open("w") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        for line in process.stdout or ():
            if started := _STARTED.search(line):
                yield started[1]
                break
        else:
            raise AssertionError(f"rollguard serve ended before it was ready: {log.read_text()}")
    finally:
        process.terminate()
        process.communicate(timeout=60)
