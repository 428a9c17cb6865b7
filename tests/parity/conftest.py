"""The TypeScript matcher in a real browser, as a callable."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import Playwright

from rollguard.browsers import find_chromium
from rollguard.rules.compiler import compile_bundle
from rollguard.rules.loader import load_bundle
from rollguard.rules.model import Bundle

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    return load_bundle()


@pytest.fixture(scope="session")
def twin_page(
    tmp_path_factory: pytest.TempPathFactory, playwright: Playwright, bundle: Bundle
) -> Iterator[BrowserPage]:
    script = tmp_path_factory.mktemp("parity") / "entry.js"
    command = [Path(sys.executable).with_name("deno"), "bundle", "--quiet", "--platform", "browser", "--format", "iife"]
    config = ROOT / "extension" / "deno.json"
    subprocess.run([*command, "-c", config, "-o", script, ROOT / "tests" / "parity" / "entry.ts"], check=True)
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
    page = browser.new_page()
    page.add_script_tag(path=script)
    skipped = page.evaluate("text => rollguard.useBundle(text)", compile_bundle(bundle).decode())
    assert skipped == []
    yield page
    browser.close()


@pytest.fixture(scope="session")
def judge_in_browser(twin_page: BrowserPage) -> Callable[[str, str], Any]:
    return lambda html, url: twin_page.evaluate("([html, url]) => rollguard.judge(html, url)", [html, url])
