"""The page's own reader in a real browser, as a callable."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from rollguard.build.bundler import bundle as bundle_script

Reader = Callable[..., Any]
FONT = "<style>body{font:16px/1.25 sans-serif;margin:8px}</style>"


@pytest.fixture(scope="session")
def reader_script(tmp_path_factory: pytest.TempPathFactory) -> str:
    return bundle_script("tests/content/entry.ts", tmp_path_factory.mktemp("content"))


@pytest.fixture(scope="session")
def reader_page(browser: Browser, reader_script: str) -> Iterator[Page]:
    page = browser.new_page()
    page.add_init_script(reader_script)
    page.goto("about:blank")
    page.add_script_tag(content=reader_script)
    yield page
    page.close()


@pytest.fixture
def ask(reader_page: Page) -> Reader:
    """Show a page, then ask the reader by the name of one of its functions."""

    def answer(html: str, question: str = "asRendered", selector: str = "#it", *more: str) -> Any:
        reader_page.set_content(f"<!doctype html>{FONT}{html}")
        return reader_page.evaluate(f"(asked) => reader.{question}(...asked)", [selector, *more])

    return answer
