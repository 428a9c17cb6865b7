"""Who sends a push slowly, or begins one and falls silent: keeps a place for a while, and not for ever."""

import re
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from select import select
from urllib.parse import urlsplit

import pytest

from rollguard.service.limits import WRITES_AT_ONCE
from rollguard.trust.development import bootstrap_development, development_keys
from rollguard.trust.pull import pull
from rollguard.trust.push import push
from rollguard.trust.signing import sign_release

from .server_process import Server, serving, small_bundle

BODY_SECONDS = 1.5
HEAD = b"POST /push HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"
Sender = Callable[[socket.socket], None]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    bootstrap_development(tmp_path / "data", small_bundle(), datetime.now(UTC))
    with serving(tmp_path / "data", body_seconds=BODY_SECONDS, writes_per_minute=6000) as running:
        yield running


def silent(_sender: socket.socket) -> None:
    """Nothing follows."""


def dripping(sender: socket.socket) -> None:
    """A byte now and then, so that no single wait is long."""
    while not select([sender], [], [], 0.05)[0]:
        sender.sendall(b" ")


def answer_to(sender: socket.socket) -> bytes:
    """It says itself how long it is: whether the connection stays is the server's own matter."""
    answer = sender.makefile("rb")
    head = b"".join(iter(answer.readline, b"\r\n"))
    length = re.search(rb"content-length: (\d+)", head)
    assert length
    return head + answer.read(int(length[1]))


@pytest.mark.parametrize("go_on", [silent, dripping])
def test_slow_senders_are_turned_away_in_time_and_their_places_are_free_again(server: Server, go_on: Sender) -> None:
    address = (urlsplit(server.url).hostname or "", urlsplit(server.url).port or 0)
    with ExitStack() as stack, ThreadPoolExecutor(WRITES_AT_ONCE) as pool:
        senders = [stack.enter_context(socket.create_connection(address, timeout=20)) for _ in range(WRITES_AT_ONCE)]
        for sender in senders:
            sender.sendall(HEAD)
        list(pool.map(go_on, senders))
        answers = [answer_to(sender) for sender in senders]
        # Who is at the same address is cut off with the first, and has then sent half a body.
        assert {answer[9:12] for answer in answers} <= {b"408", b"400"}
        assert any(b'"urn:rollguard:problem:too-slow"' in answer for answer in answers)
        keys = development_keys(datetime.now(UTC))
        release = sign_release(pull(server.url, keys.root), keys, small_bundle(), datetime.now(UTC))
        assert push(server.url, release) == 2
    assert "Traceback" not in server.log.read_text()
