"""A real nginx with the configuration that we ship, in front of a service."""

import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from rollguard.rules.loader import SOURCES
from tests.programs import find_program

CONFIGURATION = SOURCES / "deploy" / "nginx.conf"
_PAUSE_SECONDS = 0.02
_TRIES = 500


def configuration(folder: Path, data: Path, upstream: str, port: int) -> Path:
    """As `envsubst` fills it in, for a port of this machine; nginx's own variables stay."""
    values = {
        "ROLLGUARD_HOST": "127.0.0.1",
        "ROLLGUARD_LISTEN": f"127.0.0.1:{port}",
        "ROLLGUARD_UPSTREAM": urlsplit(upstream).netloc,
        "ROLLGUARD_REPOSITORY": str(data / "repository"),
        "ROLLGUARD_RUN": str(folder),
        "ROLLGUARD_TLS": "",
    }
    text = CONFIGURATION.read_text("utf-8")
    # Whoever runs as root here has data where nginx's own user may not look.
    path = folder / "nginx.conf"
    path.write_text("user root;\n" + Template(text).safe_substitute(values), "utf-8")
    return path


@contextmanager
def edge(folder: Path, data: Path, upstream: str) -> Iterator[str]:
    """Its address."""
    program = find_program("nginx")
    folder.mkdir(parents=True, exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    path = configuration(folder, data, upstream, port)
    process = subprocess.Popen(
        [program, "-c", path, "-p", folder, "-g", "daemon off;"], stderr=subprocess.PIPE, text=True
    )
    try:
        _wait(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGQUIT)
        process.communicate(timeout=30)


def _wait(process: "subprocess.Popen[str]", port: int) -> None:
    for _try in range(_TRIES):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            try:
                process.wait(_PAUSE_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            raise AssertionError(process.stderr.read() if process.stderr else "nginx has ended") from None
        else:
            return
    raise AssertionError("nginx does not listen")
