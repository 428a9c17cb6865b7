"""Rows of the attack table with all that a person has: the built extension in Chromium, a page, and the popup."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright

from rollguard.rules.compiler import Compiled, compile_bundle
from rollguard.rules.loader import load_bundle
from rollguard.rules.model import Bundle
from tests.attacks.forge import Forge
from tests.attacks.hostile_server import hostile_server
from tests.attacks.stage import Stage
from tests.attacks.test_table import TABLE
from tests.e2e.conftest import Browser, build, running_browser, waits_for_warning
from tests.e2e.site import running_site

ASK = """<!doctype html><div role="dialog"><h2>Allow cloud processing of your camera roll?</h2>
<p>We will upload photos from your camera roll to our cloud.</p>
<button>Allow</button><button>Don’t allow</button></div>"""
ROWS = [
    "the timestamp rolled back",
    "an old bundle replayed",
    "old targets mixed in",
    "the timestamp expired",
    "timestamp without end",
    "rules.jsonl cut off",
    "targets with bit 3 flipped",
    "snapshot sent elsewhere",
    "another host",
    "one stolen key of 2 of 3",
    "a stolen online key that announces what is not there",
    "a stranger's recall",
]
"""One of each kind; all rows run against the same code without a browser. None of them replaces a key."""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Stage, str]]:
    """The real rules; the second release lacks one, so that it can be told from the first."""
    folder = tmp_path_factory.mktemp("attacks")
    whole = load_bundle()
    forge = Forge(folder / "data", compile_bundle(whole))
    with hostile_server(forge.folder) as server:
        extension = build(
            folder / "dist", server.url, "--target", "chrome", "--all-sites", "--repository", str(forge.folder)
        )
        yield Stage(forge, server, *later(whole)), str(extension)


def later(whole: Bundle) -> tuple[Compiled, Compiled]:
    """Without the last rule; and then the same with a longer summary of the first."""
    *rules, gone = whole.rules
    texts = tuple(text for text in whole.texts if text.rule != gone.id)
    told = rules[0].model_copy(update={"summary": rules[0].summary + " It goes on. " * 9})
    second, third = (whole.model_copy(update={"rules": kept, "texts": texts}) for kept in (rules, [told, *rules[1:]]))
    return compile_bundle(second), compile_bundle(third)


@pytest.fixture(scope="module")
def attacked(
    first: tuple[Stage, str], playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Stage, Browser]]:
    stage, dist = first
    folder = tmp_path_factory.mktemp("browser")
    with (
        running_site(folder) as site,
        running_browser(playwright, site, stage.forge.data.parent / dist / "chrome", folder / "profile") as browser,
    ):
        yield stage, browser


@pytest.fixture
def calm(attacked: tuple[Stage, Browser]) -> Iterator[tuple[Stage, Browser]]:
    """All is well before, and again after."""
    yield attacked
    stage, browser = attacked
    stage.calm_down()
    assert browser.check_now()["error"] == ""


@pytest.mark.parametrize("row", ROWS)
def test_the_person_is_still_warned_and_the_popup_names_the_reason(row: str, calm: tuple[Stage, Browser]) -> None:
    stage, browser = calm
    good = browser.check_now()
    assert (good["error"], good["ruleCount"]) == ("", 7)
    TABLE[row].act(stage)
    popup = browser.popup()
    popup.locator("#check").click()
    popup.get_by_text("The last check failed.").wait_for()
    popup.get_by_text("Reason").click()
    assert TABLE[row].words in popup.locator("#rules details p").inner_text()
    popup.close()
    status = browser.ask_worker({"type": "getStatus"})
    assert (status["version"], status["ruleCount"]) == (good["version"], 7)
    page = browser.open("https://still.example/", ASK)
    waits_for_warning(page, "photo_consent")
    page.close()
