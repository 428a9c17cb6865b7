"""What a person meets: the words, the buttons, the keys, the place."""

import pytest

from tests.ui.conftest import HOST, Stage
from tests.ui.warnings import tables

PRESS = "Press ‘Don't allow’ for me"
DECIDE = "I understand, let me decide"


def _overlaps(one: dict[str, float], other: dict[str, float]) -> bool:
    across = one["x"] < other["x"] + other["width"] and other["x"] < one["x"] + one["width"]
    return across and one["y"] < other["y"] + other["height"] and other["y"] < one["y"] + one["height"]


def test_a_warning_is_one_element_that_names_rule_and_severity(stage: Stage) -> None:
    stage.show()
    host = stage.page.locator(HOST)
    assert host.count() == 1
    assert host.get_attribute("data-rule") == "facebook_cloud_processing"
    assert host.get_attribute("data-severity") == "warning"


def test_it_says_who_wants_what_and_how_to_say_no(stage: Stage) -> None:
    stage.show()
    words = " ".join(stage.names("StaticText"))
    assert "facebook.com wants to upload photos you never posted" in words
    assert "chosen and uploaded to Meta's cloud, again and again" in words
    assert "Creating a Story works without it." in words


def test_sources_and_evidence_are_behind_folds(stage: Stage) -> None:
    stage.show_armed()
    assert stage.names("link") == []
    stage.press("Pictures from your phone", role="DisclosureTriangle")
    assert any("TechCrunch" in name for name in stage.names("link"))
    assert "June 27, 2025" in stage.names("StaticText")
    stage.press("Why am I seeing this?", role="DisclosureTriangle")
    words = stage.names("StaticText")
    assert "upload it to our cloud" in words
    assert "facebook_cloud_processing" in words
    assert "7" in words


def test_the_frame_that_asks_is_named_where_it_is_not_the_page(stage: Stage) -> None:
    stage.show_armed(host="consent.example")
    stage.press("Why am I seeing this?", role="DisclosureTriangle")
    assert any(words.startswith("consent.example, embedded in") for words in stage.names("StaticText"))


@pytest.mark.parametrize(("name", "act"), [(PRESS, "press"), (DECIDE, "dismiss")])
def test_each_button_asks_for_its_act(stage: Stage, name: str, act: str) -> None:
    stage.show_armed()
    stage.press(name)
    assert stage.acts == [act]


def test_dismissing_takes_the_overlay_away(stage: Stage) -> None:
    stage.show_armed()
    stage.press("Close this warning")
    assert stage.count == 0


def test_pressing_for_the_person_leaves_the_overlay_to_go_with_the_dialog(stage: Stage) -> None:
    stage.show_armed()
    stage.press(PRESS)
    assert stage.count == 1


def test_an_uncertain_decline_is_not_offered(stage: Stage) -> None:
    stage.show(certain=False)
    assert not any(name.startswith("Press") for name in stage.names("button"))


def test_the_signal_ends_it(stage: Stage) -> None:
    stage.show()
    stage.page.evaluate("harness.abort()")
    assert stage.count == 0


def test_escape_dismisses_when_the_keyboard_is_in_the_overlay(stage: Stage) -> None:
    stage.show()
    stage.page.keyboard.press("Escape")
    assert (stage.acts, stage.count) == (["dismiss"], 0)


def test_escape_in_a_field_of_the_page_is_the_pages(stage: Stage) -> None:
    stage.page.focus("#name")
    stage.show()
    stage.page.keyboard.press("Escape")
    assert stage.count == 1


def test_escape_in_the_overlay_leaves_a_native_dialog_open(stage: Stage) -> None:
    stage.open(tag="dialog")
    stage.page.evaluate("dialog.showModal()")
    stage.show()
    stage.page.keyboard.press("Escape")
    assert stage.count == 0
    assert stage.page.evaluate("dialog.open")


def test_focus_moves_to_the_warning_and_back(stage: Stage) -> None:
    stage.page.focus("#yes")
    stage.show()
    assert stage.page.evaluate("document.activeElement.localName") == HOST
    stage.page.keyboard.press("Escape")
    assert stage.page.evaluate("document.activeElement.id") == "yes"


def test_focus_stays_in_a_field_that_is_being_typed_in(stage: Stage) -> None:
    stage.page.focus("#name")
    stage.show()
    stage.page.keyboard.type("Ann")
    assert stage.page.input_value("#name") == "Ann"


def test_every_control_is_reached_by_tab_and_pressed_by_enter(stage: Stage) -> None:
    stage.show_armed()
    for _ in range(9):
        stage.page.keyboard.press("Tab")
    stage.page.keyboard.press("Enter")
    assert stage.acts == ["press"]


def test_a_warning_is_an_alertdialog_with_name_and_description(stage: Stage) -> None:
    stage.show()
    (name,) = stage.names("alertdialog")
    assert name == "facebook.com wants to upload photos you never posted"


def test_a_notice_is_a_small_chip_that_opens_on_press(stage: Stage) -> None:
    stage.page.focus("#yes")
    stage.show_armed(severity="notice")
    assert stage.page.evaluate("document.activeElement.id") == "yes"
    assert stage.box()["height"] < 80
    assert stage.names("alertdialog") == []
    stage.press("Details")
    assert stage.box()["height"] > 300
    assert stage.acts == []


def test_targets_are_large_enough_for_a_thumb(stage: Stage) -> None:
    stage.show()
    for name in ("press", "dismiss", "bare"):
        style = stage.style(name)
        assert float(style["height"].removesuffix("px")) >= 44, name
        assert float(style["width"].removesuffix("px")) >= 44, name


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (1024, 700), (800, 600), (390, 844), (320, 500)])
def test_the_dialogs_own_buttons_are_never_covered(stage: Stage, size: tuple[int, int]) -> None:
    stage.page.set_viewport_size({"width": size[0], "height": size[1]})
    stage.show()
    for button in ("#no", "#yes"):
        assert not _overlaps(stage.box(), stage.box(button))


def test_it_follows_the_dialog(stage: Stage) -> None:
    stage.show()
    stage.page.evaluate("dialog.style.left = '40px'; harness.update()")
    assert stage.box()["x"] == stage.box("#dialog")["x"] + 548 + 12


def test_it_follows_the_window(stage: Stage) -> None:
    stage.show()
    stage.page.set_viewport_size({"width": 390, "height": 844})
    stage.page.wait_for_function(f"document.querySelector('{HOST}').getBoundingClientRect().width === 366")


def test_a_fold_makes_room_for_itself(stage: Stage) -> None:
    stage.show_armed()
    before = stage.box()["height"]
    stage.press("Why am I seeing this?", role="DisclosureTriangle")
    stage.page.wait_for_function(f"document.querySelector('{HOST}').getBoundingClientRect().height > {before + 40}")


@pytest.mark.parametrize("language", sorted(tables()))
def test_no_word_is_missing_in_any_language(stage: Stage, language: str) -> None:
    stage.show_armed(language=language)
    said = tables()[language]
    words = " ".join([*stage.names("StaticText"), *stage.names("button")])
    for key in (
        "overlayDeclineHeading",
        "overlayDismiss",
        "overlayMuteHeading",
        "overlayTurnOff",
        "overlayReport",
        "overlayWhy",
    ):
        assert said[key]["message"] in words, key
    assert "$" not in words
    assert all(name.strip() for name in stage.names("button"))
