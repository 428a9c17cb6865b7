"""A rule that is switched off, in real browsers: gone from open tabs at the next check, without https as well."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from rollguard.browsers import find_chromium, sandbox_arguments
from tests.e2e.conftest import (
    PUSHED_WARNING_MS,
    WARNING,
    Browser,
    Service,
    build,
    running_browser,
    running_service,
    waits_for_warning,
)
from tests.e2e.site import Site
from tests.e2e.test_channel import KNOWN
from tests.e2e.userscript_host import Manager

RULE = "photo_consent"
OFF_MS = 20_000


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[Service]:
    with running_service(tmp_path / "data") as running:
        yield running


@pytest.fixture
def browser(playwright: Playwright, site: Site, own_service: Service, tmp_path: Path) -> Iterator[Browser]:
    extension = build(tmp_path / "dist", own_service.url, "--target", "chrome", "--all-sites") / "chrome"
    with running_browser(playwright, site, extension, tmp_path / "profile") as running:
        yield running


def recall(service_url: str, *arguments: str, cwd: Path) -> None:
    """A maintainer's recall, with the development key."""
    command = [sys.executable, "-m", "rollguard", "rules", "recall", *arguments, "--service", service_url, "--yes"]
    subprocess.run(command, check=True, capture_output=True, cwd=cwd)


def test_a_recalled_rule_falls_silent_in_the_open_tab_and_warns_again_when_that_is_undone(
    browser: Browser, own_service: Service, tmp_path: Path
) -> None:
    before = browser.check_now()
    page = browser.open("https://asking.example/", KNOWN)
    waits_for_warning(page, RULE)
    recall(own_service.url, RULE, cwd=tmp_path)
    after = browser.check_now()
    page.wait_for_selector(WARNING, state="detached", timeout=OFF_MS)
    assert (after["error"], after["ruleCount"], after["version"]) == ("", before["ruleCount"] - 1, before["version"])
    assert any(reason.startswith(f"{RULE}: recalled") for reason in after["skipped"])
    recall(own_service.url, RULE, "--undo", cwd=tmp_path)
    assert browser.check_now()["ruleCount"] == before["ruleCount"]
    waits_for_warning(page, RULE)


def test_the_userscript_warns_without_https_and_knows_there_what_https_pages_have_verified(
    playwright: Playwright, own_service: Service, tmp_path: Path
) -> None:
    script = build(tmp_path / "dist", own_service.url, "--target", "userscript", "--all-sites") / "rollguard.user.js"
    chromium = playwright.chromium.launch(executable_path=find_chromium(), args=sandbox_arguments())
    context = chromium.new_context(locale="en-US")
    context.route("http://plain.example/", lambda route: route.fulfill(body=KNOWN, content_type="text/html"))
    manager = Manager(context, script)
    plain = manager.open("http://plain.example/")
    assert plain.evaluate("globalThis.crypto.subtle === undefined")
    waits_for_warning(plain, RULE)
    assert manager.asked == [], "without https nobody is asked"
    recall(own_service.url, RULE, cwd=tmp_path)
    secure = manager.open(f"{own_service.url}/")
    assert secure.evaluate("globalThis.crypto.subtle !== undefined")
    plain.bring_to_front()
    plain.wait_for_selector(WARNING, state="detached", timeout=PUSHED_WARNING_MS)
    chromium.close()
