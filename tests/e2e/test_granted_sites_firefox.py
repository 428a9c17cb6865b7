"""Sites that a person allows, in Firefox, which lets them take back the manifest's own hosts, too.

A preference of Firefox for tests answers its question with yes; `permissions.request` and the press before it are real.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e import firefox
from tests.e2e.conftest import Service, build
from tests.e2e.firefox import UUID, Firefox, Tab, running_firefox
from tests.e2e.test_pages import ASK

VAULT = "https://snapvault.example/"
OF_A_RULE = "https://www.facebook.com/"
WARNINGS = "document.querySelectorAll('rollguard-warning').length"
QUIET_SECONDS = 0.5
# A button as large as the window, so that a press anywhere is a press on it.
BUTTON = """(document.body.replaceChildren(Object.assign(document.createElement("button"), {
    style: "position: fixed; inset: 0",
    onclick() { globalThis.asked = browser.permissions.request({ origins: [PATTERN] }); },
})), null)"""


@pytest.fixture
def fox(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Firefox]:
    monkeypatch.setitem(firefox.PREFERENCES, "extensions.webextOptionalPermissionPrompts", value=False)
    extension = build(tmp_path / "dist", service.url, "--target", "firefox") / "firefox"
    with running_firefox(extension, tmp_path / "profile") as running:
        yield running


def own_page(fox: Firefox) -> Tab:
    return fox.open(f"moz-extension://{UUID}/options.html")


def allow(fox: Firefox, pattern: str) -> None:
    page = own_page(fox)
    page.evaluate(BUTTON.replace("PATTERN", f"'{pattern}'"))
    page.press(50, 50)
    page.waits_for("globalThis.asked", wanted=True)
    page.close()


def take_back(fox: Firefox, pattern: str) -> None:
    page = own_page(fox)
    assert page.evaluate(f"browser.permissions.remove({{ origins: ['{pattern}'] }})")
    page.close()


def stays_silent(page: Tab) -> bool:
    page.firefox.pump(QUIET_SECONDS)
    return bool(page.evaluate(WARNINGS) == 0)


def test_a_site_is_watched_when_it_is_allowed_and_left_alone_when_it_is_taken_back(fox: Firefox) -> None:
    page = fox.open(VAULT, ASK)
    assert stays_silent(page)
    allow(fox, f"{VAULT}*")
    page.waits_for(WARNINGS, 1)
    take_back(fox, f"{VAULT}*")
    page.waits_for(WARNINGS, 0)


def test_a_host_of_the_manifest_that_was_taken_back_is_watched_again_when_it_is_allowed(fox: Firefox) -> None:
    take_back(fox, "*://*.facebook.com/*")
    page = fox.open(OF_A_RULE, ASK)
    assert stays_silent(page)
    allow(fox, f"{OF_A_RULE}*")
    page.waits_for(WARNINGS, 1)
    again = fox.open(f"{OF_A_RULE}again", ASK)
    again.waits_for(WARNINGS, 1)
