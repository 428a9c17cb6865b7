"""The instrument itself: it finds what is wrong, and nothing where nothing is."""

import pytest
from playwright.sync_api import Page

from tests.axe import violations

FINE = '<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>{}</main></html>'


def test_a_page_without_faults_has_no_violations(page: Page) -> None:
    page.set_content(FINE.format("<button>Go</button>"))
    assert violations(page) == []


@pytest.mark.parametrize(
    ("fault", "name"),
    [("<button></button>", "button-name"), ('<p style="color: #bbb; background: #fff">faint</p>', "color-contrast")],
)
def test_a_fault_is_found_and_named(page: Page, fault: str, name: str) -> None:
    page.set_content(FINE.format(fault))
    assert [found.partition(":")[0] for found in violations(page)] == [name]
