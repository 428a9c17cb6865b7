"""The check-up: everything that can be taken back, ticked off, found again, and carried over to the phone."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.axe import violations
from tests.ui.checkup_page import Stage, known, read_codes, remedies, script_of_the_page, shipped

IDS = ".entry > details > summary"
NAMES = "all => all.map(one => one.id)"
FACEBOOK_HELP = "https://www.facebook.com/help/iphone-app/1243459406996869/"


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> str:
    return script_of_the_page(tmp_path_factory.mktemp("checkup"))


@pytest.fixture
def stage(browser: Browser, script: str) -> Iterator[Stage]:
    stage = Stage(browser, script, viewport={"width": 900, "height": 800})
    yield stage
    stage.context.close()
    assert stage.errors == []


def entry_of(page: Page, name: str) -> Locator:
    return page.locator(".entry", has=page.locator(f"summary#{name}"))


def tick(page: Page, title: str) -> Locator:
    return page.get_by_role("checkbox", name=f"Done: {title}")


def test_every_rule_and_every_remedy_has_an_entry_with_steps_and_a_source(stage: Stage) -> None:
    page = stage.open(catalogue=known())
    expected = {rule.id for rule in shipped().rules} | {remedy.id for remedy in remedies("en")}
    shown = page.locator(IDS).evaluate_all(NAMES)
    assert sorted(shown) == sorted(expected)
    for name in expected:
        entry = entry_of(page, name)
        assert entry.locator("ol > li").count() > 0, f"{name} has no steps"
        assert entry.locator(".sources a[href^='https://']").count() > 0, f"{name} has no source"
        assert entry.locator(".sources time").count() > 0, f"{name} has no date"


def test_a_rule_that_no_remedy_completes_is_listed_all_the_same(stage: Stage) -> None:
    page = stage.open(catalogue=known(remedies=[]))
    assert page.locator(".entry").count() == len(shipped().rules)
    page.locator("#onedrive_people").click()
    expect(entry_of(page, "onedrive_people").locator("ol")).to_contain_text("switch the People section off")
    assert "{site}" not in page.inner_text("main")


def test_what_a_rule_warns_of_comes_first_and_what_is_about_no_product_last(stage: Stage) -> None:
    page = stage.open(catalogue=known())
    headings = page.locator("h3").all_inner_texts()
    assert headings[:2] == ["Facebook", "Google Photos, Gemini"]
    assert headings[-1] == "Everywhere else"
    assert page.locator(IDS).first.get_attribute("id") == "facebook_cloud_processing"


def test_english_steps_on_a_page_from_right_to_left_stay_inside_their_card(stage: Stage) -> None:
    page = stage.open("#facebook_cloud_processing", language="ar", catalogue=known())
    steps = entry_of(page, "facebook_cloud_processing").locator("ol")
    assert steps.evaluate("one => getComputedStyle(one).direction") == "ltr"
    assert steps.evaluate("one => getComputedStyle(one).paddingLeft") != "0px"


def test_a_tick_is_kept_with_its_date_and_can_be_taken_back(stage: Stage) -> None:
    page = stage.open(catalogue=known())
    count = len(known()["remedies"])
    expect(page.locator("#count")).to_have_text(f"Done: 0 of {count}")
    tick(page, "Faces in OneDrive").check()
    expect(page.locator("#count")).to_have_text(f"Done: 1 of {count}")
    again = stage.open(catalogue=known())
    expect(tick(again, "Faces in OneDrive")).to_be_checked()
    expect(entry_of(again, "onedrive_people").locator(".when")).to_contain_text("Done on")
    tick(again, "Faces in OneDrive").uncheck()
    expect(again.locator("#count")).to_have_text(f"Done: 0 of {count}")
    expect(entry_of(again, "onedrive_people").locator(".when")).to_have_text("")


def test_two_windows_do_not_undo_one_another(stage: Stage) -> None:
    first, second = stage.open(catalogue=known()), stage.open(catalogue=known())
    tick(first, "Faces in OneDrive").check()
    tick(second, "Machine learning in Ente").check()
    third = stage.open(catalogue=known())
    expect(third.locator("#count")).to_contain_text("Done: 2 of")


def test_removing_all_ticks_can_be_undone(stage: Stage) -> None:
    page = stage.open(catalogue=known())
    tick(page, "Faces in OneDrive").check()
    page.get_by_role("button", name="Remove all ticks").click()
    expect(page.get_by_text("All ticks are removed.")).to_be_visible()
    expect(tick(page, "Faces in OneDrive")).not_to_be_checked()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(tick(page, "Faces in OneDrive")).to_be_checked()
    expect(page.get_by_role("button", name="Remove all ticks")).to_be_focused()


@pytest.mark.parametrize("junk", ["7", "[]", "null", '{"done": 3}', '{"done": {"onedrive_people": 4}}'])
def test_what_is_kept_and_makes_no_sense_is_as_if_never_ticked(stage: Stage, junk: str) -> None:
    stage.open(catalogue=known()).evaluate("junk => localStorage.setItem('kept', `{\"checkup\": ${junk}}`)", junk)
    expect(stage.open(catalogue=known()).locator("#count")).to_contain_text("Done: 0 of")


def test_the_search_finds_by_product_and_by_step_and_says_when_nothing_is_left(stage: Stage) -> None:
    page = stage.open(catalogue=known())
    search = page.get_by_role("searchbox", name="Search")
    search.fill("linkedin TRAIN")
    assert page.locator(f"{IDS}:visible").evaluate_all(NAMES) == ["linkedin_ai_training"]
    assert page.locator("h3:visible").all_inner_texts() == ["LinkedIn"]
    search.fill("objection")
    expect(page.locator(".entry:visible")).to_have_count(4)
    search.fill("opens in a new tab")
    expect(page.locator(".entry:visible")).to_have_count(0)
    search.fill("grandmother's sewing machine")
    expect(page.get_by_text("Nothing here fits your search.")).to_be_visible()
    search.fill("")
    expect(page.locator(".entry:visible")).to_have_count(len(known()["remedies"]))


def test_what_is_done_can_be_hidden(stage: Stage) -> None:
    page = stage.open(catalogue=known())
    tick(page, "Faces in OneDrive").check()
    page.get_by_role("switch", name="Hide what is done").check()
    expect(page.locator("#onedrive_people")).to_be_hidden()
    expect(page.locator("#ente_machine_learning")).to_be_visible()


def test_an_anchor_opens_its_entry_and_puts_the_focus_there(stage: Stage) -> None:
    page = stage.open("#windows_recall", catalogue=known())
    summary = page.locator("#windows_recall")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    expect(entry_of(page, "windows_recall").locator("ol")).to_be_visible()


def test_an_anchor_beats_a_search_that_hides_its_entry(stage: Stage) -> None:
    page = stage.open(catalogue=known())
    page.get_by_role("searchbox").fill("linkedin")
    page.evaluate("location.hash = '#onedrive_people'")
    expect(entry_of(page, "onedrive_people").locator("ol")).to_be_visible()


@pytest.mark.parametrize("anchor", ["#", "#nobody", "#%", "#list", "#%3Cb%3E"])
def test_an_anchor_that_names_nothing_does_nothing(stage: Stage, anchor: str) -> None:
    page = stage.open(anchor, catalogue=known())
    assert page.locator("details[open]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_reads_the_code_and_it_says_what_the_link_beside_it_says(
    browser: Browser, script: str, scheme: str
) -> None:
    stage = Stage(browser, script, color_scheme=scheme)
    page = stage.open("#facebook_cloud_processing", catalogue=known())
    figure = entry_of(page, "facebook_cloud_processing").locator("figure")
    assert read_codes(figure) == [FACEBOOK_HELP]
    assert figure.get_by_role("link").get_attribute("href") == FACEBOOK_HELP
    assert figure.get_by_role("img", name=f"QR code for {FACEBOOK_HELP}").count() == 1
    stage.context.close()


def test_every_entry_of_a_phone_has_a_code_that_reads_as_its_link(stage: Stage) -> None:
    page = stage.open(catalogue=known())
    phones = [remedy for remedy in remedies("en") if remedy.where == "phone"]
    assert len(phones) > 3
    page.evaluate("document.querySelectorAll('.entry > details').forEach(one => one.open = true)")
    for remedy in phones:
        figure = entry_of(page, remedy.id).locator("figure")
        assert read_codes(figure) == [remedy.link or remedy.sources[0].url], remedy.id


def test_with_a_service_that_a_phone_can_reach_the_code_opens_its_guide(stage: Stage) -> None:
    page = stage.open("#snapchat_my_selfie", catalogue=known(serviceUrl="https://rules.example.org/"))
    figure = entry_of(page, "snapchat_my_selfie").locator("figure")
    assert read_codes(figure) == ["https://rules.example.org/guide/en/snapchat_my_selfie"]
    local = stage.open("#facebook_cloud_processing", catalogue=known(serviceUrl="http://127.0.0.1:8787"))
    assert read_codes(entry_of(local, "facebook_cloud_processing").locator("figure")) == [FACEBOOK_HELP]


def test_the_page_asks_nobody_for_anything(stage: Stage) -> None:
    page = stage.open("#facebook_cloud_processing", catalogue=known())
    tick(page, "Faces in OneDrive").check()
    page.get_by_role("searchbox").fill("a")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    expect(page.locator("#count")).to_contain_text("Done: 1")
    assert stage.asked == []


def test_a_silent_worker_is_no_empty_page(stage: Stage) -> None:
    assert "does not answer" in stage.open().inner_text("main")


def test_ticks_and_guides_are_reached_and_used_by_keyboard_alone(stage: Stage) -> None:
    page = stage.open(catalogue=known())
    page.get_by_role("searchbox").focus()
    for key in ("Tab", "Tab", "Space"):
        page.keyboard.press(key)
    expect(page.locator(".tick").first).to_be_checked()
    expect(page.locator(".tick").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".entry ol").first).to_be_visible()


LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(
    browser: Browser, script: str, look: str, language: str
) -> None:
    stage = Stage(browser, script, **LOOKS[look])
    page = stage.open("#facebook_cloud_processing", language=language, catalogue=known(language))
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    tick_all = "document.querySelectorAll('.tick').forEach((one, at) => at % 2 && one.click())"
    page.evaluate(tick_all)
    assert violations(page) == []
    root = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert root[0] <= root[1]
    stage.context.close()
