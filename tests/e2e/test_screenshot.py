""" "Check a screenshot" in the real extension: pictures and texts in, the right verdict out, and nothing leaves."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser as Painter
from playwright.sync_api import Page, expect

from tests import axe
from tests.e2e import screenshots
from tests.e2e.conftest import Browser

RULE = "facebook_cloud_processing"
READ_MS = 60_000
ASK = """Allow cloud processing of your camera roll?
We will upload photos from your camera roll to Facebook's cloud on an ongoing basis.

Allow
Don't allow"""


@pytest.fixture
def page(watching_all: Browser) -> Iterator[Page]:
    page = watching_all.context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"chrome-extension://{watching_all.extension_id}/screenshot.html")
    page.wait_for_selector("#choose")
    yield page
    page.close()
    assert errors == []


def choose(page: Page, content: bytes, kind: str = "image/png") -> None:
    page.set_input_files("input[type=file]", {"name": "picture", "mimeType": kind, "buffer": content})


def check(page: Page, content: bytes) -> None:
    choose(page, content)
    page.wait_for_selector("#answer[aria-busy=false]", state="attached", timeout=READ_MS)


def rules_offered(page: Page) -> set[str]:
    """By the links to the steps that switch each off: of the answer, then of each other app that it may be from."""
    link = page.locator("#answer a.button")
    found = {str(link.get_attribute("href"))}
    for name in page.locator(".which button").all_inner_texts():
        page.get_by_role("button", name=name, exact=True).click()
        found.add(str(link.get_attribute("href")))
    return {href.removeprefix("checkup.html#") for href in found}


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_facebooks_dialog_is_recognised_in_a_picture(language: str, page: Page, browser: Painter) -> None:
    page.check(f"input[value={language}]")
    check(page, screenshots.dialog(browser, language))
    assert page.locator(".card.found").count() == 1
    assert RULE in rules_offered(page)


@pytest.mark.parametrize(
    ("size", "colours"), [(13, screenshots.LIGHT), (22, screenshots.LIGHT), (16, screenshots.DARK)]
)
def test_small_and_large_letters_and_dark_mode_are_read(
    size: int, colours: dict[str, str], page: Page, browser: Painter
) -> None:
    check(page, screenshots.dialog(browser, "en", size, colours))
    assert RULE in rules_offered(page)


def test_the_answer_explains_shows_its_proof_and_takes_the_focus(page: Page, browser: Painter) -> None:
    check(page, screenshots.dialog(browser, "en"))
    expect(page.locator("#answer h2")).to_be_focused()
    assert "Facebook" in page.locator("#answer h2").inner_text()
    assert page.locator("#answer ul li a[href^='https://']").count() >= 1
    assert page.locator("#answer ol li").count() >= 2
    assert "camera roll" in page.locator("#answer q").all_text_contents()


@pytest.mark.parametrize("draw", [screenshots.holiday, screenshots.menu])
def test_a_holiday_photo_and_a_menu_are_nothing(draw: screenshots.Draw, page: Page, browser: Painter) -> None:
    check(page, draw(browser))
    assert page.locator(".card.found").count() == 0
    words = page.locator("#said").inner_text() + page.locator("#answer").inner_text()
    assert "No text was recognised" in words or "Nothing found" in words


def test_a_picture_without_the_buttons_is_told_of(page: Page) -> None:
    page.fill("#text", ASK.partition("\n\n")[0])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_contain_text("no button to agree was found")


def test_a_pasted_text_is_judged_with_the_keyboard_alone(page: Page) -> None:
    page.focus("#text")
    page.keyboard.insert_text(ASK)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#answer h2")).to_be_focused()
    assert RULE in rules_offered(page)


def test_a_page_that_quotes_the_question_is_nothing(page: Page) -> None:
    page.fill("#text", "Facebook asks people to allow cloud processing of their camera roll.\nHow to switch it off.")
    page.get_by_role("button", name="Check the text").click()
    expect(page.locator("#answer h2")).to_have_text("Nothing found")


@pytest.mark.parametrize(("kind", "content"), [("image/png", b"no picture"), ("application/pdf", b"%PDF-1.7")])
def test_what_is_no_picture_is_refused_in_words(kind: str, content: bytes, page: Page) -> None:
    choose(page, content, kind)
    expect(page.locator("#said")).to_contain_text("not a picture that your browser can open")


def test_an_empty_field_and_no_language_are_told_of(page: Page) -> None:
    page.get_by_role("button", name="Check the text").click()
    expect(page.locator("#said")).to_have_text("The text field is empty.")
    page.uncheck("input[value=en]")
    choose(page, b"")
    expect(page.locator("#said")).to_have_text("Choose at least one language.")


def test_reading_can_be_cancelled(page: Page, browser: Painter) -> None:
    choose(page, screenshots.dialog(browser, "en"))
    page.locator("#cancel").click()
    expect(page.locator("#said")).to_contain_text("Stopped")
    assert page.locator("progress").count() == 0
    expect(page.locator("#choose")).to_be_focused()


def test_nothing_leaves_the_browser(page: Page, browser: Painter) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    check(page, screenshots.dialog(browser, "en"))
    own = page.url.rpartition("/")[0]
    assert any(url.endswith("eng.traineddata.gz") for url in asked), "the recogniser's own requests are not seen"
    assert [url for url in asked if not url.startswith((f"{own}/", f"blob:{own}/"))] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_fault_for_a_screen_reader_before_and_after(scheme: str, page: Page) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    assert axe.violations(page) == []
    page.fill("#text", ASK)
    page.get_by_role("button", name="Check the text").click()
    page.wait_for_selector(".card.found")
    assert axe.violations(page) == []
