"""Real Firefox with the extension as a temporary add-on, over WebDriver BiDi; every https host is this test's."""

import base64
import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

from rollguard.browsers import find_firefox
from tests.e2e.site import NOTHING

ADD_ON = "rollguard@rollguard.org"
# Firefox draws one for each profile; named beforehand, the extension's own pages have an address that we know.
UUID = "5f0c2f8e-7a53-4c0e-9d51-6a1c1d5f3b10"
ANSWER_SECONDS = 30
START_SECONDS = 60
POLL_SECONDS = 0.05
PREFERENCES: dict[str, str | int] = {
    "extensions.webextensions.uuids": json.dumps({ADD_ON: UUID}),
    # Half a minute in life. So short that every journey leads over a stopped background script.
    "extensions.background.idle.timeout": 2_000,
    "intl.locale.requested": "en-US",
    # What is neither intercepted nor on this machine ends at a proxy that does not exist: nothing leaves.
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
}
_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


class Firefox:
    """One session. Requests are answered while a command or `pump` runs, and at no other time."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._last_id = 0
        self._pages: dict[str, str] = {}
        self._asked: set[str] = set()

    def call(self, method: str, **params: Any) -> Any:
        """Send a command, wait for its answer."""
        number = self._send(method, params)
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline:
            message = self._receive(deadline - time.monotonic())
            if message.get("id") != number:
                continue
            if message["type"] == "error":
                pytest.fail(f"Firefox refuses {method}: {message['error']}: {message['message']}")
            return message["result"]
        pytest.fail(f"Firefox does not answer {method}")

    def pump(self, seconds: float) -> None:
        """Let the pages have what they ask for, for so long."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self._receive(left)

    def open(self, url: str, html: str | None = None) -> "Tab":
        """A new tab at this address, loaded; with this page, where one is given."""
        if html is not None:
            self._pages[url] = html
        context = self.call("browsingContext.create", type="tab")["context"]
        self.call("browsingContext.navigate", context=context, url=url, wait="complete")
        assert html is None or url in self._asked, f"Firefox writes {url} otherwise, and got an empty page"
        return Tab(self, context)

    def ask_worker(self, message: dict[str, Any]) -> Any:
        """Ask as one of the extension's own pages does."""
        popup = self.open(f"moz-extension://{UUID}/popup.html")
        try:
            return popup.evaluate(f"browser.runtime.sendMessage({json.dumps(message)})")
        finally:
            popup.close()

    def _send(self, method: str, params: dict[str, Any]) -> int:
        self._last_id += 1
        self._socket.send(json.dumps({"id": self._last_id, "method": method, "params": params}))
        return self._last_id

    def _receive(self, seconds: float) -> dict[str, Any]:
        """The next message, or nothing in time. A page's request is answered on the way."""
        try:
            message: dict[str, Any] = json.loads(self._socket.recv(timeout=seconds))
        except TimeoutError:
            return {}
        if message.get("method") == "network.beforeRequestSent" and message["params"]["isBlocked"]:
            self._provide(message["params"]["request"])
        return message

    def _provide(self, request: dict[str, Any]) -> None:
        self._asked.add(request["url"])
        body = self._pages.get(request["url"], NOTHING.decode())
        answer = {"type": "base64", "value": base64.b64encode(body.encode()).decode()}
        headers = [{"name": "Content-Type", "value": {"type": "string", "value": "text/html; charset=utf-8"}}]
        params = {"request": request["request"], "statusCode": 200, "headers": headers, "body": answer}
        self._send("network.provideResponse", params)


class Tab:
    def __init__(self, firefox: Firefox, context: str) -> None:
        self.firefox = firefox
        self._context = context

    def evaluate(self, expression: str) -> Any:
        """What the expression comes to, awaited, as JSON carries it."""
        answer = self.firefox.call(
            "script.evaluate",
            expression=f"(async () => JSON.stringify((await ({expression})) ?? null))()",
            target={"context": self._context},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            pytest.fail(f"{expression}: {answer['exceptionDetails']['text']}")
        return json.loads(answer["result"]["value"])

    def waits_for(self, expression: str, wanted: Any, seconds: float = 10) -> None:
        deadline = time.monotonic() + seconds
        while (found := self.evaluate(expression)) != wanted:
            if time.monotonic() > deadline:
                pytest.fail(f"after {seconds} s, {expression} is {found!r}, not {wanted!r}")
            self.firefox.pump(POLL_SECONDS)

    def press(self, x: int, y: int) -> None:
        """A press of the mouse, which Firefox takes for a person's."""
        steps = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        pointer = {"type": "pointer", "id": "mouse", "actions": steps}
        self.firefox.call("input.performActions", context=self._context, actions=[pointer])

    def close(self) -> None:
        self.firefox.call("browsingContext.close", context=self._context)


@contextmanager
def running_firefox(extension: Path, profile: Path) -> Iterator[Firefox]:
    profile.mkdir(parents=True)
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines))
    command = [str(find_firefox()), "--headless", "--no-remote", "--profile", str(profile)]
    # System access: without it, no driver may open an extension's own pages.
    command += ["--remote-debugging-port", "0", "--remote-allow-system-access", "about:blank"]
    log = profile / "firefox.log"
    with log.open("w") as chatter, subprocess.Popen(command, stdout=chatter, stderr=chatter) as process:
        try:
            with connect(f"{_address(process, log)}/session", max_size=None) as socket:
                yield _installed(Firefox(socket), extension)
        finally:
            process.terminate()


def _address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    """Where it listens, once it does."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if listening := _LISTENING.search(log.read_text()):
            return listening.group(1)
        time.sleep(POLL_SECONDS)
    pytest.fail(f"Firefox does not listen; it says: {log.read_text()}")


def _installed(firefox: Firefox, extension: Path) -> Firefox:
    firefox.call("session.new", capabilities={})
    firefox.call("session.subscribe", events=["network.beforeRequestSent"])
    every_https_host = [{"type": "pattern", "protocol": "https"}]
    firefox.call("network.addIntercept", phases=["beforeRequestSent"], urlPatterns=every_https_host)
    firefox.call("webExtension.install", extensionData={"type": "path", "path": str(extension)})
    return firefox
