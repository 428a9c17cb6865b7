"""The TypeScript matcher in a real browser, as a callable."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from rollguard.build.bundler import bundle as bundle_script
from rollguard.rules.compiler import TARGET_PATH, compile_bundle
from rollguard.rules.loader import load_bundle
from rollguard.rules.model import Bundle


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    return load_bundle()


@pytest.fixture(scope="session")
def twin_page(tmp_path_factory: pytest.TempPathFactory, browser: Browser, bundle: Bundle) -> Iterator[Page]:
    script = bundle_script("tests/parity/entry.ts", tmp_path_factory.mktemp("parity"))
    page = browser.new_page()
    page.add_script_tag(content=script)
    skipped = page.evaluate("text => rollguard.useBundle(text)", compile_bundle(bundle)[TARGET_PATH].decode())
    assert skipped == []
    yield page
    page.close()


@pytest.fixture(scope="session")
def judge_in_browser(twin_page: Page) -> Callable[[str, str], Any]:
    return lambda html, url: twin_page.evaluate("([html, url]) => rollguard.judge(html, url)", [html, url])
