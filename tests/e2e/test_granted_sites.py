"""Sites that a person allows beyond those of the rules: watched at once, after a restart, until they are taken back.

The browser's own question needs a person, so the profile remembers their yes beforehand, as it does for a permission
that was granted, given back and is asked for again. `permissions.request` and the press before it are real.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.e2e.conftest import WARNING, Browser, Service, build, running_browser, waits_for_warning
from tests.e2e.site import Site
from tests.e2e.test_pages import ASK

VAULT = "https://snapvault.example/"
WATCHED = "https://www.facebook.com/"
FRAMES = f'<!doctype html><title>Vault</title>{ASK}<iframe src="/inner"></iframe><iframe src="{WATCHED}"></iframe>'
QUIET_MS = 500


def extension_id(folder: Path) -> str:
    """Chromium's name for an unpacked extension: half of its path's SHA-256, in the letters a to p."""
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:32]
    return "".join(chr(ord("a") + int(digit, 16)) for digit in digest)


def remember_a_yes(profile: Path, extension: Path) -> None:
    granted = {"api": [], "explicit_host": ["*://*/*"], "manifest_permissions": [], "scriptable_host": []}
    settings = {extension_id(extension): {"runtime_granted_permissions": granted}}
    preferences = profile / "Default" / "Preferences"
    preferences.parent.mkdir(parents=True)
    preferences.write_text(json.dumps({"extensions": {"settings": settings}}), "utf-8")


@pytest.fixture(scope="module")
def extension(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("granted") / "dist", service.url, "--target", "chrome") / "chrome"


@pytest.fixture
def profile(tmp_path: Path, extension: Path) -> Path:
    remember_a_yes(tmp_path / "profile", extension)
    return tmp_path / "profile"


@pytest.fixture
def willing(playwright: Playwright, site: Site, extension: Path, profile: Path) -> Iterator[Browser]:
    """A browser whose person says yes when asked."""
    with running_browser(playwright, site, extension, profile) as browser:
        yield browser


def allow(browser: Browser, pattern: str) -> bool:
    """A press on a page of ours that asks for it, as the popup and the welcome page do."""
    page = browser.popup()
    page.evaluate(
        """pattern => document.body.addEventListener("click", () => {
            globalThis.asked = chrome.permissions.request({ origins: [pattern] });
        })""",
        pattern,
    )
    page.locator("h1").click()
    granted = page.evaluate("globalThis.asked")
    page.close()
    return bool(granted)


def take_back(browser: Browser, pattern: str) -> None:
    page = browser.popup()
    assert page.evaluate("pattern => chrome.permissions.remove({ origins: [pattern] })", pattern)
    page.close()


def registers(browser: Browser, *wanted: list[str]) -> None:
    """The worker follows a moment after the browser's yes."""
    page = browser.popup()
    page.wait_for_function(
        """async wanted => JSON.stringify(wanted) ===
            JSON.stringify((await chrome.scripting.getRegisteredContentScripts()).map(({ matches }) => matches))""",
        arg=wanted,
    )
    page.close()


def count_scripts(browser: Browser) -> None:
    """From now on the worker notes which frame asks for rules: each content script does so once when it starts."""
    browser.worker.evaluate("""() => {
        globalThis.started = [];
        chrome.runtime.onMessage.addListener(({ type }, { url }) => {
            if (type === "getRules" && url.startsWith("http")) globalThis.started.push(new URL(url).href);
        });
    }""")


def started(browser: Browser, page: Page) -> list[str]:
    page.wait_for_timeout(QUIET_MS)
    return sorted(browser.worker.evaluate("globalThis.started.splice(0)"))


def silent(page: Page) -> bool:
    page.wait_for_timeout(QUIET_MS)
    return page.locator(WARNING).count() == 0


def test_an_open_page_is_watched_at_the_moment_its_site_is_allowed(willing: Browser) -> None:
    page = willing.open(VAULT, FRAMES)
    assert silent(page)
    assert allow(willing, f"{VAULT}*")
    waits_for_warning(page, "photo_consent")
    page.reload()
    waits_for_warning(page, "photo_consent")


def test_no_frame_gets_the_script_twice(willing: Browser) -> None:
    count_scripts(willing)
    page = willing.open(VAULT, FRAMES)
    assert started(willing, page) == [WATCHED]
    allow(willing, f"{VAULT}*")
    assert started(willing, page) == [VAULT, f"{VAULT}inner"]
    allow(willing, "*://*/*")
    assert started(willing, page) == []
    page.reload()
    assert started(willing, page) == [VAULT, f"{VAULT}inner", WATCHED]


def test_every_site_is_one_registration(willing: Browser) -> None:
    allow(willing, f"{VAULT}*")
    registers(willing, [f"{VAULT}*"])
    allow(willing, "*://*/*")
    registers(willing, ["*://*/*"])
    assert waits_for_warning(willing.open("https://any.example/", ASK), "photo_consent")


def test_a_site_that_is_taken_back_is_left_alone_at_once(willing: Browser) -> None:
    allow(willing, f"{VAULT}*")
    page = willing.open(VAULT, ASK)
    waits_for_warning(page, "photo_consent")
    take_back(willing, f"{VAULT}*")
    page.wait_for_selector(WARNING, state="detached")
    registers(willing)
    page.reload()
    assert silent(page)


def test_a_granted_site_is_still_watched_after_a_restart(
    playwright: Playwright, site: Site, extension: Path, profile: Path
) -> None:
    with running_browser(playwright, site, extension, profile) as before:
        assert allow(before, f"{VAULT}*")
        expect(before.open(VAULT, ASK).locator(WARNING)).to_be_attached()
    with running_browser(playwright, site, extension, profile) as after:
        waits_for_warning(after.open(VAULT, ASK), "photo_consent")
