"""A rule that is switched off, in real browsers: gone from open tabs at the next check, without https as well."""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Playwright

from rollguard.browsers import find_chromium, sandbox_arguments
from tests.e2e.conftest import (
    PUSHED_WARNING_MS,
    WARNING,
    Browser,
    Service,
    build,
    waits_for_warning,
)
from tests.e2e.test_channel import KNOWN
from tests.e2e.userscript_host import Manager

RULE = "photo_consent"
OFF_MS = 20_000


def recall(service_url: str, *arguments: str, cwd: Path) -> None:
    """A maintainer's recall, with the development key."""
    command = [sys.executable, "-m", "rollguard", "rules", "recall", *arguments, "--service", service_url, "--yes"]
    subprocess.run(command, check=True, capture_output=True, cwd=cwd)


def test_a_recalled_rule_falls_silent_in_the_open_tab_and_warns_again_when_that_is_undone(
    own_browser: Browser, own_service: Service, tmp_path: Path
) -> None:
    before = own_browser.check_now()
    page = own_browser.open("https://asking.example/", KNOWN)
    waits_for_warning(page, RULE)
    recall(own_service.url, RULE, cwd=tmp_path)
    after = own_browser.check_now()
    page.wait_for_selector(WARNING, state="detached", timeout=OFF_MS)
    assert (after["error"], after["ruleCount"], after["version"]) == ("", before["ruleCount"] - 1, before["version"])
    assert any(reason.startswith(f"{RULE}: recalled") for reason in after["skipped"])
    recall(own_service.url, RULE, "--undo", cwd=tmp_path)
    assert own_browser.check_now()["ruleCount"] == before["ruleCount"]
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
