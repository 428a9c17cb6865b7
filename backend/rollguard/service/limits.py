"""Who may write how often, and how many at once. Addresses are never kept: only a keyed hash, for a minute."""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from threading import BoundedSemaphore, Lock

from rollguard.service.problems import BusyError, TooManyError

WRITES_AT_ONCE = 2
"""Whoever sends a body slowly holds a thread for as long: fewer than the server has, so that reading goes on."""
WRITES_PER_MINUTE = 12
BODY_SECONDS = 30.0
"""How long a pushed body may take to come in. Behind nginx, which takes it in first, it takes no time at all."""
_WINDOW_SECONDS = 60.0
_REMEMBERED = 4096


class WriteLimits:
    """One set per process."""

    def __init__(
        self, clock: Callable[[], float], per_minute: int = WRITES_PER_MINUTE, body_seconds: float = BODY_SECONDS
    ) -> None:
        self.body_seconds = body_seconds
        self._clock = clock
        self._per_minute = per_minute
        self._places = BoundedSemaphore(WRITES_AT_ONCE)
        self._secret = secrets.token_bytes(16)
        self._lock = Lock()
        self._allowances: OrderedDict[bytes, tuple[float, float]] = OrderedDict()

    def count(self, sender: str) -> None:
        """Count a try.

        Raises:
            TooManyError: there were too many from there within the last minute.
        """
        key = blake2b(sender.encode(), digest_size=8, key=self._secret).digest()
        now = self._clock()
        with self._lock:
            self._forget(now)
            left, since = self._allowances.pop(key, (float(self._per_minute), now))
            left = min(self._per_minute, left + (now - since) * self._per_minute / _WINDOW_SECONDS)
            is_allowed = left >= 1
            self._allowances[key] = (left - 1 if is_allowed else left, now)
        if not is_allowed:
            reason = f"more than {self._per_minute} pushes within a minute came from your address"
            raise TooManyError("/push", reason, "Push again in a minute.")

    @contextmanager
    def place(self) -> Iterator[None]:
        """One of the few places for who writes.

        Raises:
            BusyError: all are taken.
        """
        if not self._places.acquire(blocking=False):
            raise BusyError("/push", f"{WRITES_AT_ONCE} others are pushing right now", "Push again in a minute.")
        try:
            yield
        finally:
            self._places.release()

    def _forget(self, now: float) -> None:
        # The oldest stand first, since each try moves its sender to the end.
        while self._allowances:
            key, (_left, since) = next(iter(self._allowances.items()))
            if now - since < _WINDOW_SECONDS and len(self._allowances) < _REMEMBERED:
                return
            del self._allowances[key]
