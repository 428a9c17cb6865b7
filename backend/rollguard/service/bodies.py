"""A body that comes in within a time, or not at all: who sends slowly must not keep a place that others wait for."""

import os
import socket
import threading
from contextlib import suppress
from pathlib import Path

from flask import Request
from werkzeug.exceptions import ClientDisconnected

from rollguard.service.problems import TooSlowError

_OPEN_FILES = Path("/dev/fd")


def read_within(request: Request, seconds: float) -> bytes:
    """All of it.

    The server has no deadline for bodies, and a read that waits for a silent sender ends only with its connection. So
    that is what ends.

    Raises:
        TooSlowError: it was not all there in time.
    """
    late = threading.Event()
    # A proxy's connections are other people's, too; one that takes bodies in first, as nginx does, sends no slow ones.
    sender = "" if "werkzeug.proxy_fix.orig" in request.environ else request.remote_addr or ""
    watch = threading.Timer(seconds, _stop_listening, (sender, late))
    watch.daemon = True
    watch.start()
    body = b""
    try:
        body = request.get_data(cache=False)
    except (ClientDisconnected, OSError):
        if not late.is_set():
            raise
    finally:
        watch.cancel()
    if late.is_set():
        reason = f"it was not all there after {seconds:g} seconds"
        raise TooSlowError("the pushed body", reason, "Push again over a faster line.")
    return body


def _stop_listening(sender: str, late: threading.Event) -> None:
    """To all connections from there: WSGI does not say which one it is, and whoever is cut off by that asks again."""
    late.set()
    for path in [path for path in _OPEN_FILES.iterdir() if path.is_socket()] if sender else ():
        with suppress(OSError), socket.socket(fileno=os.dup(int(path.name))) as connection:
            if connection.getpeername()[:1] == (sender,):
                connection.shutdown(socket.SHUT_RD)
