"""Pages that fight the overlay, or merely get in its way."""

import pytest
from playwright.sync_api import Browser

from tests.ui.conftest import HOST, Stage
from tests.ui.test_overlay import DECIDE, PRESS

ON_TOP = f"""(() => {{
  const host = document.querySelector('{HOST}');
  const {{ left, top, width, height }} = host.getBoundingClientRect();
  const seen = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]]
    .map(([x, y]) => document.elementFromPoint(left + width * x, top + height * y));
  return host.matches(':popover-open') && seen.every((each) => each === host);
}})()"""

HOSTILE_CSS = """<style>
  * { all: unset !important; display: none !important; }
  html, body, #dialog { display: block !important; }
  #dialog button { display: inline-block !important; }
  rollguard-warning {
    display: none !important; visibility: hidden !important; opacity: 0 !important; filter: opacity(0) !important;
    left: -9999px !important; width: 0 !important; transform: scale(0) !important; clip-path: inset(50%) !important;
    pointer-events: none !important; zoom: .1 !important;
    animation: away 1s infinite !important; transition: all 99s !important;
  }
  @keyframes away { from, to { transform: translate(-9999px); opacity: 0; } }
</style>"""


def test_it_is_above_a_modal_dialog_and_can_be_pressed_there(stage: Stage) -> None:
    stage.open(tag="dialog")
    stage.page.evaluate("dialog.showModal()")
    stage.show_armed()
    assert stage.page.evaluate(ON_TOP)
    stage.press(PRESS)
    assert stage.acts == ["press"]


def test_it_moves_into_a_modal_dialog_that_opens_later(stage: Stage) -> None:
    stage.show()
    stage.page.evaluate("""() => {
      const later = document.createElement('dialog');
      later.textContent = 'later';
      later.style.cssText = 'width: 100vw; height: 100vh; max-width: none; max-height: none';
      document.body.append(later); later.showModal();
    }""")
    stage.page.wait_for_function(ON_TOP)
    stage.arm()
    stage.press(DECIDE)
    assert stage.acts == ["dismiss"]


def test_it_comes_back_above_a_later_popover(stage: Stage) -> None:
    stage.show()
    stage.page.evaluate("""() => {
      const later = document.createElement('div');
      later.popover = 'manual'; later.style.cssText = 'width: 100vw; height: 100vh; margin: 0';
      document.body.append(later); later.showPopover();
    }""")
    stage.page.wait_for_function(ON_TOP)


def test_the_highest_z_index_does_not_cover_it(stage: Stage) -> None:
    stage.page.evaluate("""() => {
      const cover = document.createElement('div');
      cover.style.cssText = 'position: fixed; inset: 0; z-index: 2147483647; background: red';
      document.documentElement.append(cover);
    }""")
    stage.show()
    assert stage.page.evaluate(ON_TOP)


def test_styles_of_the_page_do_not_touch_it(stage: Stage) -> None:
    stage.show()
    calm = {name: stage.style(name) for name in ("root", "press")}
    stage.page.evaluate("harness.close()")
    stage.open(head=HOSTILE_CSS)
    stage.show_armed()
    assert stage.page.evaluate(ON_TOP)
    properties = ("color", "background-color", "font-size", "font-family", "display", "opacity", "padding-left")
    for name, style in calm.items():
        assert {key: stage.style(name)[key] for key in properties} == {key: style[key] for key in properties}
    stage.press(DECIDE)
    assert stage.acts == ["dismiss"]


def test_a_transformed_and_transparent_root_does_not_move_or_fade_it(stage: Stage) -> None:
    stage.page.evaluate(
        "document.documentElement.style.cssText = 'transform: translateX(500px) scale(.5); opacity: .01'"
    )
    stage.show()
    box = stage.box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1440
    assert stage.page.evaluate(ON_TOP)


def test_clicks_made_by_scripts_are_ignored(stage: Stage) -> None:
    stage.show_armed()
    x, y = stage.middle("button", PRESS)
    stage.page.evaluate(
        """([selector, clientX, clientY]) => {
          const host = document.querySelector(selector);
          host.click();
          for (const type of ['pointerdown', 'mousedown', 'mouseup', 'click'])
            host.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, detail: 1, clientX, clientY }));
          host.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
        }""",
        [HOST, x, y],
    )
    assert (stage.acts, stage.count) == ([], 1)


def test_a_press_that_comes_too_soon_does_nothing(stage: Stage) -> None:
    stage.show()
    stage.press(PRESS)
    assert stage.acts == []


def test_a_press_right_after_it_moved_does_nothing(stage: Stage) -> None:
    stage.show_armed()
    stage.page.evaluate("dialog.style.left = '40px'; harness.update()")
    stage.press(PRESS)
    assert stage.acts == []
    stage.arm()
    stage.press(PRESS)
    assert stage.acts == ["press"]


