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


_STATIC = """
user root;
worker_processes 1;
pid $run/nginx.pid;
error_log stderr warn;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path $run/body; proxy_temp_path $run/proxy; fastcgi_temp_path $run/fastcgi;
  uwsgi_temp_path $run/uwsgi; scgi_temp_path $run/scgi;
  sendfile on;
  gzip_static on;
  open_file_cache max=100;
  server { listen 127.0.0.1:$port; root $root; }
}
"""


@contextmanager
def static(folder: Path, data: Path) -> Iterator[str]:
    """nginx that hands out the repository's files and does nothing else: what the service is measured by."""
    folder.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    path = folder / "nginx.conf"
    path.write_text(Template(_STATIC).substitute(run=folder, port=port, root=data / "repository"), "utf-8")
    with _running(path, folder, port) as url:
        yield url


@contextmanager
def edge(folder: Path, data: Path, upstream: str) -> Iterator[str]:
    """Its address."""
    folder.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    with _running(configuration(folder, data, upstream, port), folder, port) as url:
        yield url


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def _running(path: Path, folder: Path, port: int) -> Iterator[str]:
    program = find_program("nginx")
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
