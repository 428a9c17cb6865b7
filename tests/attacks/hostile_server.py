"""A server that serves a real repository and lies where it is told to: other bytes, no end, no haste, another host."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Lie:
    """What is answered instead of the file."""

    body: bytes = b""
    status: int = 200
    location: str = ""
    """Redirects there."""
    announced: int | None = None
    """The length that is announced; the connection ends with the body. None: the truth."""
    is_endless: bool = False
    """The body again and again, until the client has had enough."""
    is_stuck: bool = False
    """The body, then nothing more, and the connection stays open until the client has had enough."""


@dataclass
class HostileServer:
    """The folder may be exchanged at any moment; `lies`: part of a path → the lie."""

    folder: Path
    url: str = ""
    lies: dict[str, Lie] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    sent: int = 0
    """Bytes of endless answers that the client has taken."""
    closing: threading.Event = field(default_factory=threading.Event)

    def lie_for(self, path: str) -> Lie:
        for part, lie in self.lies.items():
            if part in path:
                return lie
        file = self.folder / path.lstrip("/")
        return Lie(file.read_bytes()) if file.is_file() else Lie(status=404)


class _Handler(BaseHTTPRequestHandler):
    hostile: HostileServer

    def do_GET(self) -> None:
        self.hostile.asked.append(self.path)
        lie = self.hostile.lie_for(self.path)
        self.send_response(lie.status)
        self.send_header("Access-Control-Allow-Origin", "*")
        if lie.location:
            self.send_header("Location", lie.location)
        if not lie.is_endless and not lie.is_stuck:
            self.send_header("Content-Length", str(len(lie.body) if lie.announced is None else lie.announced))
        self.end_headers()
        try:
            self._send(lie)
        except OSError:
            """The client has hung up, as it should."""

    def _send(self, lie: Lie) -> None:
        self.wfile.write(lie.body)
        self.wfile.flush()
        while lie.is_endless and not self.hostile.closing.is_set():
            self.wfile.write(lie.body)
            self.hostile.sent += len(lie.body)
        if lie.is_stuck:
            self.connection.settimeout(60)
            self.connection.recv(1)  # returns when the client hangs up

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        """Say nothing: a test's output is its failure."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True


@contextmanager
def hostile_server(folder: Path) -> Iterator[HostileServer]:
    hostile = HostileServer(folder)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"hostile": hostile}))
    hostile.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield hostile
    finally:
        hostile.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
