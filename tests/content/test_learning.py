"""A page has the lexicons of its own languages at once, and those of others when one of their words is met."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from rollguard.build.bundler import bundle as bundle_script
from rollguard.rules.compiler import TARGET_PATH, compile_bundle
from rollguard.rules.loader import load_bundle

GERMAN = """<div role="dialog"><h2>Cloudverarbeitung deiner Aufnahmen erlauben?</h2>
<p>Wir laden regelmäßig Fotos aus deinen Aufnahmen in unsere Cloud hoch.</p>
<button>Erlauben</button><button>Nicht erlauben</button></div>"""
ENGLISH = """<div role="dialog"><h2>Allow cloud processing of your camera roll?</h2>
<p>We will upload photos from your camera roll to our cloud on an ongoing basis.</p>
<button>Allow</button><button>Don’t allow</button></div>"""
CARD = ENGLISH.replace('role="dialog"', "")
DULL = """<div role="dialog"><h2>Sign in with Google</h2><button>OK</button><button>No</button></div>
<button>Share</button><button>Apple</button>"""

LISTEN = "([rules, languages]) => rollguardLearning.listen(rules, languages)"
SHOW = "html => document.body.innerHTML = html"
HEARD = "rollguardLearning.heard.language"


@pytest.fixture(scope="session")
def rules() -> str:
    return compile_bundle(load_bundle())[TARGET_PATH].decode()


@pytest.fixture(scope="session")
def script(tmp_path_factory: pytest.TempPathFactory) -> str:
    return bundle_script("tests/content/learning.ts", tmp_path_factory.mktemp("learning"))


@pytest.fixture
def page(browser: Browser, script: str) -> Iterator[Page]:
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(body="<!doctype html><body>", content_type="text/html"))
    page.add_init_script(script)
    page.goto("https://page.example/")
    yield page
    page.close()


@pytest.mark.parametrize("html", [ENGLISH, CARD], ids=["dialog", "card"])
def test_a_language_of_the_page_is_heard_without_asking_for_it(html: str, page: Page, rules: str) -> None:
    page.evaluate(LISTEN, [rules, ["en-GB"]])
    page.evaluate(SHOW, html)
    page.wait_for_function(f"{HEARD} === 'en'")
    assert "en" not in page.evaluate("rollguardLearning.heard.asked")


def test_another_language_is_asked_for_when_its_words_are_met(page: Page, rules: str) -> None:
    page.evaluate(LISTEN, [rules, ["en"]])
    assert page.evaluate("rollguardLearning.heard.asked") == []
    page.evaluate(SHOW, GERMAN)
    page.wait_for_function(f"{HEARD} === 'de'")
    asked = page.evaluate("rollguardLearning.heard.asked")
    assert asked[0] == "de"
    assert len(asked) == len(set(asked)) < 12


def test_words_that_many_languages_share_ask_for_none(page: Page, rules: str) -> None:
    page.evaluate(LISTEN, [rules, ["en"]])
    page.evaluate(SHOW, DULL)
    page.wait_for_function("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")
    assert len(page.evaluate("rollguardLearning.heard.asked")) <= 2
