"""`rollguard serve`: the app on granian, with a timestamp that never grows old."""

import os
import socket
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from rollguard.errors import RollguardError
from rollguard.rules.checker import check_bundle
from rollguard.rules.loader import SOURCES
from rollguard.service.app import create_app
from rollguard.service.first_day import open_shelf
from rollguard.service.limits import BODY_SECONDS, WRITES_AT_ONCE, WRITES_PER_MINUTE
from rollguard.service.logs import configure_logs, log
from rollguard.service.publishing import Shelf, keep_fresh
from rollguard.trust.timestamp import DEFAULT_POLL_INTERVAL

_LOOK_AGAIN_SECONDS = 60
_READY_TRY_SECONDS = 0.02
_FINISH_SECONDS = 60
"""How long a push that is being checked may take to end after the service was told to stop."""


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    def __str__(self) -> str:
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


@dataclass(frozen=True)
class Options:
    """What an operator may choose; `rollguard serve --help` says it in words."""

    data_dir: Path
    host: str = "127.0.0.1"
    port: int = 8787
    storage: str = ""
    poll_interval: int = DEFAULT_POLL_INTERVAL
    install_dir: Path | None = None
    sources: Path = field(default=SOURCES)
    workers: int = 1
    writes_per_minute: int = WRITES_PER_MINUTE
    body_seconds: float = BODY_SECONDS
    proxies: int = 0


def run(options: Options) -> None:
    """Serve until interrupted. Port 0 takes any that is free; `sources` holds the pages that pushed rules are tried on.

    Raises:
        TrustError: there is nothing to serve, or the timestamp cannot be signed.
        RollguardError: the port is taken.
    """
    configure_logs()
    keep_fresh(open_shelf(options.data_dir, options.storage, options.poll_interval), datetime.now(UTC))
    address = _claim(options.host, options.port)
    server = Granian(
        "rollguard.service",
        address=address.host,
        port=address.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        # One thread is the fastest for files from memory; the others are for who sends a push slowly.
        blocking_threads=1 + WRITES_AT_ONCE,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_FINISH_SECONDS,
    )
    # No thread may run in here: the workers are forked, and would inherit the locks that it holds at that moment.
    first = _token()
    server.serve(target_loader=partial(_load, options, address, first), wrap_loader=False)


def _load(options: Options, address: Address, first: int) -> Flask:
    """Runs in each worker's process."""
    configure_logs()
    if _takes(first):
        _start(partial(_announce, address))
    shelf = open_shelf(options.data_dir, options.storage, options.poll_interval)
    _start(partial(_stay_fresh, shelf))
    return create_app(
        options.data_dir,
        storage=shelf.storage,
        poll_interval=options.poll_interval,
        install_dir=options.install_dir,
        check_bundle=partial(check_bundle, sources=options.sources),
        writes_per_minute=options.writes_per_minute,
        body_seconds=options.body_seconds,
        proxies=options.proxies,
    )


def _token() -> int:
    """Something that only the first of all workers gets."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.write(writer, b"1")
    os.close(writer)
    return reader


def _takes(token: int) -> bool:
    return os.read(token, 1) != b""


def _start(work: Callable[[], None]) -> None:
    threading.Thread(target=work, daemon=True).start()


def _stay_fresh(shelf: Shelf) -> None:
    """Every worker looks; under the storage's lock one of them finds it due."""
    pause = threading.Event()
    while not pause.wait(_LOOK_AGAIN_SECONDS):
        try:
            if keep_fresh(shelf, datetime.now(UTC)):
                log().info("timestamp signed")
        except (RollguardError, OSError):
            # Old rules are still served; the next round may succeed, and `/healthz` shows what is left.
            log().exception("the timestamp could not be signed again")


def _announce(address: Address) -> None:
    """Say where the service is, once it answers."""
    pause = threading.Event()
    while not _is_answering(address):
        pause.wait(_READY_TRY_SECONDS)
    print(f"Rollguard service on {address}", flush=True)  # noqa: T201 - the command's one line of output


def _is_answering(address: Address) -> bool:
    try:
        with socket.create_connection((address.host, address.port), timeout=1):
            return True
    except OSError:
        return False


def _claim(host: str, port: int) -> Address:
    # granian shares ports between processes, so it would not notice that another service has this one.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with closing(socket.create_server((host, port), family=family)) as probe:
            return Address(host, int(probe.getsockname()[1]))
    except OSError as error:
        raise RollguardError(
            f"{host}:{port}", f"it cannot be listened on: {error.strerror}", "Choose another --port, or 0 for any."
        ) from error
