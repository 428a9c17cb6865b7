"""The road of a rule: pushed, verified, at work in a tab that is already open; or refused, and said so."""

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from rollguard.demo.stage import maintainers_sources
from rollguard.rules.loader import SOURCES
from tests.e2e.conftest import (
    PUSHED_WARNING_MS,
    WARNING,
    Browser,
    Service,
    push,
    waits_for_warning,
)

KNOWN = """<!doctype html><div role="dialog"><h2>Allow cloud processing of your camera roll?</h2>
<p>We will upload photos from your camera roll to our cloud.</p>
<button>Allow</button><button>Don’t allow</button></div>"""


def test_a_pushed_rule_acts_in_a_tab_that_is_already_open(
    own_browser: Browser, own_service: Service, tmp_path: Path
) -> None:
    page = own_browser.open(f"{own_service.url}/demo/second")
    page.wait_for_timeout(3_000)
    assert page.locator(WARNING).count() == 0
    assert "version 2" in push(own_service.url, maintainers_sources(tmp_path / "sources"))
    waits_for_warning(page, "snapvault_faces", PUSHED_WARNING_MS)
    status = own_browser.ask_worker({"type": "getStatus"})
    assert (status["version"], status["error"], status["isExpired"]) == (2, "", False)


def test_a_rule_that_is_withdrawn_falls_silent_in_the_open_tab(
    own_browser: Browser, own_service: Service, tmp_path: Path
) -> None:
    push(own_service.url, maintainers_sources(tmp_path / "sources"))
    own_browser.check_now()
    page = own_browser.open(f"{own_service.url}/demo/second")
    waits_for_warning(page, "snapvault_faces")
    for name in ("rules", "lexicon", "decoys"):
        shutil.copytree(SOURCES / name, tmp_path / "shipped" / name)
    push(own_service.url, tmp_path / "shipped")
    own_browser.check_now()
    page.wait_for_selector(WARNING, state="detached")


@contextmanager
def answering(port: int, spoil: "dict[str, bytes | int]", folder: Path) -> Iterator[None]:
    """Stands in the service's place: serves its folder, but for what is spoilt."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.lstrip("/")
            file = folder / path
            body: bytes | int = file.read_bytes() if file.is_file() else 404
            for part, bad in spoil.items():
                if part in path:
                    body = bad
            if isinstance(body, int):
                self.send_error(body)
                return
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield
    server.shutdown()
    server.server_close()


def resigned_by_a_stranger(timestamp: Path) -> bytes:
    """A later timestamp with a signature that nobody trusts."""
    envelope: dict[str, Any] = json.loads(timestamp.read_bytes())
    envelope["signed"]["version"] += 1
    return json.dumps(envelope).encode()


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("down", "cannot be reached"),
        ("garbage", "timestamp"),
        ("truncated", "timestamp"),
        ("wrongly signed", "sign"),
        ("spoilt bundle", "rules.jsonl"),
    ],
)
def test_when_the_service_fails_the_last_good_rules_go_on_and_the_popup_says_so(
    harm: str, words: str, own_browser: Browser, own_service: Service, tmp_path: Path
) -> None:
    before = own_browser.check_now()
    assert before["error"] == ""
    push(own_service.url, maintainers_sources(tmp_path / "sources"))
    own_service.stop()
    repository = own_service.data / "repository"
    timestamp = repository / "metadata" / "timestamp.json"
    spoil: dict[str, dict[str, bytes | int]] = {
        "garbage": {"timestamp.json": b"<html>no</html>"},
        "truncated": {"timestamp.json": timestamp.read_bytes()[:-20]},
        "wrongly signed": {"timestamp.json": resigned_by_a_stranger(timestamp)},
        "spoilt bundle": {"rules.jsonl": b'{"kind":"bundle","format":1}\n', "deltas/": b"{}"},
    }
    port = int(own_service.url.rsplit(":", 1)[1])
    if harm == "down":
        after = own_browser.check_now()
    else:
        with answering(port, spoil[harm], repository):
            after = own_browser.check_now()
    assert words in after["error"]
    assert after["ruleCount"] == before["ruleCount"], "the last good rules stay"
    page = own_browser.open("https://still.example/", KNOWN)
    waits_for_warning(page, "photo_consent")
    popup = own_browser.popup()
    popup.get_by_text("The last check failed.").wait_for()
    popup.get_by_text("Reason").click()
    popup.get_by_text(after["error"]).wait_for()
    popup.close()
    own_service.start()
    assert own_browser.check_now()["error"] == ""
    assert own_browser.ask_worker({"type": "getStatus"})["version"] == 2


def test_an_update_travels_as_a_difference(own_browser: Browser, own_service: Service, tmp_path: Path) -> None:
    own_browser.check_now()
    push(own_service.url, maintainers_sources(tmp_path / "sources"))
    own_service.stop()
    with answering(int(own_service.url.rsplit(":", 1)[1]), {"rules.jsonl": 404}, own_service.data / "repository"):
        after = own_browser.check_now()
    own_service.start()
    assert (after["version"], after["error"]) == (2, "")


def test_what_is_kept_survives_a_stopped_worker_and_works_offline(
    own_browser: Browser, own_service: Service, tmp_path: Path
) -> None:
    push(own_service.url, maintainers_sources(tmp_path / "sources"))
    assert own_browser.check_now()["version"] == 2
    page = own_browser.open(f"{own_service.url}/demo/second")
    waits_for_warning(page, "snapvault_faces")
    own_service.stop()
    session = own_browser.context.new_cdp_session(own_browser.popup())
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    page.evaluate("document.querySelector('dialog').close()")
    page.wait_for_selector(WARNING, state="detached")
    page.evaluate("document.querySelector('dialog').showModal()")
    waits_for_warning(page, "snapvault_faces")
    assert own_browser.ask_worker({"type": "getStatus"})["version"] == 2
