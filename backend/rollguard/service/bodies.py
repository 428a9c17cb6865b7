"""A body that comes in within a time, or not at all: whoever sends slowly must not keep a place that others wait for."""

import threading
from concurrent.futures import Future
from typing import IO

from rollguard.service.problems import BusyError, TooSlowError

MOST_WAITING = 64
"""Each keeps a thread and a connection until its sender sends on or hangs up; the server must not run out of them."""
_places = threading.BoundedSemaphore(MOST_WAITING)


def read_within(stream: IO[bytes], seconds: float) -> bytes:
    """All of it.

    The server has no deadline for bodies, and a read that waits for a silent sender cannot be interrupted: so another
    thread reads, and this one goes on without it. A web server in front takes bodies in first, and spares us all that.

    Raises:
        TooSlowError: it was not all there in time.
        BusyError: too many have begun and fallen silent.
    """
    if not _places.acquire(blocking=False):
        raise BusyError("/push", f"{MOST_WAITING} others have begun to push and fallen silent", "Push again later.")
    body: Future[bytes] = Future()
    threading.Thread(target=_read, args=(stream, body), daemon=True).start()
    try:
        return body.result(seconds)
    except TimeoutError:
        reason = f"it was not all there after {seconds:g} seconds"
        raise TooSlowError("the pushed body", reason, "Push again over a faster line.") from None


def _read(stream: IO[bytes], body: Future[bytes]) -> None:
    try:
        body.set_result(stream.read())
    except BaseException as error:  # noqa: BLE001 - whatever it is, who waits is told
        body.set_exception(error)
    finally:
        _places.release()
