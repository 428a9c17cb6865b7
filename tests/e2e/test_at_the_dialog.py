"""The real extension at the dialog: words marked, a first press held, a way out shown, in the page and in frames."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Frame, Page

from tests.e2e.asking import DIALOG, framed
from tests.e2e.conftest import WARNING, Browser, waits_for_warning
from tests.e2e.test_journeys import ARMED_MS, press_tabs_until

PLAIN = f"<!doctype html><main>Hello</main>{DIALOG}"
UNCERTAIN = PLAIN.replace("Don’t allow", "Whatever else")
RULE = "photo_consent"
MARKED = "[...CSS.highlights.get('rollguard-words') ?? []].map(String).includes('camera roll')"
ACCEPTS = """() => {
  const { dataset } = document.body;
  yes.onclick = () => { dataset.accepted = Number(dataset.accepted ?? 0) + 1; };
}"""
ACCEPTED = "document.body.dataset.accepted ?? '0'"
POINTER = "rollguard-pointer"


@pytest.fixture
def page(watching_all: Browser) -> Iterator[Page]:
    page = watching_all.context.new_page()
    yield page
    page.close()


def asking(watching_all: Browser, page: Page, kind: str, inner: str = PLAIN) -> Frame:
    """The frame whose dialog the top page warns of."""
    pages = framed(kind, inner)
    for url, html in pages.items():
        watching_all.site.show(url, html)
    page.goto(next(iter(pages)))
    waits_for_warning(page, RULE)
    return page.frames[-1]


@pytest.mark.parametrize("kind", ["top", "other origin"])
def test_its_words_are_marked_as_long_as_the_warning_is_on_screen(watching_all: Browser, page: Page, kind: str) -> None:
    frame = asking(watching_all, page, kind)
    frame.wait_for_function(MARKED)
    page.wait_for_timeout(ARMED_MS)
    press_tabs_until(page, "I understand")
    page.keyboard.press("Enter")
    page.wait_for_selector(WARNING, state="detached")
    frame.wait_for_function("CSS.highlights.size === 0 && document.adoptedStyleSheets.length === 0")


def test_who_reads_in_forced_colours_is_warned_although_styles_tell_of_other_ones(
    watching_all: Browser, page: Page
) -> None:
    """White on blue is drawn in the person's two colours, and white upon their white is what styles say of it."""
    page.emulate_media(forced_colors="active")
    asking(watching_all, page, "top", f"<style>button {{ color: #fff; background: #06c }}</style>{PLAIN}")


@pytest.mark.parametrize("kind", ["top", "other origin"])
def test_the_first_yes_is_held_and_the_second_is_not(watching_all: Browser, page: Page, kind: str) -> None:
    frame = asking(watching_all, page, kind)
    frame.wait_for_function(MARKED)
    frame.evaluate(ACCEPTS)
    frame.click("#yes")
    assert frame.evaluate(ACCEPTED) == "0"
    assert frame.locator(POINTER).count() == 1
    frame.click("#yes")
    assert frame.evaluate(ACCEPTED) == "1"


@pytest.mark.parametrize("kind", ["top", "other origin"])
def test_a_way_out_that_is_not_certain_is_shown(watching_all: Browser, page: Page, kind: str) -> None:
    frame = asking(watching_all, page, kind, UNCERTAIN)
    page.wait_for_timeout(ARMED_MS)
    press_tabs_until(page, "Show me where to decline")
    page.keyboard.press("Enter")
    frame.wait_for_selector(POINTER, state="attached")
    assert page.title() != "declined"


def test_a_mute_is_taken_back_and_the_warning_returns(watching_all: Browser, page: Page) -> None:
    asking(watching_all, page, "top")
    page.wait_for_timeout(ARMED_MS)
    press_tabs_until(page, "Mute")
    page.keyboard.press("Enter")
    page.wait_for_timeout(ARMED_MS)
    press_tabs_until(page, "This wording, until it changes")
    page.keyboard.press("Enter")
    page.wait_for_selector(WARNING, state="detached")
    page.keyboard.press("Enter")
    waits_for_warning(page, RULE)
    assert page.locator("rollguard-undo").count() == 0


def test_the_same_dialog_drawn_anew_stays_dismissed(watching_all: Browser, page: Page) -> None:
    frame = asking(watching_all, page, "top")
    page.wait_for_timeout(ARMED_MS)
    press_tabs_until(page, "I understand")
    page.keyboard.press("Enter")
    page.wait_for_selector(WARNING, state="detached")
    frame.evaluate("ask.replaceWith(ask.cloneNode(true))")
    page.wait_for_timeout(1_000)
    assert page.locator(WARNING).count() == 0
