"""Ways to see no more of it, the way back, and a report that goes nowhere by itself."""

import pytest

from tests.ui.conftest import Stage

FOLD = "DisclosureTriangle"
UNDO = "rollguard-undo"
REPORT = """\
rule: facebook_cloud_processing
rules version: 7
verdict: warning
language: en
words: "camera roll", "upload it to our cloud", "on an ongoing basis"
accept: "Allow"
decline: "Don't allow"
choice: muted_decline
host: www.facebook.com"""
REACHES = {
    "This dialog": "dismiss",
    "This wording, until it changes": "mute-wording",
    "This rule on this site": "mute-rule",
    "This site, for a week": "mute-week",
    "This site": "mute-site",
}


def mute(stage: Stage, reach: str) -> None:
    stage.press("Mute", role=FOLD)
    stage.arm()
    stage.press(reach)


@pytest.mark.parametrize(("reach", "act"), REACHES.items())
def test_each_reach_of_muting_is_asked_for_and_can_be_undone(stage: Stage, reach: str, act: str) -> None:
    stage.show_armed()
    stage.press("Mute", role=FOLD)
    stage.arm()
    stage.press(reach)
    undone = "undo-" + act.removeprefix("mute-")
    assert (stage.acts, stage.count) == ([act], 0)
    stage.page.wait_for_timeout(50)
    assert f"Muted: {reach}" in stage.names("StaticText")
    stage.press("Undo")
    assert stage.acts == [act, undone]
    assert stage.page.locator(UNDO).count() == 0


def test_what_was_muted_is_said_to_screen_readers_without_taking_the_keyboard(stage: Stage) -> None:
    stage.page.focus("#name")
    stage.show_armed()
    mute(stage, "This rule")
    stage.page.wait_for_timeout(50)
    assert stage.names("status") != []
    assert stage.page.evaluate("document.activeElement.localName") != UNDO


def test_muting_by_keyboard_leads_the_keyboard_to_undo(stage: Stage) -> None:
    stage.page.focus("#yes")
    stage.show_armed()
    stage.press("Mute", role=FOLD)
    stage.arm()
    stage.page.keyboard.press("Tab")
    stage.page.keyboard.press("Enter")
    assert stage.page.evaluate("document.activeElement.localName") == UNDO
    stage.page.keyboard.press("Enter")
    assert stage.acts == ["dismiss", "undo-dismiss"]


def test_the_line_goes_by_itself_but_not_from_under_the_pointer(stage: Stage) -> None:
    stage.show_armed()
    mute(stage, "This rule")
    stage.page.mouse.move(*stage.middle("button", "Undo"))
    stage.page.wait_for_timeout(9_000)
    assert stage.page.locator(UNDO).count() == 1
    stage.page.mouse.move(5, 700)
    stage.page.wait_for_function(f"document.querySelector('{UNDO}') === null", timeout=3_000)


def test_a_new_warning_takes_the_lines_place(stage: Stage) -> None:
    stage.show_armed()
    mute(stage, "This rule")
    stage.show()
    assert (stage.page.locator(UNDO).count(), stage.count) == (0, 1)


def test_a_report_is_a_preview_that_is_sent_nowhere(stage: Stage) -> None:
    asked: list[str] = []
    stage.page.on("request", lambda request: asked.append(request.url))
    stage.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stage.show_armed(asymmetry=["muted_decline"])
    stage.press("Report a mistake", role=FOLD)
    said = "This is all that a report says. Nothing is sent: copy it and pass it on yourself."
    assert said in stage.names("StaticText")
    (report,) = [
        node["value"]["value"] for node in stage.tree() if node.get("name", {}).get("value") == "Text of the report"
    ]
    assert report == REPORT
    stage.arm()
    stage.press("Copy")
    stage.page.wait_for_timeout(100)
    assert "Copied" in stage.names("button")
    assert asked == []
    assert stage.acts == []


def test_how_a_dialog_asks_is_part_of_the_proof(stage: Stage) -> None:
    stage.show_armed(asymmetry=["no_decline", "muted_decline", "pre_ticked"])
    stage.press("Why am I seeing this?", role=FOLD)
    words = stage.names("StaticText")
    assert "There is no button to say no." in words
    assert "The way to say no is harder to see than the way to say yes." in words
    assert "Something is switched on before you have chosen." in words
    assert {"Kind", "Warning"} <= set(words)
