"""What the options page says and does: settings, language, sites, mutes, files, sync, an administrator's word."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from tests.axe import violations
from tests.ui.options_stage import OptionsStage, entry, mute
from tests.ui.warnings import tables

FULL: dict[str, Any] = {
    "mutes": [
        mute(1),
        mute(2, scope="rule", rule="photo_consent"),
        mute(3, scope="week", until="2999-01-01T00:00:00.000Z"),
    ],
    "ledger": [entry(1), entry(2, choice="accepted", host="frame.example"), entry(3, severity="notice")],
    "managed": ["speedBump", "mutesForbidden", "mutedSites"],
    "mutedSites": ["intern.example"],
    "notes": ["Syncing failed."],
}


def test_a_switch_says_what_it_does_and_tells_the_worker(options: OptionsStage) -> None:
    options.draw()
    bump = options.page.get_by_role("switch", name="Ask me to press Allow twice", exact=True)
    expect(bump).to_be_checked()
    expect(bump).to_have_accessible_description(re.compile("The first press .* is held"))
    bump.press("Space")
    assert options.asked == [["change", {"speedBump": False}]]
    expect(bump).not_to_be_checked()
    expect(bump).to_be_focused()


def test_what_an_administrator_has_fixed_cannot_be_turned_and_says_why(options: OptionsStage) -> None:
    options.draw(
        managed=["speedBump", "language", "mutesForbidden", "mutedSites", "new"], mutedSites=["intern.example"]
    )
    bump = options.page.get_by_role("switch", name="Ask me to press Allow twice")
    expect(bump).to_be_disabled()
    expect(bump).to_have_accessible_description(re.compile("Set by your administrator"))
    bump.focus()
    options.page.keyboard.press("Space")
    expect(bump).to_be_checked()
    assert options.asked == []
    expect(options.page.get_by_role("combobox", name="Language")).to_be_disabled()
    said = options.section("managed").inner_text()
    for words in ("Ask me to press Allow twice\nOn", "Muting warnings\nOff", "intern.example", "new"):
        assert words in said


def test_notifications_are_asked_for_at_a_press_and_can_be_given_back(options: OptionsStage) -> None:
    options.draw()
    notify = options.page.get_by_role("switch", name="Notify me")
    expect(notify).not_to_be_checked()
    notify.press("Space")
    expect(notify).to_be_checked()
    notify.press("Space")
    expect(notify).not_to_be_checked()
    assert options.asked == [["notify", True], ["notify", False]]


def test_nobody_manages_this_browser_is_no_section(options: OptionsStage) -> None:
    options.draw()
    expect(options.section("managed")).to_be_hidden()


def test_every_language_is_offered_in_its_own_name(options: OptionsStage) -> None:
    options.draw()
    select = options.page.get_by_role("combobox", name="Language")
    named = select.locator("option").all_inner_texts()
    assert len(named) == len(tables()) + 1
    assert {"Deutsch", "Français", "Español"} <= set(named)
    select.select_option("de")
    assert options.asked == [["change", {"language": "de"}]]


def test_watched_sites_are_named_as_people_know_them_and_those_allowed_can_be_taken_back(options: OptionsStage) -> None:
    options.draw()
    sites = options.section("sites")
    sites.get_by_text("Watched from the start: 2").click()
    assert sites.locator(".sites li").all_inner_texts() == ["facebook.com", "photos.google.com"]
    sites.get_by_role("button", name="Stop watching: news.example").click()
    assert options.asked == [["revoke", "https://news.example/*"]]
    expect(sites.get_by_text("You have not allowed any other site.")).to_be_visible()
    expect(sites.get_by_role("link", name="Watch every site")).to_be_focused()
    expect(options.page.get_by_role("status").last).to_have_text("No longer watched: news.example")


def test_who_watches_every_site_is_not_asked_for_it(options: OptionsStage) -> None:
    options.draw(sites={"builtIn": ["https://a.example/*"], "granted": ["*://*/*"], "isNotifying": False})
    sites = options.section("sites")
    expect(sites.get_by_role("button", name="Stop watching: Every site")).to_be_visible()
    expect(sites.get_by_role("link", name="Watch every site")).to_be_hidden()


def test_settings_and_mutes_leave_as_a_file_without_the_ledger(options: OptionsStage) -> None:
    options.draw(**FULL)
    saved = json.loads(options.saved_by("Export settings and mutes"))
    assert len(saved["mutes"]) == 3
    assert saved["settings"]["speedBump"] is True
    assert "ledger" not in saved
    assert "frame.example" not in json.dumps(saved)


def choose(options: OptionsStage, content: bytes) -> None:
    file = FilePayload(name="rollguard.json", mimeType="application/json", buffer=content)
    options.page.get_by_label("Choose a file to import").set_input_files(files=[file])


def test_a_chosen_file_is_read_and_the_end_is_said(options: OptionsStage) -> None:
    options.draw()
    choose(options, b"{}")
    expect(options.page.get_by_role("status").last).to_have_text("Imported.")
    assert options.asked == [["load", "{}"]]
    expect(options.section("files").get_by_role("alert")).to_be_empty()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no JSON", "It is no file of Rollguard."),
        (b"\x89PNG\xff\xfe", "It cannot be read as text."),
        (b"{" + b" " * 4_000_000, "It is larger than any file"),
    ],
)
def test_a_file_that_is_refused_says_why_and_can_be_followed_by_a_better_one(
    options: OptionsStage, content: bytes, reason: str
) -> None:
    options.draw()
    choose(options, content)
    refusal = options.section("files").get_by_role("alert")
    expect(refusal).to_contain_text("This file was not imported. Nothing was changed.")
    expect(refusal).to_contain_text(reason)
    choose(options, b"{}")
    expect(refusal).to_be_empty()


def test_a_file_can_be_dropped(options: OptionsStage) -> None:
    options.draw()
    options.page.locator(".drop").evaluate("""drop => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(["{}"], "rollguard.json"));
        drop.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    }""")
    expect(options.page.get_by_role("status").last).to_have_text("Imported.")


def test_what_is_not_as_it_should_be_stands_at_the_top(options: OptionsStage) -> None:
    options.draw(notes=["Syncing failed."])
    expect(options.page.locator("#notes")).to_have_text("Syncing failed.")


LOOKS: list[dict[str, Any]] = [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}, {"contrast": "more"}]


@pytest.mark.parametrize("width", [320, 900])
@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, options_harness: str, look: dict[str, Any], width: int, direction: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, **look)
    options = OptionsStage(page, options_harness)
    options.draw(**FULL)
    page.evaluate("direction => document.documentElement.dir = direction", direction)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()


@pytest.mark.parametrize("language", sorted(tables()))
def test_no_word_of_the_options_is_missing_in_any_language(options: OptionsStage, language: str) -> None:
    options.draw(language=language, **FULL)
    assert "$" not in options.page.inner_text("#options")
    assert "undefined" not in options.page.inner_text("#options")
    for key in ("optionsWarnings", "optionsMutes", "ledgerHeading", "optionsPrivacy1"):
        assert tables()[language][key]["message"] in options.page.inner_text("#options")
