"""Case → answer, by the Python matcher or by the page's own guard in Chromium."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Route, sync_playwright

from rollguard.browsers import find_chromium, sandbox_arguments
from rollguard.build.bundler import bundle as bundle_script
from rollguard.rules.compiler import TARGET_PATH, compile_bundle
from rollguard.rules.loader import load_bundle
from rollguard.rules.matcher import Matcher
from rollguard.rules.pages import parse_html
from tests.corpus.cases import Case, render

Verdict = dict[str, Any]
_EXAMINE = "([address, html, explain]) => rollguardCorpus.examine(address, html, explain)"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person would be told: the verdict that is shown, or None; and why nothing more came of it."""

    shown: Verdict | None
    near: str


def by_python(cases: Iterable[Case]) -> Iterator[tuple[Case, Answer]]:
    """Passes over what only rendering tells: this engine has none."""
    matcher = Matcher(load_bundle())
    for case in cases:
        if case.needs_rendering:
            continue
        reports = matcher.judge_page(parse_html(render(case)), case.url)
        shown = [report.shown.to_json() for report in reports if report.shown]
        near = [verdict.to_json() for report in reports for verdict in report.verdicts]
        yield case, Answer(shown[-1] if shown else None, _nearest(near))


@contextmanager
def open_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=sandbox_arguments())
        yield browser
        browser.close()


def by_browser(browser: Browser, cases: Iterable[Case], *, explain: bool = False) -> Iterator[tuple[Case, Answer]]:
    """Origin by origin: reading the rules of forty languages anew for every page would be most of the time."""
    rules = compile_bundle(load_bundle())[TARGET_PATH].decode()
    with tempfile.TemporaryDirectory() as folder:
        script = bundle_script("tests/corpus/engine.ts", Path(folder))
    page = browser.new_page()
    page.add_init_script(script)
    page.route("**/*", _serve)
    for origin, group in groupby(sorted(cases, key=_origin), key=_origin):
        page.goto(f"{origin}/")
        if skipped := page.evaluate("text => rollguardCorpus.load(text)", rules):
            raise ValueError(f"the browser's engine leaves rules out: {skipped}")
        for case in group:
            found = page.evaluate(_EXAMINE, [case.url, render(case), explain])
            yield case, Answer(found["shown"], _nearest(found["near"]))
    page.close()


def _origin(case: Case) -> str:
    parts = urlsplit(case.url)
    return f"{parts.scheme}://{parts.netloc}"


def _serve(route: Route) -> None:
    """An empty page at every address, and nothing else: no page of the corpus reaches the network."""
    if route.request.is_navigation_request():
        route.fulfill(body="<!doctype html>", content_type="text/html; charset=utf-8")
    else:
        route.abort()


def _nearest(verdicts: list[Verdict]) -> str:
    """The rule that the page met in most words, with the clause that failed and the words that it did meet."""
    if not verdicts:
        return "no region of the page was looked at"
    best = max(verdicts, key=lambda verdict: len({evidence["slot"] for evidence in verdict["evidence"]}))
    met = ", ".join(f"{evidence['slot']}={evidence['words']!r}" for evidence in best["evidence"])
    why = best["failed"] or "matched as rendered, but the markup gave no reason to look"
    return f"{best['rule']} [{best['language']}] {why}; met: {met or 'nothing'}"
