"""What a browser asks for while everything is used: the page's own hosts and the rule service, and nobody else."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Playwright

from rollguard.build.package import PAGES
from tests.e2e.conftest import ROOT, WARNING, Browser, Service, build, running_browser, waits_for_warning
from tests.e2e.site import Site
from tests.e2e.test_journeys import ASKING_PAGE

PAGE = "https://asks.example/"
QUIET = "https://quiet.example/"
NOBODY = "not an origin"
"""As Chromium writes it."""


def test_through_a_whole_session_only_the_pages_and_the_rule_service_are_asked(
    playwright: Playwright, site: Site, own_service: Service, tmp_path: Path
) -> None:
    log = tmp_path / "net.json"
    extension = build(tmp_path / "dist", own_service.url, "--target", "chrome", "--all-sites") / "chrome"
    arguments = [f"--log-net-log={log}", "--net-log-capture-mode=Everything"]
    with running_browser(playwright, site, extension, tmp_path / "profile", *arguments) as browser:
        use_everything(browser)
    asked = hosts(json.loads(log.read_text("utf-8")))
    service = urlsplit(own_service.url).netloc
    assert {"asks.example", "quiet.example", service} <= asked, "the log tells of less than was done"
    assert asked == {"asks.example", "quiet.example", service}


def use_everything(browser: Browser) -> None:
    page = browser.open(PAGE, ASKING_PAGE)
    waits_for_warning(page, "photo_consent")
    browser.ask_worker({"type": "mute", "scope": "site", "rule": "photo_consent", "print": ""})
    browser.check_now()
    browser.open(QUIET, "<!doctype html><title>quiet</title><p>Nothing to see.")
    for name in PAGES:
        own = browser.context.new_page()
        own.goto(f"chrome-extension://{browser.extension_id}/{name}.html")
        own.wait_for_selector("main[aria-busy=false]")
        for fold in own.locator("summary").all():
            fold.click()
        own.close()
    page.keyboard.press("Escape")
    page.wait_for_selector(WARNING, state="detached")


def hosts(log: dict[str, Any]) -> set[str]:
    """Of all that a page or an extension began, and of every frame; what the browser wants for itself has no origin."""
    asked = [params for event in log["events"] if is_of_a_page(params := event.get("params", {}))]
    parts = [urlsplit(params.get("url", "")) for params in asked]
    return {each.netloc for each in parts if each.scheme in {"http", "https", "ws", "wss"}}


def is_of_a_page(request: dict[str, Any]) -> bool:
    return request.get("initiator", NOBODY) != NOBODY or "frame" in request.get("request_type", "")


@pytest.mark.parametrize("name", PAGES)
def test_no_page_of_the_extension_names_anything_elsewhere_to_be_loaded(name: str) -> None:
    html = (ROOT / "extension" / "src" / "pages" / f"{name}.html").read_text("utf-8")
    assert "//" not in html
