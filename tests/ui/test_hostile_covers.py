"""Pages that lay something over the overlay, take it out of reach, or race it for the top."""

import pytest

from tests.ui.conftest import HOST, Stage
from tests.ui.test_hostile_pages import ON_TOP
from tests.ui.test_overlay import DECIDE, PRESS

COVER = """(how) => {
  const cover = document.createElement(how.tag);
  const full = 'position: fixed; inset: 0; width: 100vw; height: 100vh; margin: 0; border: 0; background: red;';
  cover.style.cssText = full + how.style;
  cover.popover = 'manual';
  document.body.append(cover);
  cover.showPopover();
}"""


@pytest.mark.parametrize("how", [{"tag": "iframe", "style": ""}, {"tag": "iframe", "style": "pointer-events: none"}])
def test_a_frame_laid_over_it_does_not_get_a_press_through(stage: Stage, how: dict[str, str]) -> None:
    stage.show_armed()
    place = stage.middle("button", PRESS)
    stage.page.evaluate(COVER, how)
    stage.page.wait_for_timeout(300)
    stage.page.mouse.click(*place)
    assert stage.acts == []
    stage.page.wait_for_function(ON_TOP)
    stage.page.wait_for_timeout(900)
    stage.press(PRESS)
    assert stage.acts == ["press"]


def test_a_page_that_races_for_the_top_loses_or_ties_and_never_gets_a_press_through(stage: Stage) -> None:
    stage.show_armed()
    stage.page.evaluate("""() => {
      const rival = document.createElement('div');
      rival.popover = 'manual'; rival.style.cssText = 'width: 100vw; height: 100vh; margin: 0; opacity: .01';
      document.body.append(rival);
      let rounds = 0;
      const race = () => {
        if (rounds++ > 40) { window.isOver = true; return; }
        if (rival.matches(':popover-open')) rival.hidePopover();
        rival.showPopover();
        requestAnimationFrame(race);
      };
      race();
    }""")
    stage.page.mouse.click(*stage.middle("button", PRESS))
    assert stage.acts == []
    stage.page.wait_for_function("window.isOver")
    stage.page.wait_for_function(ON_TOP)
    stage.page.wait_for_timeout(900)
    stage.press(PRESS)
    assert stage.acts == ["press"]


@pytest.mark.parametrize("spoiler", ["inert", "hidden", "aria-hidden"])
@pytest.mark.parametrize("where", [HOST, "body"])
def test_no_attribute_takes_it_out_of_reach(stage: Stage, spoiler: str, where: str) -> None:
    stage.show()
    stage.page.evaluate(
        """([where, spoiler]) => {
          document.querySelector(where).setAttribute(spoiler, 'true');
          document.querySelector('#dialog').dispatchEvent(new Event('scroll'));
        }""",
        [where, spoiler],
    )
    stage.page.wait_for_timeout(100)
    stage.arm()
    assert stage.page.evaluate(ON_TOP)
    assert stage.names("alertdialog") != []
    stage.press(DECIDE)
    assert stage.acts == ["dismiss"]


def test_siblings_out_of_reach_leave_it_alone(stage: Stage) -> None:
    stage.page.evaluate("""() => {
      for (const each of document.body.children)
        if (each.id !== 'dialog') { each.inert = true; each.setAttribute('aria-hidden', 'true'); }
    }""")
    stage.show_armed()
    stage.press(PRESS)
    assert stage.acts == ["press"]
    stage.page.focus("#no")
    assert stage.page.evaluate("document.activeElement.id") == "no"


@pytest.mark.parametrize(
    "style",
    [
        "filter: blur(9px) opacity(0)",
        "transform: rotate(180deg) scale(.1)",
        "perspective: 1px; contain: strict; overflow: hidden; height: 0",
        "zoom: .2",
    ],
)
def test_what_is_done_to_the_root_does_not_reach_it(stage: Stage, style: str) -> None:
    stage.page.evaluate("style => document.documentElement.style.cssText = style", style)
    stage.show_armed()
    assert stage.page.evaluate(ON_TOP)
    stage.press(PRESS)
    assert stage.acts == ["press"]


def test_a_page_that_removes_it_for_ever_is_told_of_once(stage: Stage) -> None:
    stage.show()
    stage.page.evaluate(f"""() => {{
      const remove = () => document.querySelector('{HOST}')?.remove();
      new MutationObserver(remove).observe(document.body, {{ childList: true }});
      document.querySelector('{HOST}').remove();
    }}""")
    stage.page.wait_for_function("document.documentElement.dataset.acts?.includes('removed')")
    stage.page.evaluate("harness.update(); harness.update()")
    assert stage.acts == ["removed"]
    assert stage.count == 0
