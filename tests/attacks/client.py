"""The extension's rule channel, in a process of its own (`client.ts`), as tests see it."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rollguard.build.bundler import DENO
from rollguard.build.plan import EXTENSION

_SCRIPT = Path(__file__).with_name("client.ts")
_KEYS = {"version", "error", "isExpired", "rules", "skipped", "pollIntervalMs", "waitMs"}


@dataclass(frozen=True, slots=True)
class State:
    """What the popup would say, and which rules a page would get."""

    version: int
    error: str
    is_expired: bool
    rules: tuple[str, ...]
    skipped: tuple[str, ...]
    poll_interval_ms: int
    wait_ms: float

    @property
    def in_use(self) -> tuple[int, tuple[str, ...]]:
        return self.version, self.rules


class Client:
    """One at a time: `open` forgets the one before."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def open(self, service_url: str, baked: dict[str, Any], patience_ms: int = 5_000) -> State:
        """A fresh install."""
        return self._ask(do="open", serviceUrl=service_url, baked=baked, patienceMs=patience_ms)

    def check(self, days_ahead: float = 0) -> State:
        return self._ask(do="check", daysAhead=days_ahead)

    def restart(self) -> State:
        return self._ask(do="restart")

    def _ask(self, **command: object) -> State:
        if self._process.stdin is None or self._process.stdout is None:
            raise ValueError("it was started without pipes")
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline() or "{}")
        if not answer.keys() >= _KEYS:
            raise AssertionError(f"the client ended: {self._process.stderr and self._process.stderr.read()}")
        return State(
            version=answer["version"],
            error=answer["error"],
            is_expired=answer["isExpired"],
            rules=tuple(answer["rules"]),
            skipped=tuple(answer["skipped"]),
            poll_interval_ms=answer["pollIntervalMs"],
            wait_ms=answer["waitMs"],
        )


@contextmanager
def running_client() -> Iterator[Client]:
    command = [DENO, "run", "--quiet", "--no-check", "--cached-only", "--config", str(EXTENSION / "deno.json")]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen([*command, "--allow-net=127.0.0.1,localhost", str(_SCRIPT)], text=True, **pipes)
    try:
        yield Client(process)
    finally:
        process.kill()
        process.communicate()
