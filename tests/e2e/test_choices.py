"""What a person chooses reaches as far as they said, lasts, and can be undone: in Chromium, over a dying worker."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.asking import ASK, EMPTY, RULE, words_of_warning
from tests.e2e.conftest import WARNING, Browser, waits_for_warning
from tests.e2e.content_side import ask_from_page

OTHER_WORDS = ASK.replace("on an ongoing basis", "every night, and keep them")
WORDING, RULE_OF_SITE, WEEK, SITE = "wording", "rule", "week", "site"
QUIET_MS = 900
PRINT_OF_NOTHING = "0000000000000000"


def asking(words: str) -> str:
    return f'<!doctype html><title>page</title><main>Hello</main><div role="dialog">{words}</div>'


@pytest.fixture
def asked(watching_all: Browser) -> Iterator[Page]:
    """A page that asks, and is warned of; afterwards nothing is chosen any more."""
    page = watching_all.open("https://choices.example/", asking(ASK))
    waits_for_warning(page, RULE)
    yield page
    page.close()
    watching_all.unmute_all()
    settings = {"speedBump": True, "highlight": True, "ledger": True, "language": "", "sync": False}
    watching_all.ask_worker({"type": "changeSettings", "settings": settings})
    watching_all.ask_worker({"type": "eraseLedger"})


def stop_worker(browser: Browser) -> None:
    page = browser.popup()
    session = browser.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    page.close()


def mutes(browser: Browser, page: Page, scope: str, print_: str) -> dict[str, Any]:
    message = {"type": "mute", "scope": scope, "rule": RULE, "print": print_}
    made = ask_from_page(page, browser.extension_id, message)
    assert isinstance(made, dict), f"the worker answers {made}"
    return made


def print_of_ask(browser: Browser) -> str:
    """The fingerprint of the dialog's words, overheard where a frame tells the worker of the same dialog."""
    popup = browser.popup()
    popup.evaluate("""() => chrome.runtime.onMessage.addListener(({ type, print }) => {
        if (type === "showWarning") document.documentElement.dataset.print = print;
    })""")
    browser.site.show("https://inner.example/", asking(ASK))
    outer = browser.open("https://outer.example/", EMPTY + '<iframe src="https://inner.example/"></iframe>')
    waits_for_warning(outer, RULE)
    found = popup.wait_for_selector("html[data-print]", state="attached")
    print_ = str(found.get_attribute("data-print")) if found else ""
    outer.close()
    popup.close()
    return print_


def is_silent(page: Page) -> bool:
    page.wait_for_timeout(QUIET_MS)
    return page.locator(WARNING).count() == 0


@pytest.mark.parametrize("scope", [RULE_OF_SITE, WEEK, SITE])
def test_a_mute_holds_after_a_reload_and_a_stopped_worker_until_it_is_undone(
    scope: str, watching_all: Browser, asked: Page
) -> None:
    made = mutes(watching_all, asked, scope, PRINT_OF_NOTHING)
    asked.wait_for_selector(WARNING, state="detached")
    stop_worker(watching_all)
    asked.reload()
    assert is_silent(asked)
    elsewhere = watching_all.open("https://elsewhere.example/", asking(ASK))
    waits_for_warning(elsewhere, RULE)
    assert ask_from_page(elsewhere, watching_all.extension_id, {"type": "unmute", "ids": [made["id"]]}) is None
    elsewhere.close()
    assert is_silent(asked), "another site's page cannot undo it"
    stop_worker(watching_all)
    ask_from_page(asked, watching_all.extension_id, {"type": "unmute", "ids": [made["id"]]})
    waits_for_warning(asked, RULE)


def test_a_mute_of_a_wording_ends_when_the_wording_changes(watching_all: Browser, asked: Page) -> None:
    mutes(watching_all, asked, WORDING, print_of_ask(watching_all))
    asked.reload()
    assert is_silent(asked)
    asked.evaluate("words => document.querySelector('[role=dialog]').innerHTML = words", OTHER_WORDS)
    waits_for_warning(asked, RULE)


def test_twenty_mutes_and_settings_at_once_are_all_kept(watching_all: Browser, asked: Page) -> None:
    state = watching_all.ask_worker({"type": "getOwnState"})
    assert state["settings"]["speedBump"]
    popup = watching_all.popup()
    popup.evaluate("""() => Promise.all(["speedBump", "highlight"].map((name) =>
        chrome.runtime.sendMessage({ type: "changeSettings", settings: { [name]: false } })))""")
    popup.close()
    for at in range(20):
        mutes(watching_all, asked, WORDING, f"{at:016x}")
        if at % 7 == 0:
            stop_worker(watching_all)
    state = watching_all.ask_worker({"type": "getOwnState"})
    assert (len(state["mutes"]), state["settings"]["speedBump"], state["settings"]["highlight"]) == (20, False, False)


