"""A real server that answers without end, drop by drop, elsewhere or not at all, and the worker's own fetcher."""

import gzip
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from rollguard.build.bundler import DENO

ASK = Path(__file__).with_name("ask_service.ts")
LIMIT = 100_000
PATIENCE_MS = 1_500
ENOUGH = 40_000_000
"""What the endless answer would have if nobody cut it off; a cut one ends far below."""


class Hostile:
    """What the server did."""

    def __init__(self) -> None:
        self.url = ""
        self.headers: list[dict[str, str]] = []
        self.sent = 0
        self.is_over = threading.Event()
        """Set when the client is gone, or the test is."""


Answer = Callable[[BaseHTTPRequestHandler, Hostile], None]


def endless(handler: BaseHTTPRequestHandler, seen: Hostile) -> None:
    handler.send_response(200)
    handler.end_headers()
    with suppress(OSError):
        while seen.sent < ENOUGH:
            seen.sent += handler.wfile.write(b" " * 10_000)
    seen.is_over.set()


def drop_by_drop(handler: BaseHTTPRequestHandler, seen: Hostile) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(LIMIT))
    handler.end_headers()
    with suppress(OSError):
        while not seen.is_over.wait(0.05):
            handler.wfile.write(b" ")
            seen.sent += 1


def silent(_handler: BaseHTTPRequestHandler, seen: Hostile) -> None:
    seen.is_over.wait()


def longer_than_told(handler: BaseHTTPRequestHandler, _seen: Hostile) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(LIMIT + 1))
    handler.end_headers()
    handler.wfile.write(b" " * (LIMIT + 1))


def shorter_than_told(handler: BaseHTTPRequestHandler, _seen: Hostile) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b" ")
    handler.connection.shutdown(socket.SHUT_RDWR)


def elsewhere(handler: BaseHTTPRequestHandler, _seen: Hostile) -> None:
    handler.send_response(302)
    handler.send_header("Location", "/other")
    handler.end_headers()


def busy(handler: BaseHTTPRequestHandler, _seen: Hostile) -> None:
    handler.send_response(503)
    handler.send_header("Retry-After", "120")
    handler.end_headers()
    handler.wfile.write(b" " * LIMIT)


def unpacking_without_end(handler: BaseHTTPRequestHandler, _seen: Hostile) -> None:
    """A few kilobytes on the wire, a hundred times as many behind it."""
    body = gzip.compress(b" " * (100 * LIMIT))
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def fine(handler: BaseHTTPRequestHandler, _seen: Hostile) -> None:
    handler.send_response(200)
    handler.send_header("Set-Cookie", "who=you")
    handler.send_header("ETag", '"you"')
    handler.end_headers()
    handler.wfile.write(b" " * LIMIT)


def missing(handler: BaseHTTPRequestHandler, _seen: Hostile) -> None:
    handler.send_error(404)


@contextmanager
def serving(answer: Answer) -> Iterator[Hostile]:
    seen = Hostile()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.headers.append({name.lower(): value for name, value in self.headers.items()})
            if self.path == "/other":
                fine(self, seen)
            else:
                answer(self, seen)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    seen.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield seen
    finally:
        seen.is_over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def ask(seen: Hostile) -> str:
    command = [DENO, "run", "--quiet", "--no-config", "--allow-net=127.0.0.1", str(ASK)]
    command += [seen.url, "metadata/timestamp.json", str(LIMIT), str(PATIENCE_MS)]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=20).stdout.strip()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (fine, f"{LIMIT} bytes"),
        (missing, "nothing there"),
        (endless, f"the answer is longer than {LIMIT} bytes"),
        (longer_than_told, f"the answer is longer than {LIMIT} bytes"),
        (unpacking_without_end, f"the answer is longer than {LIMIT} bytes"),
        (shorter_than_told, "the rule service cannot be reached"),
        (drop_by_drop, "the rule service cannot be reached"),
        (silent, "the rule service cannot be reached"),
        (elsewhere, "the rule service cannot be reached"),
        (busy, "the rule service answers 503; rest 120000"),
    ],
)
def test_the_fetcher_says_what_the_road_is_like(answer: Answer, words: str) -> None:
    with serving(answer) as seen:
        assert words in ask(seen)


def test_an_endless_answer_is_cut_off_while_it_comes() -> None:
    with serving(endless) as seen:
        ask(seen)
        assert seen.is_over.wait(10)
        assert seen.sent < ENOUGH


def test_whoever_answers_drop_by_drop_is_given_up_after_the_time_limit_not_after_the_last_drop() -> None:
    with serving(drop_by_drop) as seen:
        assert "cannot be reached" in ask(seen)
        assert 0 < seen.sent < LIMIT


def test_nobody_is_followed_elsewhere() -> None:
    with serving(elsewhere) as seen:
        ask(seen)
        assert len(seen.headers) == 1


def test_a_request_says_nothing_about_who_asks() -> None:
    with serving(fine) as seen:
        ask(seen)
        assert (
            seen.headers[0].keys() & {"cookie", "authorization", "referer", "if-none-match", "if-modified-since"}
            == set()
        )
