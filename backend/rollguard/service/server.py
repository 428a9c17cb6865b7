"""`rollguard serve`: the app on granian, with a timestamp that never grows old."""

import logging
import socket
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
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
from rollguard.service.api import PUSHES_AT_ONCE
from rollguard.service.app import create_app
from rollguard.trust.timestamp import DEFAULT_POLL_INTERVAL, refresh_timestamp

_LOOK_AGAIN_SECONDS = 60
_READY_TRY_SECONDS = 0.02
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    def __str__(self) -> str:
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


def run(  # noqa: PLR0913 - the command's options
    data_dir: Path,
    host: str = "127.0.0.1",
    port: int = 8787,
    *,
    poll_interval: int = DEFAULT_POLL_INTERVAL,
    install_dir: Path | None = None,
    sources: Path = SOURCES,
) -> None:
    """Serve until interrupted. Port 0 takes any that is free; `sources` holds the pages that pushed rules are tried on.

    Raises:
        TrustError: there is nothing to serve, or the timestamp cannot be signed.
        RollguardError: the port is taken.
    """
    refresh_timestamp(data_dir, datetime.now(UTC), poll_interval)
    address = _claim(host, port)
    server = Granian(
        "rollguard.service",
        address=address.host,
        port=address.port,
        interface=Interfaces.WSGI,
        # One thread is the fastest for files from memory; the others are for who sends a push slowly.
        blocking_threads=1 + PUSHES_AT_ONCE,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
    )
    make_app = partial(
        create_app,
        data_dir,
        poll_interval=poll_interval,
        install_dir=install_dir,
        check_bundle=partial(check_bundle, sources=sources),
    )
    server.serve(target_loader=partial(_load, make_app, data_dir, address, poll_interval), wrap_loader=False)


def _load(make_app: Callable[[], Flask], data_dir: Path, address: Address, poll_interval: int) -> Flask:
    """Runs in the worker's process."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    _start(partial(_keep_fresh, data_dir, poll_interval))
    _start(partial(_announce, address))
    return make_app()


def _start(work: Callable[[], None]) -> None:
    threading.Thread(target=work, daemon=True).start()


def _keep_fresh(data_dir: Path, poll_interval: int) -> None:
    pause = threading.Event()
    while not pause.wait(_LOOK_AGAIN_SECONDS):
        try:
            refresh_timestamp(data_dir, datetime.now(UTC), poll_interval)
        except (RollguardError, OSError):
            # Old rules are still served; the next round may succeed, and `/healthz` shows what is left.
            _log.exception("The timestamp could not be signed again")


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
