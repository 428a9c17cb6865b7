"""What is really published, judged with."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from rollguard.build.bundler import bundle as bundle_script
from rollguard.rules.compiler import TARGET_PATH, compile_bundle
from rollguard.rules.loader import load_bundle
from rollguard.rules.matcher import Matcher
from rollguard.rules.model import Bundle


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    return load_bundle()


@pytest.fixture(scope="session")
def matcher(bundle: Bundle) -> Matcher:
    return Matcher(bundle)


@pytest.fixture(scope="session")
def fire(tmp_path_factory: pytest.TempPathFactory, browser: Browser, bundle: Bundle) -> Iterator[Page]:
    """A page with the TypeScript matcher in it, and all that it is to stand."""
    script = bundle_script("tests/fuzz/entry.ts", tmp_path_factory.mktemp("fuzz"))
    page = browser.new_page()
    page.goto("about:blank")
    page.add_script_tag(content=script)
    page.evaluate("text => fuzz.useBundle(text)", compile_bundle(bundle)[TARGET_PATH].decode())
    yield page
    page.close()
