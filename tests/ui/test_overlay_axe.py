"""axe-core and the accessibility tree: what the overlay says to those who do not see it."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.axe import violations
from tests.ui.conftest import HOST, Stage

KEPT = Path(__file__).parent / "accessibility"
MODES: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "zoomed": {"viewport": {"width": 320, "height": 256}},
}
FOLDS = ("Pictures from your phone", "Already allowed it?", "Why am I seeing this?", "Mute", "Report a mistake")
# axe cannot enter a closed root: for these runs alone every root is open.
OPEN_ROOTS = """() => {
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: 'open' }); };
}"""
# A fold that opens moves what stands below it, at the next frame.
SETTLED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
OPEN_FOLDS = f"count => document.querySelector('{HOST}').shadowRoot.querySelectorAll('[open]').length === count"
# The page around it is a test's, and has no landmarks.
OURS = re.compile(rf"{HOST}|rollguard-undo|rollguard-pointer")


def findings(stage: Stage) -> list[str]:
    return [found for found in violations(stage.page) if OURS.search(found)]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("severity", ["warning", "notice"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_axe_finds_nothing(browser: Browser, harness: str, mode: str, severity: str, direction: str) -> None:
    setting: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"} | MODES[mode]
    page = browser.new_context(**setting).new_page()
    stage = Stage(page, harness)
    stage.open()
    page.evaluate(OPEN_ROOTS)
    stage.show_armed(severity=severity, direction=direction, asymmetry=["muted_decline", "pre_ticked"])
    assert findings(stage) == []
    if severity == "notice":
        stage.press("Details")
    for count, fold in enumerate(FOLDS, 1):
        page.evaluate(SETTLED)
        stage.press(fold, role="DisclosureTriangle")
        page.wait_for_function(OPEN_FOLDS, arg=count)
    page.evaluate(SETTLED)
    assert findings(stage) == []
    page.click("#yes")
    assert findings(stage) == []
    stage.arm()
    stage.press("This site")
    stage.page.wait_for_function("document.querySelector('rollguard-undo')")
    assert findings(stage) == []
    page.context.close()


def test_axe_sees_what_it_is_shown(stage: Stage) -> None:
    stage.page.evaluate(OPEN_ROOTS)
    stage.show()
    stage.page.evaluate(
        f"document.querySelector('{HOST}').shadowRoot.querySelector('.bare').removeAttribute('aria-label')"
    )
    stage.page.evaluate(f"document.querySelector('{HOST}').shadowRoot.querySelector('.bare').removeAttribute('title')")
    assert any(found.startswith("button-name") for found in findings(stage))


@pytest.mark.parametrize("severity", ["warning", "notice"])
def test_the_accessibility_tree_is_the_kept_one(stage: Stage, severity: str) -> None:
    """Changed on purpose? Remove the kept file, run again, read what was written."""
    stage.show_armed(severity=severity)
    kept = KEPT / f"{severity}.txt"
    spoken = "\n".join(stage.spoken()) + "\n"
    if not kept.is_file():
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(spoken, "utf-8")
    assert spoken == kept.read_text("utf-8")


def test_a_keyboard_alone_is_enough(stage: Stage) -> None:
    """From a warning to its proof, to a mute, back again, and to the dialog's own way out."""
    page = stage.page
    page.focus("#yes")
    stage.show_armed()

    def go_to(name: str) -> None:
        for _ in range(20):
            page.keyboard.press("Tab")
            if stage.focused() == name:
                return
        pytest.fail(f"the keyboard never comes to {name!r}")

    go_to("Why am I seeing this?")
    page.keyboard.press("Enter")
    assert "Rule" in stage.names("StaticText")
    go_to("Mute")
    page.keyboard.press("Space")
    stage.arm()
    go_to("This rule on this site")
    page.keyboard.press("Enter")
    assert (stage.acts, stage.count, stage.focused()) == (["mute-rule"], 0, "Undo")
    page.keyboard.press("Enter")
    assert stage.acts == ["mute-rule", "undo-rule"]
    stage.show_armed()
    go_to("Press ‘Don't allow’ for me")
    page.keyboard.press("Enter")
    assert stage.acts[-1] == "press"
    page.keyboard.press("Escape")
    assert (stage.acts[-1], stage.count) == ("dismiss", 0)
