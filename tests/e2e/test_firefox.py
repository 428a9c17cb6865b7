"""The same promises in real Firefox: known dialogs, decoys, a pushed rule, a service that is down."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rollguard.demo.stage import maintainers_sources
from rollguard.rules.pages import Expectation, decoys, fixtures
from tests.e2e.conftest import PUSHED_WARNING_MS, Service, build, push, running_service
from tests.e2e.firefox import Firefox, Tab, running_firefox
from tests.e2e.test_pages import ASK, OPEN_POPOVERS, https

SHOWN = [saved for saved in fixtures() if saved.shown]
# Chromium is shown all of them; here a sample, spread over every kind and language, keeps the run short.
SILENT = decoys()[::4]
QUIET_SECONDS = 0.5
WARNINGS = "[...document.querySelectorAll('rollguard-warning')].map(warning => warning.dataset.rule)"


@pytest.fixture(scope="module")
def firefox(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    folder = tmp_path_factory.mktemp("firefox")
    extension = build(folder / "dist", service.url, "--target", "firefox", "--all-sites") / "firefox"
    with running_firefox(extension, folder / "profile") as running:
        yield running


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[Service]:
    with running_service(tmp_path / "data") as running:
        yield running


@pytest.fixture
def own_firefox(own_service: Service, tmp_path: Path) -> Iterator[Firefox]:
    extension = build(tmp_path / "dist", own_service.url, "--target", "firefox", "--all-sites") / "firefox"
    with running_firefox(extension, tmp_path / "profile") as running:
        yield running


def opened(firefox: Firefox, saved: Expectation) -> Tab:
    tab = firefox.open(https(saved.page.url), saved.page.html)
    tab.evaluate(OPEN_POPOVERS)
    return tab


def stays_silent(tab: Tab, seconds: float) -> None:
    tab.firefox.pump(seconds)
    assert tab.evaluate(WARNINGS) == []


@pytest.mark.parametrize("saved", SHOWN, ids=lambda saved: saved.page.name)
def test_warns_on_every_dialog_that_a_rule_must_know(saved: Expectation, firefox: Firefox) -> None:
    tab = opened(firefox, saved)
    tab.waits_for(WARNINGS, [saved.shown])
    tab.close()


@pytest.mark.parametrize("saved", SILENT, ids=lambda saved: saved.page.name)
def test_is_silent_on_decoys_and_still_awake(saved: Expectation, firefox: Firefox) -> None:
    tab = opened(firefox, saved)
    stays_silent(tab, QUIET_SECONDS)
    tab.evaluate(f"document.body.insertAdjacentHTML('beforeend', {json.dumps(ASK)})")
    tab.waits_for(f"{WARNINGS}.length", 1)
    tab.close()


def test_the_warning_goes_with_its_dialog(firefox: Firefox) -> None:
    tab = firefox.open("https://goes.example/", f"<!doctype html><main>Hello</main>{ASK}")
    tab.waits_for(WARNINGS, ["photo_consent"])
    tab.evaluate("document.querySelector('[role=dialog]').remove()")
    tab.waits_for(WARNINGS, [])
    tab.close()


def test_a_pushed_rule_acts_in_a_tab_that_is_already_open(
    own_firefox: Firefox, own_service: Service, tmp_path: Path
) -> None:
    tab = own_firefox.open(f"{own_service.url}/demo/second")
    stays_silent(tab, 3)
    assert "version 2" in push(own_service.url, maintainers_sources(tmp_path / "sources"))
    tab.waits_for(WARNINGS, ["snapvault_faces"], PUSHED_WARNING_MS / 1000)
    status = own_firefox.ask_worker({"type": "getStatus"})
    assert (status["version"], status["error"], status["isExpired"]) == (2, "", False)


def test_when_the_service_is_down_the_last_good_rules_go_on_warning(
    own_firefox: Firefox, own_service: Service, tmp_path: Path
) -> None:
    push(own_service.url, maintainers_sources(tmp_path / "sources"))
    before = own_firefox.ask_worker({"type": "checkNow"})
    assert (before["version"], before["error"]) == (2, "")
    tab = own_firefox.open(f"{own_service.url}/demo/second")
    tab.waits_for(WARNINGS, ["snapvault_faces"])
    own_service.stop()
    after = own_firefox.ask_worker({"type": "checkNow"})
    assert "cannot be reached" in after["error"]
    assert (after["version"], after["ruleCount"]) == (2, before["ruleCount"])
    tab.evaluate("document.querySelector('dialog').close()")
    tab.waits_for(WARNINGS, [])
    tab.evaluate("document.querySelector('dialog').showModal()")
    tab.waits_for(WARNINGS, ["snapvault_faces"])
    other = own_firefox.open("https://still.example/", f"<!doctype html>{ASK}")
    other.waits_for(WARNINGS, ["photo_consent"])
