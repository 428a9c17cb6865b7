"""What a person does: is warned above a modal dialog, in a frame, is asked once, mutes a site, looks at the popup."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.e2e.conftest import WARNING, Browser, Service, build, running_browser, waits_for_warning
from tests.e2e.site import Site

ASK = """
<h2>Allow cloud processing of your camera roll?</h2>
<p>We will upload photos from your camera roll to our cloud on an ongoing basis.</p>
<button id="yes">Allow</button><button id="no" onclick="document.title = 'declined'">Don’t allow</button>
"""
OPENS = "<script>document.querySelector('dialog').showModal()</script>"
MODAL = f"<!doctype html><title>page</title><dialog>{ASK}</dialog>{OPENS}"
ASKING_PAGE = f'<!doctype html><title>page</title><main>Hello</main><div role="dialog">{ASK}</div>'
ARMED_MS = 700


@pytest.fixture
def opened() -> Iterator[list[Page]]:
    pages: list[Page] = []
    yield pages
    for page in pages:
        page.close()


def press_tabs_until(page: Page, label: str) -> None:
    """Reach a button of the overlay as a keyboard does: its shadow root is closed to scripts, also to ours."""
    page.keyboard.press("Tab")
    session = page.context.new_cdp_session(page)
    for _ in range(40):
        tree = session.send("Accessibility.getFullAXTree")
        focused = [
            node["name"]["value"]
            for node in tree["nodes"]
            if any(prop["name"] == "focused" and prop["value"]["value"] for prop in node.get("properties", []))
            and node.get("name", {}).get("value")
        ]
        if any(label in name for name in focused):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"no Tab reaches {label!r}; the last focus was on {focused}")


def test_stands_above_a_modal_dialog_and_can_be_used_there(watching_all: Browser, opened: list[Page]) -> None:
    page = watching_all.open("https://modal.example/", MODAL)
    opened.append(page)
    waits_for_warning(page, "photo_consent")
    page.wait_for_timeout(ARMED_MS)
    press_tabs_until(page, "Don’t allow’ for me")
    page.keyboard.press("Enter")
    page.wait_for_function("document.title === 'declined'")


def test_a_dialog_in_a_frame_of_another_site_is_told_of_in_the_top_page(
    watching_all: Browser, opened: list[Page]
) -> None:
    watching_all.site.show("https://frame.example/ask", ASKING_PAGE)
    page = watching_all.open("https://top.example/", '<!doctype html><iframe src="https://frame.example/ask"></iframe>')
    opened.append(page)
    waits_for_warning(page, "photo_consent")
    assert page.frames[1].locator(WARNING).count() == 0
    page.wait_for_timeout(ARMED_MS)
    press_tabs_until(page, "Don’t allow’ for me")
    page.keyboard.press("Enter")
    page.frames[1].wait_for_function("document.title === 'declined'")
    page.evaluate("document.querySelector('iframe').remove()")
    page.wait_for_selector(WARNING, state="detached")


def test_a_dialog_that_comes_late_and_word_by_word_is_seen(watching_all: Browser, opened: list[Page]) -> None:
    page = watching_all.open("https://late.example/", "<!doctype html><main>Hello</main>")
    opened.append(page)
    page.evaluate("document.body.append(Object.assign(document.createElement('div'), {role: 'dialog', id: 'ask'}))")
    page.wait_for_timeout(1_500)
    assert page.locator(WARNING).count() == 0
    page.evaluate("html => document.querySelector('#ask').innerHTML = html", ASK)
    waits_for_warning(page, "photo_consent")


def test_a_dialog_that_was_there_all_along_and_is_now_shown_by_a_class_is_seen(
    watching_all: Browser, opened: list[Page]
) -> None:
    hidden = ASKING_PAGE.replace("<title>", "<style>.off { display: none }</style><title>")
    page = watching_all.open("https://class.example/", hidden.replace('role="dialog"', 'role="dialog" class="off"'))
    opened.append(page)
    page.wait_for_timeout(1_000)
    assert page.locator(WARNING).count() == 0
    page.evaluate("document.querySelector('.off').className = ''")
    waits_for_warning(page, "photo_consent")
    page.evaluate("document.querySelector('[role=dialog]').className = 'off'")
    page.wait_for_selector(WARNING, state="detached")


def test_dismissed_it_stays_away_until_the_dialog_asks_something_else(
    watching_all: Browser, opened: list[Page]
) -> None:
    page = watching_all.open("https://dismiss.example/", ASKING_PAGE)
    opened.append(page)
    waits_for_warning(page, "photo_consent")
    page.wait_for_timeout(ARMED_MS)
    press_tabs_until(page, "I understand")
    page.keyboard.press("Enter")
    page.wait_for_selector(WARNING, state="detached")
    page.evaluate("document.querySelector('[role=dialog]').append(document.createElement('hr'))")
    page.wait_for_timeout(1_000)
    assert page.locator(WARNING).count() == 0
    page.evaluate("document.querySelector('p').textContent = 'Your camera roll will be analysed by AI.'")
    waits_for_warning(page, "photo_consent")


def test_a_muted_site_stays_quiet_until_the_popup_unmutes_it(watching_all: Browser, opened: list[Page]) -> None:
    page = watching_all.open("https://mute.example/", ASKING_PAGE)
    opened.append(page)
    waits_for_warning(page, "photo_consent")
    page.wait_for_timeout(ARMED_MS)
    press_tabs_until(page, "Mute")
    page.keyboard.press("Enter")
    page.wait_for_timeout(ARMED_MS)
    press_tabs_until(page, "This site, for a week")
    page.keyboard.press("Enter")
    page.wait_for_selector(WARNING, state="detached")
    page.reload()
    page.wait_for_timeout(1_000)
    assert page.locator(WARNING).count() == 0
    watching_all.unmute_all()
    waits_for_warning(page, "photo_consent")


def test_a_page_cannot_press_our_buttons_nor_read_our_words(watching_all: Browser, opened: list[Page]) -> None:
    page = watching_all.open("https://hostile.example/", ASKING_PAGE)
    opened.append(page)
    waits_for_warning(page, "photo_consent")
    page.wait_for_timeout(ARMED_MS)
    seen = page.evaluate(
        """() => {
            const host = document.querySelector('rollguard-warning');
            host.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}));
            host.click();
            return [host.shadowRoot, host.textContent, host.innerHTML];
        }"""
    )
    assert seen == [None, "", ""]
    assert page.locator(WARNING).count() == 1


def test_a_page_cannot_reach_the_worker_as_the_popup_does(watching_all: Browser, opened: list[Page]) -> None:
    page = watching_all.open("https://stranger.example/", "<!doctype html><title>x</title>")
    opened.append(page)
    assert page.evaluate("typeof chrome === 'undefined' || chrome.runtime === undefined")


def test_the_ordinary_build_watches_the_hosts_of_its_rules_and_no_other(
    playwright: Playwright, site: Site, service: Service, tmp_path: Path
) -> None:
    extension = build(tmp_path / "dist", service.url, "--target", "chrome") / "chrome"
    with running_browser(playwright, site, extension, tmp_path / "profile") as browser:
        page = browser.open("https://www.facebook.com/", ASKING_PAGE)
        page.wait_for_selector(WARNING, state="attached")
        other = browser.open("https://unwatched.example/", ASKING_PAGE)
        other.wait_for_timeout(1_500)
        assert other.locator(WARNING).count() == 0


def test_the_extension_asks_nobody_but_the_rule_service(
    playwright: Playwright, site: Site, service: Service, tmp_path: Path
) -> None:
    extension = build(tmp_path / "dist", service.url, "--target", "chrome", "--all-sites") / "chrome"
    site.asked.clear()
    with running_browser(playwright, site, extension, tmp_path / "profile") as browser:
        page = browser.open("https://quiet.example/", ASKING_PAGE)
        waits_for_warning(page, "photo_consent")
        browser.check_now()
        hosts = {address.split("/")[0] for address in site.asked}
        assert hosts <= {"quiet.example", "127.0.0.1"}, "only what the page itself asked for"


def becomes(page: Page, expression: str, wanted: str) -> None:
    """Wait until it does: the worker is told a moment after the page."""
    for _ in range(100):
        said = page.evaluate(expression)
        if said == wanted:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"{said!r} never became {wanted!r}")


def test_popup_and_badge_tell_of_the_warning_that_is_on_screen(watching_all: Browser, opened: list[Page]) -> None:
    badge = "chrome.tabs.query({active: true}).then(([tab]) => chrome.action.getBadgeText({tabId: tab.id}))"
    page = watching_all.open("https://badge.example/", ASKING_PAGE)
    opened.append(page)
    waits_for_warning(page, "photo_consent")
    popup = watching_all.popup(over=page)
    opened.append(popup)
    popup.get_by_text("Watching badge.example").wait_for()
    popup.get_by_text("Rule photo_consent").wait_for()
    becomes(popup, badge, "!")
    page.evaluate("document.querySelector('[role=dialog]').remove()")
    page.wait_for_selector(WARNING, state="detached")
    page.bring_to_front()
    becomes(popup, badge, "")
    popup.reload()
    popup.get_by_text("Nothing to warn about right now.").wait_for()
