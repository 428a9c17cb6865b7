"""The popup's words for every state, and the whole of it once as a real extension's page."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from rollguard.browsers import extension_arguments, find_chromium
from rollguard.build.bundler import bundle
from tests.ui.warnings import EXTENSION, tables

NOW = "2026-11-22T12:00:00Z"
FINE = {
    "version": 7,
    "publishedAt": "2026-11-19T12:00:00Z",
    "checkedAt": "2026-11-22T11:58:00Z",
    "error": "",
    "isExpired": False,
    "ruleCount": 8,
    "skipped": [],
}
MUTE = {
    "id": "1",
    "scope": "site",
    "site": "www.facebook.com",
    "rule": "",
    "print": "",
    "since": "2026-11-01T00:00:00.000Z",
    "until": "",
}
WATCHED = {"host": "www.facebook.com", "mute": None, "pause": None, "warning": None}
FIRED = {"rule": "facebook_cloud_processing", "product": "Facebook", "severity": "warning"}


@pytest.fixture
def popup(browser: Browser, popup_harness: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    html = (EXTENSION / "src" / "pages" / "popup.html").read_text("utf-8")
    page.set_content(html.replace('<script src="popup.js" defer></script>', ""))
    page.add_style_tag(path=EXTENSION / "src" / "pages" / "popup.css")
    page.evaluate(popup_harness)
    yield page
    page.context.close()


def draw(
    popup: Page,
    *,
    page: dict[str, Any] | None = WATCHED,
    channel: dict[str, Any] | None = FINE,
    language: str = "en",
) -> str:
    setting = {"page": page, "channel": channel, "language": language, "tables": tables(), "now": NOW}
    popup.evaluate("setting => drawPopup(setting)", setting)
    return popup.inner_text("#popup")


def test_a_watched_page_is_said_to_be_watched(popup: Page) -> None:
    said = draw(popup)
    assert "Watching www.facebook.com" in said
    assert "Nothing to warn about right now." in said


def test_silence_means_not_watched_in_plain_words(popup: Page) -> None:
    assert "This page is not watched" in draw(popup, page=None)


def test_the_rule_that_fired_is_named(popup: Page) -> None:
    said = draw(popup, page={**WATCHED, "warning": FIRED})
    assert "Warning on screen: Facebook" in said
    assert "facebook_cloud_processing" in said
    assert "Nothing to warn about" not in said


def test_a_muted_site_can_be_unmuted(popup: Page) -> None:
    assert "Muted on www.facebook.com" in draw(popup, page={**WATCHED, "mute": MUTE})
    popup.get_by_role("button", name="Warn me here again").click()
    assert popup.evaluate("document.documentElement.dataset.acts") == "unmute"


def test_rules_tell_their_version_age_and_signature(popup: Page) -> None:
    rows = draw(popup).split("Rules\n", 1)[1].split()
    assert " ".join(rows).startswith(
        "In use 8 Version 7 Published 3 days ago Last good check 2 minutes ago Signature verified"
    )


def test_rules_of_the_build_are_called_built_in(popup: Page) -> None:
    said = draw(popup, channel={**FINE, "version": 0, "checkedAt": ""})
    assert "built in" in said
    assert "not yet" in said


def test_a_failed_check_says_that_the_old_rules_go_on(popup: Page) -> None:
    said = draw(popup, channel={**FINE, "error": "timestamp.json: no answer"})
    assert "The last check failed. The rules above go on warning." in said
    assert "no answer" not in said
    popup.get_by_text("Reason").click()
    assert "timestamp.json: no answer" in popup.inner_text("#popup")


def test_expired_rules_are_called_old(popup: Page) -> None:
    said = draw(popup, channel={**FINE, "isExpired": True})
    assert "verified, past its date" in said
    assert "These rules are old" in said


def test_a_silent_worker_is_no_empty_window(popup: Page) -> None:
    assert "does not answer" in draw(popup, channel=None)


def test_rules_left_out_are_named(popup: Page) -> None:
    assert "Left out: newer_rule" in draw(popup, channel={**FINE, "skipped": ["newer_rule needs engine 2"]})


PAUSES = {"changes": "popupPausedChanges", "size": "popupPausedSize", "dialogs": "popupPausedDialogs"}


@pytest.mark.parametrize("reason", PAUSES)
@pytest.mark.parametrize("language", sorted(tables()))
def test_a_pause_tells_its_reason_and_its_end(reason: str, language: str, popup: Page) -> None:
    said = draw(popup, page={**WATCHED, "pause": {"reason": reason, "seconds": 3}}, language=language)
    table = tables()[language]
    assert table[PAUSES[reason]]["message"] in said
    assert table["popupResumes"]["message"].replace("$SECONDS$", "3") in said
    assert table["popupQuiet"]["message"] not in said


@pytest.mark.parametrize("language", sorted(tables()))
def test_no_word_of_the_popup_is_missing_in_any_language(popup: Page, language: str) -> None:
    expired = {**FINE, "isExpired": True, "error": "no answer"}
    said = draw(popup, page={**WATCHED, "warning": FIRED}, channel=expired, language=language)
    for key in ("popupExpired", "popupCheckFailed", "popupCheckNow", "popupBlindText", "popupSignatureExpired"):
        assert tables()[language][key]["message"] in said, key
    assert "$" not in said
    assert popup.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture
def real_popup(playwright: Playwright, tmp_path: Path) -> Iterator[Page]:
    folder = tmp_path / "extension"
    shutil.copytree(EXTENSION / "_locales", folder / "_locales")
    for name in ("popup.html", "popup.css"):
        shutil.copy(EXTENSION / "src" / "pages" / name, folder)
    (folder / "popup.js").write_text(bundle("extension/src/pages/popup.ts", tmp_path), "utf-8")
    (folder / "worker.js").write_text(bundle("tests/ui/popup_worker.ts", tmp_path), "utf-8")
    manifest = {
        "manifest_version": 3,
        "name": "__MSG_extensionName__",
        "version": "1",
        "default_locale": "en",
        "background": {"service_worker": "worker.js"},
        "action": {"default_popup": "popup.html"},
        "permissions": ["storage"],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    context = playwright.chromium.launch_persistent_context(
        tmp_path / "profile",
        executable_path=find_chromium(),
        args=extension_arguments(folder),
        ignore_default_args=["--disable-extensions"],
    )
    worker = context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")
    page = context.new_page()
    page.goto(f"chrome-extension://{worker.url.split('/')[2]}/popup.html")
    yield page
    context.close()


def test_in_an_extension_it_asks_the_worker_and_checks_on_request(real_popup: Page) -> None:
    expect(real_popup.locator("#site")).to_contain_text("This page is not watched")
    expect(real_popup.locator("#rules")).to_contain_text("Version\n7", use_inner_text=True)
    real_popup.get_by_role("button", name="Check now").click()
    expect(real_popup.locator("#rules")).to_contain_text("Version\n8", use_inner_text=True)
    expect(real_popup.get_by_role("status")).to_have_text("Checked: these are the newest rules.")
    expect(real_popup.get_by_role("button", name="Check now")).to_be_focused()
