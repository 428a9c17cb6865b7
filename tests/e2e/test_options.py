"""The options page inside the real extension, with its real worker behind it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.axe import violations
from tests.e2e.conftest import Browser
from tests.ui.options_stage import entry, mute
from tests.ui.warnings import tables


@pytest.fixture
def options(watching_all: Browser) -> Iterator[Page]:
    page = watching_all.context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"chrome-extension://{watching_all.extension_id}/options.html")
    expect(page.get_by_role("heading", name="Private ledger")).to_be_visible()
    yield page
    page.evaluate("chrome.storage.local.remove(['settings', 'mutes', 'ledger'])")
    page.close()
    assert errors == []


def test_a_switch_stays_as_it_was_put(options: Page) -> None:
    bump = options.get_by_role("switch", name="Ask me to press Allow twice")
    bump.press("Space")
    expect(bump).not_to_be_checked()
    options.reload()
    expect(bump).not_to_be_checked()


def test_the_browser_opens_it_as_the_options_in_a_tab(options: Page) -> None:
    manifest = options.evaluate("chrome.runtime.getManifest().options_ui")
    assert manifest == {"page": "options.html", "open_in_tab": True}
    expect(options).to_have_title("Rollguard: Options")


def test_the_page_speaks_the_chosen_language_at_once_and_the_browsers_again(options: Page) -> None:
    options.get_by_role("combobox", name="Language").select_option("de")
    expect(options.locator("html")).to_have_attribute("lang", "de")
    expect(options.get_by_role("heading", name=tables()["de"]["optionsLanguage"]["message"])).to_be_visible()
    options.locator("#set-language").select_option("")
    expect(options.locator("html")).to_have_attribute("lang", "en")


def test_a_file_of_mutes_comes_in_each_can_be_undone_and_what_left_comes_in_again(
    options: Page, tmp_path: Path
) -> None:
    file = tmp_path / "mutes.json"
    muted = [mute(1), mute(2, scope="rule", rule="photo_consent")]
    file.write_text(json.dumps({"format": "rollguard-settings", "schema": 1, "settings": {}, "mutes": muted}), "utf-8")
    options.get_by_label("Choose a file to import").set_input_files(file)
    rows = options.locator("#mutes li")
    expect(rows).to_have_count(2)
    options.get_by_role("button", name="Unmute: site1.example").press("Enter")
    expect(options.get_by_role("button", name="Undo: site1.example")).to_be_focused()
    options.keyboard.press("Enter")
    expect(options.get_by_role("button", name="Unmute: site1.example")).to_be_focused()
    options.reload()
    expect(rows).to_have_count(2)
    with options.expect_download() as waiting:
        options.get_by_role("button", name="Export settings and mutes").click()
    for site in ("site1.example", "site2.example"):
        options.get_by_role("button", name=f"Unmute: {site}").click()
        expect(options.get_by_role("button", name=f"Undo: {site}")).to_be_focused()
    options.reload()
    expect(rows).to_have_count(0)
    left = json.loads(waiting.value.path().read_text("utf-8"))
    assert {each["site"] for each in left["mutes"]} == {"site1.example", "site2.example"}


def test_a_foreign_file_is_refused_in_words(options: Page, tmp_path: Path) -> None:
    file = tmp_path / "foreign.json"
    file.write_text("[]", "utf-8")
    options.get_by_label("Choose a file to import").set_input_files(file)
    refusal = options.locator("#files").get_by_role("alert")
    expect(refusal).to_contain_text("This file was not imported. Nothing was changed.")
    assert len(refusal.inner_text()) > len("This file was not imported. Nothing was changed. ")


def test_the_ledger_is_read_from_this_device_and_erased_from_it(options: Page) -> None:
    noted = [entry(1, choice="accepted"), entry(2)]
    options.evaluate("entries => chrome.storage.local.set({ ledger: { schema: 1, entries } })", noted)
    options.reload()
    rows = options.locator("#ledger tbody tr")
    expect(rows).to_have_count(2)
    link = options.get_by_role("link", name="How to undo it")
    assert (link.get_attribute("href") or "").endswith("/checkup.html#facebook_cloud_processing")
    options.get_by_role("button", name="Erase: site2.example").click()
    options.get_by_role("dialog").get_by_role("button", name="Erase").click()
    expect(rows).to_have_count(1)
    options.get_by_role("button", name="Erase the ledger").click()
    options.get_by_role("dialog").get_by_role("button", name="Erase the ledger").click()
    expect(options.get_by_text("Nothing is noted yet.")).to_be_visible()
    assert "site1.example" not in json.dumps(options.evaluate("chrome.storage.local.get('ledger')"))


def test_the_licence_is_in_the_package(options: Page) -> None:
    options.get_by_role("link", name="Read the licence", exact=True).first.click()
    expect(options.locator("body")).to_contain_text("Mozilla Public License Version 2.0")
    options.go_back()


def test_axe_finds_nothing_in_the_page_as_it_is_packaged(options: Page) -> None:
    assert violations(options) == []


def test_every_control_is_reached_by_tab_in_the_order_of_the_page(options: Page) -> None:
    reached = []
    for _ in range(40):
        options.keyboard.press("Tab")
        reached.append(options.evaluate("document.activeElement.closest('section')?.id ?? ''"))
    order = [section for at, section in enumerate(reached) if section and section != reached[at - 1]]
    assert order[:6] == ["warnings", "language", "sites", "ledger", "files", "sync"]
