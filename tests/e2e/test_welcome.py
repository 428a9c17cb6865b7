"""The welcome page: opened once, a demo that is the real thing, and every site only after a yes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.axe import violations
from tests.e2e.conftest import WARNING, Browser, Service, build, running_browser, waits_for_warning
from tests.e2e.site import Site
from tests.e2e.test_granted_sites import remember_a_yes

QUIET_MS = 500


@pytest.fixture(scope="module")
def extension(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("welcome") / "dist", service.url, "--target", "chrome") / "chrome"


@pytest.fixture(scope="module")
def profile(extension: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    profile = tmp_path_factory.mktemp("welcome") / "profile"
    remember_a_yes(profile, extension)
    return profile


@pytest.fixture(scope="module")
def browser_of_a_person(playwright: Playwright, site: Site, extension: Path, profile: Path) -> Iterator[Browser]:
    with running_browser(playwright, site, extension, profile) as browser:
        yield browser


@pytest.fixture
def welcome(browser_of_a_person: Browser) -> Iterator[Page]:
    page = browser_of_a_person.context.new_page()
    page.goto(f"chrome-extension://{browser_of_a_person.extension_id}/welcome.html")
    page.wait_for_selector("#welcome[aria-busy=false]")
    yield page
    page.close()


def is_welcome(page: Page) -> bool:
    return page.url.endswith("/welcome.html")


def test_it_opens_once_when_it_is_installed_and_never_again(
    playwright: Playwright, site: Site, extension: Path, tmp_path: Path
) -> None:
    with running_browser(playwright, site, extension, tmp_path / "profile") as first:
        if not any(map(is_welcome, first.context.pages)):
            first.context.wait_for_event("page", is_welcome)
        first.open("https://any.example/").wait_for_timeout(QUIET_MS)
        assert sum(map(is_welcome, first.context.pages)) == 1
    with running_browser(playwright, site, extension, tmp_path / "profile") as second:
        second.open("https://any.example/").wait_for_timeout(QUIET_MS)
        assert not any(map(is_welcome, second.context.pages))


def test_the_demo_is_met_by_the_real_warning_and_nothing_else_on_the_page_is(welcome: Page) -> None:
    welcome.wait_for_timeout(QUIET_MS)
    assert welcome.locator(WARNING).count() == 0
    welcome.get_by_role("button", name="Show the dialog").click()
    waits_for_warning(welcome, "photo_consent")
    welcome.locator("#demo").get_by_role("button", name="Don’t allow").click()
    welcome.wait_for_selector(WARNING, state="detached")
    expect(welcome.get_by_text("Nothing else happened.")).to_be_visible()


def test_every_site_is_watched_after_a_press_and_given_back_by_another(welcome: Page) -> None:
    every_site = welcome.locator("#every-site")
    expect(every_site.get_by_role("status")).to_have_text("Only known sites are watched.")
    every_site.get_by_role("button", name="Watch every site").click()
    expect(every_site.get_by_role("status")).to_have_text("Every site is watched.")
    back = every_site.get_by_role("button", name="Watch only known sites")
    expect(back).to_be_focused()
    back.click()
    expect(every_site.get_by_role("status")).to_have_text("Only known sites are watched.")
    origins = welcome.evaluate("chrome.permissions.getAll().then(({ origins }) => origins)")
    assert "*://*/*" not in origins


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [320, 1000])
@pytest.mark.parametrize("name", ["welcome", "popup"])
def test_nothing_bars_anybody(welcome: Page, name: str, scheme: Any, direction: str, width: int) -> None:
    welcome.set_viewport_size({"width": width, "height": 700})
    welcome.emulate_media(color_scheme=scheme)
    welcome.goto(welcome.url.replace("welcome.html", f"{name}.html"))
    welcome.wait_for_selector("[aria-busy=false]")
    welcome.evaluate("direction => { document.documentElement.dir = direction; }", direction)
    assert violations(welcome) == []
    assert welcome.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_is_walked_through_with_the_keyboard_alone(welcome: Page) -> None:
    show = welcome.get_by_role("button", name="Show the dialog")
    for _ in range(10):
        welcome.keyboard.press("Tab")
        if show.evaluate("button => button === document.activeElement"):
            break
    welcome.keyboard.press("Enter")
    expect(welcome.locator("#demo")).to_be_visible()
    waits_for_warning(welcome, "photo_consent")
    welcome.keyboard.press("Escape")
    welcome.wait_for_selector(WARNING, state="detached")
    welcome.keyboard.press("Escape")
    expect(welcome.locator("#demo")).to_be_hidden()
    expect(show).to_be_focused()
