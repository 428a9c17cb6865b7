"""A dialog behind a shadow root, in a frame, or both: one warning in the top page, which names who asks."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.e2e.asking import ASK, DIALOG, EMPTY, FRAMES, HEARS, ROOTS, RULE, framed, words_of_warning
from tests.e2e.conftest import WARNING, Browser, waits_for_warning
from tests.e2e.test_journeys import ARMED_MS, press_tabs_until

PLAIN = f"<!doctype html><main>Hello</main>{DIALOG}"


@pytest.fixture
def page(watching_all: Browser) -> Iterator[Page]:
    page = watching_all.context.new_page()
    yield page
    page.close()


def show(watching_all: Browser, page: Page, pages: dict[str, str]) -> None:
    for url, html in pages.items():
        watching_all.site.show(url, html)
    page.goto(next(iter(pages)))


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("root", ROOTS)
def test_a_dialog_behind_a_shadow_root_is_told_of_in_the_top_page(
    root: str, frame: str, watching_all: Browser, page: Page
) -> None:
    show(watching_all, page, framed(frame, ROOTS[root]))
    waits_for_warning(page, RULE)
    assert all(other.locator(WARNING).count() == 0 for other in page.frames[1:])


@pytest.mark.parametrize("frame", FRAMES)
def test_the_warning_names_the_frame_that_asks_and_declines_in_it(
    frame: str, watching_all: Browser, page: Page
) -> None:
    show(watching_all, page, framed(frame, PLAIN))
    waits_for_warning(page, RULE)
    is_foreign = frame in {"other origin", "nested"}
    assert ("frame.example, embedded in top.example" in words_of_warning(page)) is is_foreign
    assert ("frame.example" in words_of_warning(page)) is is_foreign
    page.wait_for_timeout(ARMED_MS)
    press_tabs_until(page, "Don’t allow’ for me")
    page.keyboard.press("Enter")
    page.wait_for_function("document.title === 'declined'")


def test_a_frames_warning_goes_with_the_frame(watching_all: Browser, page: Page) -> None:
    show(watching_all, page, framed("about:blank", PLAIN))
    waits_for_warning(page, RULE)
    page.evaluate("document.querySelector('iframe').remove()")
    page.wait_for_selector(WARNING, state="detached")


def test_on_a_muted_site_a_frame_neither_warns_nor_sets_the_badge(watching_all: Browser, page: Page) -> None:
    badge = "chrome.tabs.query({active: true}).then(([tab]) => chrome.action.getBadgeText({tabId: tab.id}))"
    show(watching_all, page, {**framed("other origin", PLAIN), "https://mutes.example/": EMPTY})
    waits_for_warning(page, RULE)
    page.wait_for_timeout(ARMED_MS)
    press_tabs_until(page, "Mute")
    page.keyboard.press("Enter")
    page.wait_for_timeout(ARMED_MS)
    press_tabs_until(page, "This site, for a week")
    page.keyboard.press("Enter")
    page.wait_for_selector(WARNING, state="detached")
    page.reload()
    page.wait_for_timeout(1_500)
    assert page.locator(WARNING).count() == 0
    popup = watching_all.popup(over=page)
    assert popup.evaluate(badge) == ""
    popup.close()
    watching_all.unmute_all()
    waits_for_warning(page, RULE)


def test_two_frames_that_ask_are_two_warnings_one_after_the_other(watching_all: Browser, page: Page) -> None:
    pages = framed("same origin", PLAIN)
    top, inner = list(pages)
    pages[top] += f'<iframe src="{inner}"></iframe>'
    show(watching_all, page, pages)
    for _ in range(2):
        waits_for_warning(page, RULE)
        page.evaluate("document.querySelector('iframe').remove()")
    page.wait_for_selector(WARNING, state="detached")


LATE = {
    "on an element that was there": "const root = document.querySelector('#late').attachShadow({mode: 'closed'});",
    "by a custom element that is defined late": """
        let root;
        customElements.define('late-host', class extends HTMLElement {
            constructor() { super(); root = this.attachShadow({mode: 'closed'}); }
        });""",
    "with what is slotted into it": "const root = document.querySelector('#slotted').attachShadow({mode: 'closed'});",
}


@pytest.mark.parametrize("how", LATE)
def test_a_root_that_is_attached_late_is_found(how: str, watching_all: Browser, page: Page) -> None:
    hosts = f'<div id="late"></div><late-host></late-host><div id="slotted">{ASK}</div>'
    html = '<div role="dialog"><slot></slot></div>' if "slotted" in how else DIALOG
    outside = EMPTY.replace(HEARS, f"{HEARS}<style>#slotted:not(.on) {{ display: none }}</style>")
    show(watching_all, page, {"https://late-root.example/": outside + hosts})
    page.wait_for_timeout(1_500)
    assert page.locator(WARNING).count() == 0
    page.evaluate(
        "([make, html]) => new Function('html', `${make} root.innerHTML = html; slotted.className = 'on'`)(html)",
        [LATE[how], html],
    )
    waits_for_warning(page, RULE, 5_000)


def test_what_changes_inside_a_closed_root_is_followed(watching_all: Browser, page: Page) -> None:
    show(watching_all, page, {"https://inside.example/": EMPTY})
    page.evaluate(
        """html => {
            const host = document.body.appendChild(document.createElement('div'));
            window.root = host.attachShadow({mode: 'closed'});
            root.innerHTML = '<div role="dialog"></div>';
            setTimeout(() => { root.firstChild.innerHTML = html }, 300);
        }""",
        ASK,
    )
    waits_for_warning(page, RULE)
    page.evaluate("root.querySelector('h2').textContent = root.querySelector('p').textContent = 'Thank you.'")
    page.wait_for_selector(WARNING, state="detached")
