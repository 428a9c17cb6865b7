"""Case → what each system finds on its page and how long it looks, side by side in one browser."""

import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Route

from rollguard.build.bundler import bundle
from rollguard.rules.compiler import TARGET_PATH, compile_bundle
from rollguard.rules.loader import load_bundle
from tests.corpus.cases import Case, render
from tests.corpus.engines import Answer, Verdict

AUTOCONSENT = "16.23.0"
"""The release of `@duckduckgo/autoconsent` that is compared. Fetched when the bench runs, and by nothing else."""
KEYWORDS = Path(__file__).with_name("scoreboard_keywords.toml")

ROLLGUARD = "rollguard"
BASELINES = ("keywords", "keywordsWithChoice", "autoconsent", "anyDialog")
TIMED = (ROLLGUARD, "keywords", "autoconsent")

_PACKAGE = f"npm:@duckduckgo/autoconsent@{AUTOCONSENT}"
_ENTRY = f"""
import AutoConsent, {{ filterCompactRules }} from "{_PACKAGE}";
import rules from "{_PACKAGE}/rules/compact-rules.json" with {{ type: "json" }};
Object.assign(globalThis, {{ autoconsentPackage: {{ AutoConsent, filterCompactRules, rules }} }});
"""
_COMPARE = "([address, html, turn]) => rollguardScoreboard.compare(address, html, turn)"
_LOAD = "([rules, phrases]) => rollguardScoreboard.load(rules, phrases)"
_FINE_CLOCK = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
"""Only a page on its own is told the time to five microseconds."""


@dataclass(frozen=True, slots=True)
class Look:
    """At one page: whether each baseline finds anything there, and the milliseconds that each system took."""

    found: dict[str, bool]
    ms: dict[str, float]

    def answer(self, baseline: str, case: Case) -> Answer:
        """A baseline knows no severities: whatever it finds on an ask counts as the right one."""
        shown: Verdict | None = {"severity": case.expected} if self.found[baseline] else None
        return Answer(shown, "")


@cache
def phrases() -> dict[str, dict[str, list[str]]]:
    """The keyword matcher's words by language, the international ones in each."""
    languages: dict[str, dict[str, list[str]]] = tomllib.loads(KEYWORDS.read_text("utf-8"))
    shared = languages.pop("international")
    return {language: {kind: [*shared[kind], *own[kind]] for kind in shared} for language, own in languages.items()}


def look(browser: Browser, cases: Iterable[Case]) -> Iterator[tuple[Case, Look]]:
    """Origin by origin, as the corpus does; on each page another system begins."""
    rules = compile_bundle(load_bundle())[TARGET_PATH].decode()
    page = browser.new_page()
    for script in _scripts():
        page.add_init_script(script)
    page.route("**/*", _serve)
    turn = 0
    for origin, group in groupby(sorted(cases, key=_origin), key=_origin):
        page.goto(f"{origin}/")
        page.evaluate(_LOAD, [rules, list(phrases().values())])
        first, *others = group
        page.evaluate(_COMPARE, [first.url, render(first), turn])  # machine code is made at the first page of an origin
        for case in (first, *others):
            seen = page.evaluate(_COMPARE, [case.url, render(case), turn])
            yield case, Look(seen["found"], seen["ms"])
            turn += 1
    page.close()


def _scripts() -> list[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        entry = folder / "autoconsent.ts"
        entry.write_text(_ENTRY, "utf-8")
        return [bundle(str(entry), folder), bundle("tests/bench/scoreboard.ts", folder)]


def _origin(case: Case) -> str:
    parts = urlsplit(case.url)
    return f"{parts.scheme}://{parts.netloc}"


def _serve(route: Route) -> None:
    """An empty page at every address, and nothing else."""
    if route.request.is_navigation_request():
        route.fulfill(body="<!doctype html>", content_type="text/html; charset=utf-8", headers=_FINE_CLOCK)
    else:
        route.abort()
