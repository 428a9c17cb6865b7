"""Bytes that the shipped client and a real service exchange, counted where they pass: per check, and per update."""

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

from rollguard.build.trusted_set import bake
from rollguard.rules.compiler import Compiled, compile_bundle
from rollguard.rules.loader import SOURCES, load_bundle
from rollguard.rules.model import Bundle
from rollguard.trust.development import bootstrap_development, development_keys
from rollguard.trust.pull import pull
from rollguard.trust.push import push, push_rules
from rollguard.trust.recalled import Recalled
from rollguard.trust.signing import sign_recall
from tests.attacks.client import Client, running_client
from tests.attacks.serving import serving

RULE = "photo_consent"


class Counter:
    """Stands between client and service, and passes everything on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bytes = 0

    def add(self, count: int) -> None:
        with self._lock:
            self._bytes += count

    def take(self) -> int:
        """What has passed since it was asked last."""
        with self._lock:
            count, self._bytes = self._bytes, 0
            return count


@contextmanager
def counted(service_url: str) -> Iterator[tuple[str, Counter]]:
    """Another address of the service, and what passes there."""
    counter = Counter()
    target = (urlsplit(service_url).hostname or "", urlsplit(service_url).port or 0)

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            with socket.create_connection(target) as service:
                back = threading.Thread(target=_pass_on, args=(service, self.request, counter), daemon=True)
                back.start()
                _pass_on(self.request, service, counter)
                back.join()

    class Server(ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", counter
        server.shutdown()


def _pass_on(source: socket.socket, target: socket.socket, counter: Counter) -> None:
    try:
        while data := source.recv(65_536):
            counter.add(len(data))  # first, so that whoever has got it finds it counted
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return  # one of them has hung up


def measure_traffic(folder: Path) -> dict[str, int]:
    """Bytes in both directions, headers included."""
    folder.mkdir(parents=True, exist_ok=True)
    data, keys_folder = folder / "data", folder / "no-keys"
    whole = load_bundle()
    bootstrap_development(data, _bundle(whole, "Known before."), datetime.now(UTC))
    with serving(data, SOURCES) as url, counted(url) as (address, counter), running_client() as client:
        client.open(address, bake(data / "repository").baked, patience_ms=60_000)
        _checked(client)
        counter.take()
        _checked(client)
        measured = {"unchanged": counter.take()}
        push_rules(url, keys_folder, _bundle(whole, "Changed once."), datetime.now(UTC))
        _checked(client)
        measured["delta"] = counter.take()
        keys = development_keys(datetime.now(UTC))
        public = pull(url, keys.root)
        recall = sign_recall(public, keys, Recalled((RULE,)), datetime.now(UTC))
        push(url, recall.without(public.release))
        _checked(client)
        measured["recall"] = counter.take()
        push_rules(url, keys_folder, _bundle(whole, "Changed twice."), datetime.now(UTC))
        shutil.rmtree(data / "repository/deltas")
        _checked(client)
        measured["full"] = counter.take()
    return measured


def _bundle(whole: Bundle, summary: str) -> Compiled:
    rules = tuple(rule.model_copy(update={"summary": summary}) if rule.id == RULE else rule for rule in whole.rules)
    return compile_bundle(whole.model_copy(update={"rules": rules}))


def _checked(client: Client) -> None:
    state = client.check()
    if state.error:
        raise RuntimeError(state.error)