def test_a_content_script_cannot_ask_what_is_for_our_own_pages(watching_all: Browser, asked: Page) -> None:
    ask: list[dict[str, Any]] = [
        {"type": "getOwnState"},
        {"type": "changeSettings", "settings": {"speedBump": False}},
        {"type": "eraseLedger"},
        {"type": "import", "text": "{}"},
        {"type": "getCatalogue"},
        {"type": "checkNow"},
    ]
    assert [ask_from_page(asked, watching_all.extension_id, message) for message in ask] == [None] * len(ask)
    assert watching_all.ask_worker({"type": "getOwnState"})["settings"]["speedBump"]


def test_what_is_chosen_is_noted_until_the_ledger_is_switched_off(watching_all: Browser, asked: Page) -> None:
    watching_all.ask_worker({"type": "eraseLedger"})
    note = {"type": "noteSeen", "rule": RULE, "severity": "warning", "host": "choices.example", "rulesVersion": 0}
    identity = ask_from_page(asked, watching_all.extension_id, {**note, "print": "1111111111111111"})
    ask_from_page(asked, watching_all.extension_id, {"type": "noteChoice", "id": identity, "choice": "accepted"})
    stop_worker(watching_all)
    ledger = watching_all.ask_worker({"type": "getOwnState"})["ledger"]
    assert [(entry["site"], entry["choice"]) for entry in ledger if entry["id"] == identity] == [
        ("choices.example", "accepted")
    ]
    popup = watching_all.popup(over=asked)
    status = popup.evaluate("""() => chrome.tabs.query({ active: true, currentWindow: true }).then(([tab]) =>
        chrome.tabs.sendMessage(tab.id, { type: "getPageStatus" }, { frameId: 0 }))""")
    popup.close()
    assert (status["allowedRule"], status["allowedOn"][:2]) == (RULE, "20")
    state = watching_all.ask_worker({"type": "changeSettings", "settings": {"ledger": False}})
    before = len(state["ledger"])
    assert ask_from_page(asked, watching_all.extension_id, {**note, "print": "2222222222222222"}) == ""
    assert len(watching_all.ask_worker({"type": "getOwnState"})["ledger"]) == before


def test_with_syncing_on_a_mute_goes_to_the_browsers_account_and_comes_back_from_it(
    watching_all: Browser, asked: Page
) -> None:
    watching_all.ask_worker({"type": "changeSettings", "settings": {"sync": True}})
    mutes(watching_all, asked, SITE, PRINT_OF_NOTHING)
    popup = watching_all.popup()
    for _ in range(100):
        if popup.evaluate("() => chrome.storage.sync.get(null).then((all) => JSON.stringify(all))").find("choices") > 0:
            break
        popup.wait_for_timeout(50)
    popup.evaluate("() => chrome.storage.local.remove('mutes')")
    asked.reload()
    waits_for_warning(asked, RULE)
    popup.evaluate("() => chrome.storage.sync.set({ nudge: 1 })")
    asked.wait_for_selector(WARNING, state="detached")
    popup.evaluate("() => chrome.storage.sync.clear()")
    popup.close()
    assert watching_all.ask_worker({"type": "getOwnState"})["notes"] == []


def test_another_language_is_spoken_from_the_next_warning_on(watching_all: Browser, asked: Page) -> None:
    watching_all.ask_worker({"type": "changeSettings", "settings": {"language": "de"}})
    asked.reload()
    waits_for_warning(asked, RULE)
    assert "Warum sehe ich das?" in words_of_warning(asked)
    popup = watching_all.popup(over=asked)
    popup.wait_for_selector("html[lang=de]", state="attached")
    popup.close()


def test_a_frame_is_told_the_settings_and_nothing_of_other_pages(watching_all: Browser, asked: Page) -> None:
    watching_all.site.show("https://inner.example/", asking(ASK))
    mutes(watching_all, asked, SITE, PRINT_OF_NOTHING)
    outer = watching_all.open("https://outer.example/", EMPTY + '<iframe src="https://inner.example/"></iframe>')
    waits_for_warning(outer, RULE)
    answer = ask_from_page(outer, watching_all.extension_id, {"type": "getRules", "address": "", "languages": []})
    assert (answer["mutes"], answer["settings"]["speedBump"]) == ([], True)
    outer.close()


def test_every_rule_is_in_the_catalogue_with_its_text(watching_all: Browser) -> None:
    catalogue = watching_all.ask_worker({"type": "getCatalogue"})
    rules = {rule["id"] for rule in catalogue["rules"]}
    assert {RULE, "facebook_cloud_processing"} <= rules
    assert {text["rule"] for text in catalogue["texts"]} == rules
    assert catalogue["lexicons"]