def test_the_page_cannot_look_inside(stage: Stage) -> None:
    stage.show()
    assert stage.page.evaluate(f"document.querySelector('{HOST}').shadowRoot") is None
    assert stage.page.evaluate(f"document.querySelector('{HOST}').textContent") == ""


def test_a_page_that_defines_our_tag_gets_no_hand_on_it(stage: Stage) -> None:
    stage.page.evaluate(f"""customElements.define('{HOST}', class extends HTMLElement {{
      constructor() {{ super(); window.hand = this.attachInternals(); }}
    }})""")
    stage.show_armed()
    assert stage.page.evaluate("window.hand.shadowRoot") is None
    stage.press(PRESS)
    assert stage.acts == ["press"]


def test_a_page_cannot_cancel_its_showing(stage: Stage) -> None:
    stage.page.evaluate("document.addEventListener('beforetoggle', (event) => event.preventDefault(), true)")
    stage.show()
    assert stage.page.evaluate(ON_TOP)


def test_it_comes_back_when_the_page_draws_itself_anew(stage: Stage) -> None:
    stage.show()
    stage.page.evaluate(f"document.querySelector('{HOST}').remove()")
    stage.page.wait_for_selector(HOST, state="visible")
    assert stage.page.evaluate(ON_TOP)


def test_it_does_not_fight_a_page_that_removes_it_for_ever(stage: Stage) -> None:
    stage.show()
    removals = stage.page.evaluate(f"""new Promise((done) => {{
      let removals = 0;
      const remove = () => {{
        const host = document.querySelector('{HOST}');
        if (host === null || removals >= 200) return;
        removals += 1;
        host.remove();
      }};
      new MutationObserver(remove).observe(document.body, {{ childList: true }});
      remove();
      setTimeout(() => done(removals), 1000);
    }})""")
    assert 2 <= removals <= 25


def test_a_dialog_that_closes_on_outside_presses_stays_open(stage: Stage) -> None:
    stage.page.evaluate("""() => {
      for (const type of ['pointerdown', 'mousedown', 'click', 'focusin'])
        document.addEventListener(type, (event) => { if (!dialog.contains(event.target)) dialog.remove(); }, true);
    }""")
    stage.show_armed()
    stage.press("Why am I seeing this?", role="DisclosureTriangle")
    stage.arm()
    stage.press(PRESS)
    assert stage.acts == ["press"]
    assert stage.page.locator("#dialog").count() == 1


def test_a_focus_trap_does_not_pull_the_keyboard_back(stage: Stage) -> None:
    stage.page.evaluate("""() => {
      const yes = document.querySelector('#yes');
      yes.focus();
      document.addEventListener('focusin', (event) => { if (!dialog.contains(event.target)) yes.focus(); }, true);
      document.addEventListener('focusout', (event) => {
        if (event.relatedTarget && !dialog.contains(event.relatedTarget)) yes.focus();
      }, true);
    }""")
    stage.show_armed()
    assert stage.page.evaluate("document.activeElement.localName") == HOST
    stage.page.keyboard.press("Tab")
    stage.page.keyboard.press("Enter")
    assert stage.acts == ["dismiss"]


def test_it_needs_no_leave_of_a_strict_content_security_policy(browser: Browser, harness: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    policy = "default-src 'none'; require-trusted-types-for 'script'"
    body = "<!doctype html><title>Strict</title><div id=dialog role=dialog>Allow?<button>No</button></div>"
    page.route(
        "https://strict.example/",
        lambda route: route.fulfill(body=body, content_type="text/html", headers={"Content-Security-Policy": policy}),
    )
    page.goto("https://strict.example/")
    stage = Stage(page, harness)
    page.evaluate(harness)
    stage.show_armed()
    assert stage.style("press")["background-color"] == "rgb(15, 107, 92)"
    stage.press(DECIDE)
    assert stage.acts == ["dismiss"]
    page.context.close()


@pytest.mark.parametrize(
    "focusable", ["textarea", "div contenteditable", "div role=textbox tabindex=0", "x-field tabindex=0"]
)
def test_no_kind_of_text_field_loses_the_keyboard(stage: Stage, focusable: str) -> None:
    stage.page.evaluate(
        "tag => { story.innerHTML = `<${tag} id=typed></${tag.split(' ')[0]}>`; typed.focus(); }", focusable
    )
    stage.show()
    assert stage.page.evaluate("document.activeElement.id") == "typed"


def test_a_page_without_constructed_sheets_gets_a_style_element(stage: Stage) -> None:
    stage.page.evaluate("() => { window.CSSStyleSheet = function () { throw new TypeError('refused'); }; }")
    stage.show()
    assert stage.style("press")["background-color"] == "rgb(15, 107, 92)"
    assert stage.box()["width"] == 384
