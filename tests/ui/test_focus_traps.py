"""Three libraries that keep the keyboard inside their dialogs: ours is usable beside them, and so is theirs."""

import pytest
from playwright.sync_api import expect

from rollguard.build.bundler import bundle
from tests.ui.conftest import HOST, Stage
from tests.ui.test_hostile_pages import ON_TOP
from tests.ui.test_overlay import PRESS

LIBRARIES = ["focusTrap", "bootstrap", "headless"]


@pytest.fixture(scope="session")
def traps(tmp_path_factory: pytest.TempPathFactory) -> str:
    return bundle("tests/ui/traps.ts", tmp_path_factory.mktemp("traps"))


@pytest.fixture(params=LIBRARIES)
def trapped(request: pytest.FixtureRequest, stage: Stage, traps: str) -> Stage:
    """The keyboard is in the library's dialog, and kept there."""
    page = stage.page
    page.evaluate(traps)
    page.evaluate("name => traps[name]()", request.param)
    page.wait_for_function("document.querySelector('#dialog')?.contains(document.activeElement)")
    if request.param != "headless":  # it makes the rest of its own tree inert, and leaves the page's fields alone
        page.evaluate("document.querySelector('#name').focus()")
        assert page.evaluate("document.querySelector('#dialog').contains(document.activeElement)")
    return stage


def test_the_warning_is_seen_and_pressed_by_mouse(trapped: Stage) -> None:
    trapped.show_armed()
    assert trapped.page.evaluate(ON_TOP)
    trapped.press("Why am I seeing this?", role="DisclosureTriangle")
    trapped.arm()
    trapped.press(PRESS)
    assert trapped.acts == ["press"]
    assert trapped.page.locator("#yes").is_visible()


def test_the_warning_is_worked_by_keyboard_alone(trapped: Stage) -> None:
    trapped.show_armed()
    page = trapped.page
    assert page.evaluate("document.activeElement.localName") == HOST
    for _ in range(9):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.localName") == HOST
    page.keyboard.press("Enter")
    assert trapped.acts == ["press"]


def test_escape_ends_the_warning_and_leaves_the_dialog(trapped: Stage) -> None:
    trapped.show_armed()
    trapped.page.keyboard.press("Escape")
    assert (trapped.acts, trapped.count) == (["dismiss"], 0)
    expect(trapped.page.locator("#yes")).to_be_visible()
    assert trapped.page.evaluate("document.querySelector('#dialog').contains(document.activeElement)")


def test_the_librarys_dialog_stays_usable_beside_the_warning(trapped: Stage) -> None:
    trapped.show_armed(settings={"speedBump": False})
    page = trapped.page
    page.evaluate("document.querySelector('#no').addEventListener('click', () => document.title = 'declined')")
    page.click("#no")
    assert page.title() == "declined"
    assert trapped.count == 1
    assert trapped.acts == ["declined"]
