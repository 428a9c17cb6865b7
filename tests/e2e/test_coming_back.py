"""A page that was put by and comes back as it was: everybody who had forgotten it is told again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright

from rollguard.browsers import extension_arguments, find_chromium
from tests.e2e.asking import ASK, DIALOG, EMPTY, RULE, framed
from tests.e2e.conftest import WARNING, Browser, Service, build, waits_for_warning
from tests.e2e.site import Site

BADGE = "chrome.tabs.query({active: true}).then(([tab]) => chrome.action.getBadgeText({tabId: tab.id}))"
KEPT = "<script>addEventListener('pageshow', event => { document.title = event.persisted ? 'kept' : 'new' })</script>"


@pytest.fixture(scope="module")
def keeping(
    playwright: Playwright, site: Site, service: Service, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """As people run it: drivers switch the cache of left pages off."""
    folder = tmp_path_factory.mktemp("keeping")
    extension = build(folder / "dist", service.url, "--target", "chrome", "--all-sites") / "chrome"
    args = [*extension_arguments(extension), f"--host-resolver-rules=MAP * 127.0.0.1:{site.port}, EXCLUDE 127.0.0.1"]
    context = playwright.chromium.launch_persistent_context(
        folder / "profile",
        executable_path=find_chromium(),
        headless=True,
        args=[*args, "--ignore-certificate-errors", "--disable-quic"],
        ignore_default_args=["--disable-extensions", "--disable-back-forward-cache", "--disable-features"],
    )
    yield Browser(context, site)
    context.close()


@pytest.fixture
def page(keeping: Browser) -> Iterator[Page]:
    page = keeping.context.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("frame", ["top", "other origin"])
def test_a_page_that_comes_back_from_the_cache_warns_again(frame: str, keeping: Browser, page: Page) -> None:
    pages = framed(frame, f"<!doctype html>{DIALOG}")
    top = next(iter(pages))
    pages[top] += KEPT
    for url, html in pages.items():
        keeping.site.show(url, html)
    page.goto(top)
    waits_for_warning(page, RULE)
    page.goto(keeping.site.show("https://elsewhere.example/", EMPTY))
    assert page.locator(WARNING).count() == 0
    page.go_back(wait_until="commit")
    page.wait_for_function("document.title === 'kept'")
    waits_for_warning(page, RULE)
    popup = keeping.popup(over=page)
    popup.wait_for_function(f"async () => await {BADGE} === '!'")
    popup.close()
    page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", f"<dialog open>{ASK}</dialog>")
    page.evaluate("document.querySelector('iframe, [role=dialog]').remove()")
    waits_for_warning(page, RULE)
    page.evaluate("document.querySelector('dialog').close()")
    page.wait_for_selector(WARNING, state="detached")
