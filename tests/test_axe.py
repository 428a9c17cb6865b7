"""The instrument itself: it finds what is wrong, and nothing where nothing is."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.axe import violations

FINE = '<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>{}</main></html>'


@pytest.fixture
def blank(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.context.close()


def test_a_page_without_faults_has_no_violations(blank: Page) -> None:
    blank.set_content(FINE.format("<button>Go</button>"))
    assert violations(blank) == []


@pytest.mark.parametrize(
    ("fault", "name"),
    [("<button></button>", "button-name"), ('<p style="color: #bbb; background: #fff">faint</p>', "color-contrast")],
)
def test_a_fault_is_found_and_named(blank: Page, fault: str, name: str) -> None:
    blank.set_content(FINE.format(fault))
    assert [found.partition(":")[0] for found in violations(blank)] == [name]
