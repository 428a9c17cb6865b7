"""The userscript's own code in a page: the same recognition, overlay and verified updates as the extension."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Playwright

from rollguard.browsers import find_chromium, sandbox_arguments
from rollguard.demo.stage import maintainers_sources
from rollguard.rules.loader import load_bundle
from rollguard.rules.pages import Expectation, decoys, fixtures
from tests.e2e.conftest import (
    PUSHED_WARNING_MS,
    ROOT,
    WARNING,
    Service,
    build,
    push,
    running_service,
    waits_for_warning,
)
from tests.e2e.site import Site
from tests.e2e.userscript_host import Manager

SHOWN = [saved for saved in fixtures() if saved.shown and saved.page.name.endswith(("match_en.html", "match_de.html"))]
SILENT = decoys()[::8]
QUIET_MS = 800
ENGLISH = json.loads((ROOT / "extension" / "_locales" / "en" / "messages.json").read_text("utf-8"))
TEXTS = {text.language: text for text in load_bundle().texts if text.rule == "facebook_cloud_processing"}
SPANISH_NAME = "facebook_cloud_processing/match_es.html"
SPANISH = next(saved.page for saved in fixtures() if saved.page.name.endswith(SPANISH_NAME))


@pytest.fixture(scope="module")
def chromium(playwright: Playwright, site: Site) -> Iterator[Chromium]:
    arguments = [f"--host-resolver-rules=MAP * 127.0.0.1:{site.port}, EXCLUDE 127.0.0.1", "--ignore-certificate-errors"]
    browser = playwright.chromium.launch(
        executable_path=find_chromium(), args=[*arguments, "--disable-quic", *sandbox_arguments()]
    )
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def own_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running_service(tmp_path_factory.mktemp("userscript") / "data") as service:
        yield service


@pytest.fixture(scope="module")
def userscript(own_service: Service, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("userscript") / "dist"
    return build(out, own_service.url, "--target", "userscript", "--all-sites") / "rollguard.user.js"


@pytest.fixture
def manager(chromium: Chromium, userscript: Path) -> Iterator[Manager]:
    context: BrowserContext = chromium.new_context(locale="en-US", viewport={"width": 1280, "height": 800})
    yield Manager(context, userscript)
    context.close()


@pytest.mark.parametrize("saved", SHOWN, ids=lambda saved: saved.page.name)
def test_the_userscript_warns(saved: Expectation, manager: Manager, site: Site) -> None:
    page = manager.open(site.show(saved.page.url, saved.page.html))
    waits_for_warning(page, saved.shown or "")


@pytest.mark.parametrize("saved", SILENT, ids=lambda saved: saved.page.name)
def test_the_userscript_is_silent_on_decoys(saved: Expectation, manager: Manager, site: Site) -> None:
    page = manager.open(site.show(saved.page.url, saved.page.html))
    page.wait_for_timeout(QUIET_MS)
    assert page.locator(WARNING).count() == 0


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_the_warning_speaks_the_persons_language_whatever_the_dialog_speaks(
    language: str, chromium: Chromium, userscript: Path, site: Site
) -> None:
    context = chromium.new_context(locale=language)
    page = Manager(context, userscript).open(site.show(SPANISH.url, SPANISH.html))
    waits_for_warning(page, "facebook_cloud_processing")
    tree = context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    read = {node["name"]["value"] for node in tree["nodes"] if node.get("name", {}).get("value")}
    context.close()
    locale = json.loads((ROOT / "extension" / "_locales" / language / "messages.json").read_text("utf-8"))
    assert {TEXTS[language].title, locale["overlayDismiss"]["message"]} <= read


def test_a_mute_reaches_as_far_as_it_says_in_every_tab_until_the_menu_ends_it(manager: Manager, site: Site) -> None:
    ask = next(saved.page for saved in SHOWN if saved.shown == "photo_consent")
    mute = {"id": "m", "scope": "rule", "site": "muted.example", "rule": "photo_consent", "print": "", "until": ""}
    mute["since"] = "2026-11-01T00:00:00.000Z"
    manager.stored["mutes"] = json.dumps({"schema": 1, "mutes": [mute, {"scope": "torn"}], "ended": {}})
    waits_for_warning(manager.open(site.show("https://loud.example/", ask.html)), "photo_consent")
    page = manager.open(site.show("https://muted.example/", ask.html))
    page.wait_for_timeout(QUIET_MS)
    assert page.locator(WARNING).count() == 0
    manager.press(page, ENGLISH["popupUnmute"]["message"])
    waits_for_warning(page, "photo_consent")
    page.reload()
    waits_for_warning(page, "photo_consent")


def test_the_menu_switches_what_a_person_does_not_want(manager: Manager, site: Site) -> None:
    page = manager.open(site.show("https://choices.example/", "<!doctype html><title>page</title>"))
    manager.press(page, ENGLISH["settingsAskOnce"]["message"])
    manager.press(page, ENGLISH["settingsMarkNot"]["message"])
    page.wait_for_timeout(QUIET_MS)
    page.reload()
    manager.press(page, ENGLISH["settingsAskTwice"]["message"])
    page.wait_for_timeout(QUIET_MS)
    kept = json.loads(manager.stored["settings"])["settings"]
    assert (kept["speedBump"], kept["highlight"]) == (True, False)


def test_the_userscript_warns_under_a_policy_that_allows_no_script(manager: Manager, site: Site) -> None:
    saved = next(saved.page for saved in SHOWN if saved.shown == "photo_consent")
    policy = "default-src 'self'; script-src 'none'; style-src 'none'; require-trusted-types-for 'script'"
    page = manager.open(site.show("https://strict.example/", saved.html, Content_Security_Policy=policy))
    page.wait_for_selector(WARNING, state="attached")


def test_a_pushed_rule_reaches_the_userscript_in_a_page_that_is_open(
    manager: Manager, own_service: Service, tmp_path: Path
) -> None:
    page = manager.open(f"{own_service.url}/demo/second")
    page.wait_for_timeout(3_000)
    assert page.locator(WARNING).count() == 0
    push(own_service.url, maintainers_sources(tmp_path / "sources"))
    waits_for_warning(page, "snapvault_faces", PUSHED_WARNING_MS)
    assert all(address.startswith(own_service.url) for address in manager.asked), "it asks nobody else"
    assert any(key.startswith("trust:target:") for key in manager.stored), "verified rules are kept"
