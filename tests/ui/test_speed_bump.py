"""The first press on "Allow" is held, once, and only where a person would understand why."""

import pytest

from tests.ui.conftest import Stage
from tests.ui.test_overlay import DECIDE

HELD = "You are about to allow this. Press ‘Allow’ again to allow it."
LISTEN = """(types) => {
  window.heard = [];
  for (const target of [document, document.querySelector('#yes')])
    for (const type of types) target.addEventListener(type, (event) => heard.push(event.type), true);
}"""
TYPES = ["pointerdown", "mousedown", "mouseup", "pointerup", "touchstart", "click", "keydown", "keyup"]


def presses(stage: Stage) -> int:
    """How often the page has taken it for a yes."""
    return int(stage.page.evaluate("window.accepted ?? 0"))


@pytest.fixture
def asked(stage: Stage) -> Stage:
    stage.page.evaluate(
        "() => { document.querySelector('#yes').onclick = () => { window.accepted = (window.accepted ?? 0) + 1; }; }"
    )
    return stage


def test_the_first_press_is_held_and_explained_and_the_second_goes_through(asked: Stage) -> None:
    asked.show()
    asked.page.evaluate(LISTEN, TYPES)
    asked.page.click("#yes")
    assert (presses(asked), asked.page.evaluate("heard")) == (0, [])
    assert HELD in asked.names("StaticText")
    assert asked.names("alert") != []
    asked.page.click("#yes")
    assert presses(asked) == 1
    assert asked.acts == ["accepted"]
    assert {"pointerdown", "mousedown", "click"} <= set(asked.page.evaluate("heard"))


def test_it_is_held_once_and_never_again(asked: Stage) -> None:
    asked.show()
    for _ in range(4):
        asked.page.click("#yes")
    assert presses(asked) == 3
    asked.page.evaluate("harness.act('hidden'); harness.act('shown')")
    asked.page.click("#yes")
    assert presses(asked) == 4


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_press_by_keyboard_is_held_as_well(asked: Stage, key: str) -> None:
    asked.show()
    asked.page.focus("#yes")
    asked.page.keyboard.press(key)
    assert presses(asked) == 0
    assert HELD in asked.names("StaticText")
    asked.page.keyboard.press(key)
    assert presses(asked) == 1


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_control_of_the_pages_own_making_is_held_by_its_key(stage: Stage, key: str) -> None:
    stage.page.evaluate("""() => {
      document.querySelector('#yes').outerHTML = '<div id="yes" role="button" tabindex="0">Allow</div>';
      document.querySelector('#yes').onkeydown = () => window.accepted = (window.accepted ?? 0) + 1;
    }""")
    stage.show()
    stage.page.focus("#yes")
    stage.page.keyboard.press(key)
    assert presses(stage) == 0
    stage.page.keyboard.press(key)
    assert presses(stage) == 1


def test_a_press_on_the_label_of_a_switch_is_held(stage: Stage) -> None:
    stage.page.evaluate(
        "document.querySelector('#yes').outerHTML = '<input type=checkbox id=yes><label for=yes id=label>Allow</label>'"
    )
    stage.show()
    stage.page.click("#label")
    assert not stage.page.is_checked("#yes")
    stage.page.click("#label")
    assert stage.page.is_checked("#yes")


def test_a_form_is_sent_once_by_two_presses(stage: Stage) -> None:
    stage.page.evaluate("""() => {
      const form = document.createElement('form');
      form.onsubmit = (event) => { event.preventDefault(); window.accepted = (window.accepted ?? 0) + 1; };
      document.querySelector('#yes').before(form);
      form.append(document.querySelector('#yes'));
    }""")
    stage.show()
    stage.page.click("#yes")
    assert presses(stage) == 0
    stage.page.click("#yes")
    assert presses(stage) == 1


@pytest.mark.parametrize(
    ("severity", "settings"), [("notice", {}), ("warning", {"speedBump": False})], ids=["a notice", "switched off"]
)
def test_it_is_not_held_where_it_should_not_be(asked: Stage, severity: str, settings: dict[str, bool]) -> None:
    asked.show(severity=severity, settings=settings)
    asked.page.click("#yes")
    assert presses(asked) == 1


def test_the_decline_control_is_never_held(asked: Stage) -> None:
    asked.page.evaluate("() => { document.querySelector('#no').onclick = () => { document.title = 'declined'; }; }")
    asked.show()
    asked.page.click("#no")
    assert asked.page.title() == "declined"
    assert asked.acts == ["declined"]


def test_a_press_by_a_script_is_the_pages_own_business(asked: Stage) -> None:
    asked.show()
    asked.page.evaluate("document.querySelector('#yes').click()")
    assert presses(asked) == 1
    assert asked.acts == []


def test_nothing_is_held_without_the_warning_on_screen(asked: Stage) -> None:
    asked.show_armed()
    asked.press(DECIDE)
    asked.page.evaluate("harness.act('hidden')")
    asked.page.click("#yes")
    assert presses(asked) == 1
    assert asked.acts == ["dismiss", "accepted"]


def test_nothing_is_held_while_the_warning_cannot_be_seen(asked: Stage) -> None:
    asked.show()
    asked.page.evaluate("document.querySelector('rollguard-warning').remove()")
    asked.page.evaluate("document.querySelector('#yes').style.color = 'red'")
    asked.page.evaluate("harness.close()")
    asked.page.click("#yes")
    assert presses(asked) == 1


def test_a_press_that_is_let_go_elsewhere_counts_as_the_first(asked: Stage) -> None:
    asked.show()
    box = asked.box("#yes")
    asked.page.mouse.move(box["x"] + 4, box["y"] + 4)
    asked.page.mouse.down()
    asked.page.mouse.move(5, 5)
    asked.page.mouse.up()
    asked.page.click("#yes")
    assert presses(asked) == 1
