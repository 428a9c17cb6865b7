"""Mutes and the ledger on the options page: found, undone, erased, carried away, and fast with hostile data."""

import csv
import io
import json

from playwright.sync_api import expect

from tests.ui.options_stage import OptionsStage, entry, mute

QUICK_MS = 1_500
"""For a thousand hostile entries, on a machine that does other work as well."""


def test_nothing_muted_and_nothing_noted_is_said_in_words(options: OptionsStage) -> None:
    options.draw()
    expect(options.page.get_by_text("Nothing is muted.")).to_be_visible()
    expect(options.page.get_by_text("Nothing is noted yet.")).to_be_visible()
    expect(options.page.get_by_label("Search what is muted")).to_be_hidden()
    expect(options.page.get_by_role("table")).to_be_hidden()


def test_a_mute_tells_its_site_its_reach_and_its_time(options: OptionsStage) -> None:
    week = mute(1, scope="week", until="2999-01-08T08:00:00.000Z")
    options.draw(mutes=[week, mute(2, scope="wording", rule="photo_consent")])
    rows = options.section("mutes").get_by_role("listitem")
    assert (
        rows.nth(0)
        .inner_text()
        .startswith("site2.example\nThis wording, until it changes: photo_consent · Since Nov 3, 2026")
    )
    expect(rows.nth(1)).to_contain_text("Every warning on this site · Since Nov 2, 2026")
    expect(rows.nth(1)).to_contain_text("Until Jan 8, 2999")


def test_a_mute_whose_time_is_over_is_no_mute(options: OptionsStage) -> None:
    options.draw(mutes=[mute(1, scope="week", until="2020-01-01T00:00:00.000Z")])
    expect(options.page.get_by_text("Nothing is muted.")).to_be_visible()


def test_an_unmute_can_be_undone_where_it_was_done_without_the_mouse(options: OptionsStage) -> None:
    options.draw(mutes=[mute(1), mute(2), mute(3)])
    page = options.page
    page.get_by_role("button", name="Unmute: site2.example").press("Enter")
    undo = page.get_by_role("button", name="Undo: site2.example")
    expect(undo).to_be_focused()
    expect(page.get_by_role("status").last).to_have_text("No longer muted: site2.example")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Unmute: site2.example")).to_be_focused()
    expect(page.get_by_role("status").last).to_have_text("Muted again: site2.example")
    assert options.asked == [["unmute", "m2"], ["mute", "site2.example"]]
    assert options.section("mutes").get_by_role("listitem").count() == 3


def test_mutes_are_found_by_any_word_in_their_row(options: OptionsStage) -> None:
    options.draw(mutes=[mute(1), mute(2, site="müsli.example"), mute(3, scope="rule", rule="adobe_content")])
    rows = options.section("mutes").get_by_role("listitem")
    search = options.page.get_by_label("Search what is muted")
    for words, found in (("MUSLI", 1), ("adobe", 1), ("example", 3)):
        search.fill(words)
        expect(rows).to_have_count(found)
    search.fill("nowhere")
    expect(options.section("mutes").get_by_role("status")).to_have_text("Nothing found")


def test_the_ledger_says_what_was_asked_and_chosen_and_how_to_undo_a_yes(options: OptionsStage) -> None:
    options.draw(ledger=[entry(1), entry(2, choice="accepted", host="frame.example")])
    rows = options.page.get_by_role("table", name="Private ledger").get_by_role("row")
    assert rows.count() == 3
    allowed = rows.nth(1)
    for words in (
        "Jan 3, 2026",
        "site2.example",
        "Asked by: frame.example",
        "Facebook",
        "Warning",
        "You allowed this on",
    ):
        expect(allowed).to_contain_text(words)
    link = allowed.get_by_role("link", name="How to undo it")
    expect(link).to_have_attribute("href", "checkup.html#facebook_cloud_processing")
    expect(rows.nth(2)).to_contain_text("Declined")
    expect(rows.nth(2).get_by_role("link")).to_have_count(0)


def test_the_ledger_is_found_by_words_and_by_choice(options: OptionsStage) -> None:
    options.draw(ledger=[entry(1), entry(2, choice="accepted"), entry(3, choice="accepted", product="Ente")])
    rows = options.page.locator("#ledger tbody tr")
    options.page.get_by_role("combobox", name="Your choice").select_option(label="Allowed")
    expect(rows).to_have_count(2)
    options.page.get_by_label("Search the ledger").fill("ente")
    expect(rows).to_have_count(1)
    expect(options.section("ledger").get_by_role("status")).to_have_text("Shown: 1 of 3")


def test_one_entry_is_erased_only_after_a_question(options: OptionsStage) -> None:
    options.draw(ledger=[entry(1), entry(2), entry(3)])
    page = options.page
    erase = page.get_by_role("button", name="Erase: site2.example")
    erase.press("Enter")
    expect(page.get_by_role("dialog", name="Erase this entry? This cannot be undone.")).to_be_visible()
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(erase).to_be_focused()
    assert options.asked == []
    erase.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Erase").click()
    expect(page.get_by_role("status").last).to_have_text("Erased")
    expect(page.get_by_role("button", name="Erase: site1.example")).to_be_focused()
    assert options.asked == [["erase", "e2"]]


def test_the_whole_ledger_is_erased_only_after_a_question(options: OptionsStage) -> None:
    options.draw(ledger=[entry(1), entry(2)])
    options.page.get_by_role("button", name="Erase the ledger").click()
    options.page.get_by_role("dialog").get_by_role("button", name="Erase the ledger").click()
    expect(options.page.get_by_text("Nothing is noted yet.")).to_be_visible()
    expect(options.page.get_by_role("heading", name="Private ledger")).to_be_focused()
    assert options.asked[0][0] == "erase"


def test_the_ledger_can_be_carried_away_as_json_and_as_csv(options: OptionsStage) -> None:
    options.draw(ledger=[entry(1, product='=HYPERLINK("x"), "y"'), entry(2)])
    assert len(json.loads(options.saved_by("Export as JSON"))["entries"]) == 2
    rows = list(csv.DictReader(io.StringIO(options.saved_by("Export as CSV"))))
    assert [row["site"] for row in rows] == ["site2.example", "site1.example"]
    assert rows[1]["product"] == '\'=HYPERLINK("x"), "y"'


def test_a_thousand_hostile_entries_are_text_and_open_at_once(options: OptionsStage) -> None:
    long = "<script>document.title = 'taken'</script><img src=x onerror=alert(1)>" + "x" * 10_000
    hostile = [entry(number, site=long, product=long[:60], rule=long[:60]) for number in range(1_000)]
    options.draw(
        ledger=[*hostile, entry(1_001, seen="never", site="\u202emoc.example")], mutes=[mute(1, site=long)] * 100
    )
    assert options.page.evaluate("took") < QUICK_MS
    assert options.page.title() == "Rollguard"
    assert options.page.locator("#options img, #options script").count() == 0
    assert options.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert options.page.locator("#ledger tbody tr").count() == 50
    options.section("ledger").get_by_role("button", name="Show more").click()
    assert options.page.locator("#ledger tbody tr").count() == 100
    expect(options.section("ledger").get_by_role("status")).to_have_text("Shown: 100 of 1,001")
    typed = options.page.evaluate("""() => {
        const search = document.querySelector("#ledger-search");
        search.value = "moc";
        const before = performance.now();
        search.dispatchEvent(new Event("input"));
        return performance.now() - before;
    }""")
    assert typed < QUICK_MS
    expect(options.page.locator("#ledger tbody tr")).to_have_count(1)
