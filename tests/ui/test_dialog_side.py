"""What happens at the dialog itself: words are marked, the way out is pointed at, and all stays as the page made it."""

import pytest

from tests.ui.conftest import Stage

MARKED = """() => [...CSS.highlights.get('rollguard-words') ?? []].map(String)"""
SHOW = "Show me where to decline"
HERE = "You can decline here"
POINTER = "rollguard-pointer"


def test_the_decisive_words_are_marked_in_place_and_nothing_of_the_page_changes(stage: Stage) -> None:
    plain = stage.page.locator("#dialog p").screenshot()
    before = stage.page.evaluate("document.documentElement.outerHTML")
    stage.show()
    assert stage.page.evaluate(MARKED) == ["camera roll"]
    assert stage.page.locator("#dialog p").screenshot() != plain
    stage.page.evaluate("harness.act('hidden'); harness.close()")
    assert stage.page.evaluate("document.documentElement.outerHTML") == before
    assert stage.page.evaluate("[CSS.highlights.size, document.adoptedStyleSheets.length]") == [0, 0]
    assert stage.page.locator("#dialog p").screenshot() == plain


def test_the_marks_end_with_the_signal(stage: Stage) -> None:
    stage.show()
    stage.page.evaluate("harness.abort()")
    assert stage.page.evaluate("CSS.highlights.size") == 0


def test_words_in_a_shadow_root_are_marked_there(stage: Stage) -> None:
    stage.page.evaluate("""() => {
      const words = document.querySelector('#dialog p');
      const room = document.createElement('div');
      words.replaceWith(room);
      window.room = room.attachShadow({ mode: 'open' });
      window.room.append(words);
      const dialog = document.querySelector('#dialog');
      const find = dialog.querySelector.bind(dialog);
      dialog.querySelector = (selector) => find(selector) ?? window.room.querySelector(selector);
    }""")
    stage.show()
    assert stage.page.evaluate(MARKED) == ["camera roll"]
    assert stage.page.evaluate("[room.adoptedStyleSheets.length, document.adoptedStyleSheets.length]") == [1, 0]


def test_nothing_is_marked_where_that_is_switched_off_or_not_lent(stage: Stage) -> None:
    stage.show(settings={"highlight": False})
    assert stage.page.evaluate("CSS.highlights.size") == 0
    stage.page.evaluate("delete window.Highlight")
    stage.show()
    assert (stage.count, stage.page.evaluate("CSS.highlights.size")) == (1, 0)


def test_an_uncertain_decline_is_pointed_at_and_not_pressed(stage: Stage) -> None:
    stage.page.evaluate("() => { document.querySelector('#no').onclick = () => { document.title = 'pressed'; }; }")
    stage.show_armed(certain=False)
    stage.press(SHOW)
    assert HERE in stage.names("StaticText")
    control = stage.box("#no")
    x, y = control["x"] + control["width"] / 2, control["y"] + control["height"] / 2
    assert stage.page.evaluate("([x, y]) => document.elementFromPoint(x, y).id", [x, y]) == "no"
    assert stage.page.title() == "A page"
    assert stage.count == 1


def test_a_decline_out_of_sight_is_scrolled_into_it(stage: Stage) -> None:
    stage.page.evaluate("""() => {
      dialog.style.overflow = 'auto';
      document.querySelector('#no').style.marginTop = '900px';
    }""")
    stage.show_armed(certain=False)
    stage.press(SHOW)
    stage.page.wait_for_function("""() => {
      const { top, bottom } = document.querySelector('#no').getBoundingClientRect();
      return top >= 150 && bottom <= 470;
    }""")


@pytest.mark.parametrize("end", ["harness.act('hidden')", "harness.abort()", "document.querySelector('#no').remove()"])
def test_pointing_ends_with_the_dialog_or_the_warning(stage: Stage, end: str) -> None:
    stage.show_armed(certain=False)
    stage.press(SHOW)
    assert stage.page.locator(POINTER).count() == 1
    stage.page.evaluate(end)
    stage.page.wait_for_function(f"document.querySelector('{POINTER}') === null", timeout=4_000)


def test_pointing_ends_by_itself(stage: Stage) -> None:
    stage.show_armed(certain=False)
    stage.press(SHOW)
    stage.page.wait_for_function(f"document.querySelector('{POINTER}') === null", timeout=12_000)


def test_without_any_decline_there_is_nothing_to_point_at(stage: Stage) -> None:
    stage.show(decline=None)
    assert stage.names("button")[-1] == "I understand, let me decide"
    assert not any("decline" in name for name in stage.names("button"))
