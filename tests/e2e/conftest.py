"""Real Chromium with the extension loaded as an extension, real host names, a real `rollguard serve`."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, Worker

from rollguard.browsers import extension_arguments, find_chromium
from tests.e2e.site import Site, running_site

ROOT = Path(__file__).resolve().parents[2]
WARNING = "rollguard-warning"
POLL_SECONDS = 30
PUSHED_WARNING_MS = 120_000
_STARTED = re.compile(r"Rollguard service on (http://\S+)")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("site")) as running:
        yield running


class Service:
    """A `rollguard serve` process that a test may stop and start again on the same port."""

    def __init__(self, data: Path, poll_seconds: int = POLL_SECONDS) -> None:
        self.data = data
        self._poll_seconds = poll_seconds
        self.url = ""
        self._port = "0"
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "rollguard", "serve", "--data", str(self.data), "--port", self._port]
        command += ["--poll-interval", str(self._poll_seconds), "--install-dir", str(self.data)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        for line in self._process.stdout or ():
            if started := _STARTED.search(line):
                self.url = started.group(1)
                self._port = self.url.rsplit(":", 1)[1]
                return
        pytest.fail("rollguard serve ended before it was ready")

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=10)
            if self._process.stdout:
                self._process.stdout.close()
            self._process = None


@contextmanager
def running_service(data: Path, poll_seconds: int = POLL_SECONDS) -> Iterator[Service]:
    service = Service(data, poll_seconds)
    service.start()
    try:
        yield service
    finally:
        service.stop()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running_service(tmp_path_factory.mktemp("service") / "data") as running:
        yield running


def build(out: Path, service_url: str, *options: str) -> Path:
    command = [sys.executable, str(ROOT / "build.py"), "--out", str(out), "--service-url", service_url, *options]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return out


def push(service_url: str, sources: Path) -> str:
    """A maintainer's push, with the development key."""
    command = [sys.executable, "-m", "rollguard", "rules", "push", "--service", service_url, "--sources", str(sources)]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=sources).stdout


class Browser:
    """One Chromium with the extension, in which every https host is the test site."""

    def __init__(self, context: BrowserContext, site: Site) -> None:
        self.context = context
        self.site = site
        self.worker = self._worker()
        self.extension_id = self.worker.url.split("/")[2]

    def _worker(self) -> Worker:
        workers = self.context.service_workers
        return workers[0] if workers else self.context.wait_for_event("serviceworker")

    def open(self, url: str, html: str | None = None) -> Page:
        page = self.context.new_page()
        if html is not None:
            self.site.show(url, html)
        page.goto(url)
        return page

    def popup(self, over: Page | None = None) -> Page:
        """The popup as a page; `over`: the tab that it should take for the active one."""
        page = self.context.new_page()
        if over is not None:
            over.bring_to_front()
        page.goto(f"chrome-extension://{self.extension_id}/popup.html")
        return page

    def ask_worker(self, message: dict[str, Any]) -> Any:
        """Ask as one of the extension's own pages does."""
        page = self.popup()
        try:
            return page.evaluate("message => chrome.runtime.sendMessage(message)", message)
        finally:
            page.close()

    def unmute_all(self) -> None:
        """As the options page does it."""
        page = self.popup()
        page.evaluate("""async () => {
            const { mutes } = await chrome.runtime.sendMessage({ type: "getOwnState" });
            await chrome.runtime.sendMessage({ type: "unmute", ids: mutes.map((mute) => mute.id) });
        }""")
        page.close()

    def check_now(self) -> dict[str, Any]:
        status = self.ask_worker({"type": "checkNow"})
        assert isinstance(status, dict), f"the worker answers {status}"
        return status


BrowserMaker = Callable[[Path], Browser]


@contextmanager
def running_browser(
    playwright: Playwright, site: Site, extension: Path, profile: Path, *more_arguments: str
) -> Iterator[Browser]:
    args = [*extension_arguments(extension), *more_arguments]
    args += [f"--host-resolver-rules=MAP * 127.0.0.1:{site.port}, EXCLUDE 127.0.0.1"]
    args += ["--ignore-certificate-errors", "--disable-quic"]
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=find_chromium(),
        headless=True,
        args=args,
        ignore_default_args=["--disable-extensions"],
        viewport={"width": 1280, "height": 800},
        locale="en-US",
    )
    try:
        yield Browser(context, site)
    finally:
        context.close()


@pytest.fixture(scope="session")
def watching_all(
    playwright: Playwright, site: Site, service: Service, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """The build for organisations and tests: watches every site."""
    folder = tmp_path_factory.mktemp("watching_all")
    extension = build(folder / "dist", service.url, "--target", "chrome", "--all-sites") / "chrome"
    with running_browser(playwright, site, extension, folder / "profile") as browser:
        yield browser


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[Service]:
    """A service that one test may stop and push to."""
    with running_service(tmp_path / "data") as running:
        yield running


@pytest.fixture
def own_browser(playwright: Playwright, site: Site, own_service: Service, tmp_path: Path) -> Iterator[Browser]:
    """A browser that asks that service."""
    extension = build(tmp_path / "dist", own_service.url, "--target", "chrome", "--all-sites") / "chrome"
    with running_browser(playwright, site, extension, tmp_path / "profile") as running:
        yield running


def waits_for_warning(page: Page, rule: str, timeout_ms: int = 10_000) -> dict[str, str]:
    """Wait for the one warning; returns its public attributes."""
    selector = f'{WARNING}[data-rule="{rule}"]'
    page.wait_for_selector(selector, state="attached", timeout=timeout_ms)
    assert page.locator(WARNING).count() == 1
    found = page.locator(WARNING).evaluate("e => JSON.stringify({...e.dataset})")
    attributes: dict[str, str] = json.loads(found)
    return attributes
