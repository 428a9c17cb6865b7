"""Every rule's own pages and all decoys, under their real addresses, in a real browser."""

import pytest

from rollguard.rules.pages import Expectation, decoys, fixtures
from tests.e2e.conftest import WARNING, Browser, waits_for_warning

SHOWN = [saved for saved in fixtures() if saved.shown]
SILENT = [*(saved for saved in fixtures() if not saved.shown), *decoys()]
QUIET_MS = 500
# A saved page cannot say that a popover was open.
OPEN_POPOVERS = "document.querySelectorAll('[popover]').forEach(e => e.showPopover())"
ASK = """
<div role="dialog"><h2>Allow cloud processing of your camera roll?</h2>
<p>We will upload photos from your camera roll to our cloud on an ongoing basis.</p>
<button>Allow</button><button>Don’t allow</button></div>
"""


def https(url: str) -> str:
    return url.replace("http://", "https://", 1)


@pytest.mark.parametrize("saved", SHOWN, ids=lambda saved: saved.page.name)
def test_warns_on_every_dialog_that_a_rule_must_know(saved: Expectation, watching_all: Browser) -> None:
    page = watching_all.open(https(saved.page.url), saved.page.html)
    page.evaluate(OPEN_POPOVERS)
    attributes = waits_for_warning(page, saved.shown or "")
    assert attributes["severity"] in {"warning", "notice"}
    page.close()


@pytest.mark.parametrize("saved", SILENT, ids=lambda saved: saved.page.name)
def test_is_silent_where_nothing_may_show_and_still_awake(saved: Expectation, watching_all: Browser) -> None:
    page = watching_all.open(https(saved.page.url), saved.page.html)
    page.evaluate(OPEN_POPOVERS)
    page.wait_for_timeout(QUIET_MS)
    assert page.locator(WARNING).count() == 0
    page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", ASK)
    page.wait_for_selector(WARNING, state="attached")
    page.close()


@pytest.mark.parametrize("saved", SHOWN[:1], ids=lambda saved: saved.page.name)
def test_the_warning_goes_with_its_dialog(saved: Expectation, watching_all: Browser) -> None:
    page = watching_all.open(https(saved.page.url), saved.page.html)
    waits_for_warning(page, saved.shown or "")
    page.evaluate("document.querySelector('[role=dialog], dialog, main').remove()")
    page.wait_for_selector(WARNING, state="detached")
    page.close()
