"""The Big List of Naughty Strings, wherever words come from: read without a fall, alike in both engines, never run."""

import json
from html import escape
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page
from pydantic import ValidationError

from rollguard.rules.compiler import TARGET_PATH, compile_bundle, parse_bundle, texts_path
from rollguard.rules.matcher import Matcher
from rollguard.rules.model import Bundle, Consequence, Lexicon, RuleText
from rollguard.rules.pages import parse_html
from rollguard.rules.slots import normal_phrase
from tests.fuzz.markup import ASK, BUTTONS

URL = "https://www.facebook.com/privacy/consent/x"
ASKS = [
    f'<title>{{0}}</title><div role=dialog aria-label="{{0}}"><h2>{{0}}</h2>{ASK}{BUTTONS}</div>',
    f"<div role=dialog>{ASK}<p>{{0}}</p><button>{{0}}</button><button>Don’t allow</button></div>",
]


@pytest.fixture(scope="module")
def naughty(fire: Page) -> list[str]:
    found: list[str] = fire.evaluate("() => fuzz.NAUGHTY")
    assert len(found) > 400
    return found


def judge(matcher: Matcher, html: str) -> list[dict[str, Any]]:
    return [report.to_json() for report in matcher.judge_page(parse_html(html), URL)]


@pytest.mark.parametrize("ask", ASKS)
def test_both_engines_say_the_same_of_a_dialog_with_it(
    ask: str, naughty: list[str], matcher: Matcher, fire: Page
) -> None:
    pages = [ask.replace("{0}", escape(text)) for text in naughty]
    in_browser = fire.evaluate("pages => fuzz.judgeAll(pages)", pages)
    for page, verdict in zip(pages, in_browser, strict=True):
        assert verdict == judge(matcher, page), page


def test_as_markup_it_gets_a_verdict_in_both_engines(naughty: list[str], matcher: Matcher, fire: Page) -> None:
    pages = [ASKS[1].replace("{0}", text) for text in naughty]
    assert len(fire.evaluate("pages => fuzz.judgeAll(pages)", pages)) == len(pages)
    for page in pages:
        json.dumps(judge(matcher, page))


def test_nothing_of_it_runs_where_it_is_shown_and_judged(naughty: list[str], fire: Page) -> None:
    opened: list[str] = []

    def close(dialog: Dialog) -> None:
        opened.append(dialog.message)
        dialog.dismiss()

    fire.on("dialog", close)
    before = fire.evaluate("() => Object.keys(globalThis).length")
    for text in naughty:
        fire.evaluate("text => fuzz.judgeNaughty(text)", text)
    assert opened == []
    assert fire.evaluate("() => Object.keys(globalThis).length") == before


def test_as_words_of_a_lexicon_it_means_the_same_in_both_engines(
    naughty: list[str], bundle: Bundle, fire: Page
) -> None:
    phrases = [text for text in naughty if _is_line(text) and _is_phrase(text)]
    english = next(lexicon for lexicon in bundle.lexicons if lexicon.language == "en")
    slots = {**english.slots, "camera_roll": (*english.slots["camera_roll"], *phrases)}
    spoilt = bundle.model_copy(update={"lexicons": (english.model_copy(update={"slots": slots}),)})
    data = compile_bundle(spoilt)
    matcher = Matcher(parse_bundle(data))
    pages = [f"<div role=dialog><p>Upload {escape(text)} to our cloud?</p>{BUTTONS}</div>" for text in phrases]
    try:
        fire.evaluate("text => fuzz.useBundle(text)", data[TARGET_PATH].decode())
        for page, verdict in zip(pages, fire.evaluate("pages => fuzz.judgeAll(pages)", pages), strict=True):
            assert verdict == judge(matcher, page), page
    finally:
        fire.evaluate("text => fuzz.useBundle(text)", compile_bundle(bundle)[TARGET_PATH].decode())


def test_as_a_text_of_a_rule_it_travels_whole(naughty: list[str], bundle: Bundle, fire: Page) -> None:
    said = [text for text in naughty if _is_line(text)]
    texts = tuple(
        RuleText(
            rule="photo_consent",
            language="en",
            title=text,
            consequences=(Consequence(text=text, source="x"),),
            decline=text,
        )
        for text in said
    )
    data = compile_bundle(Bundle(rules=(), lexicons=bundle.lexicons[:1], texts=texts))
    assert {text.title for text in parse_bundle(data).texts} == {text.title for text in texts}
    read = fire.evaluate("text => fuzz.readTexts(text)", data[texts_path("en")].decode())
    assert set(read) == {text.title for text in texts}


def _is_line(text: str) -> bool:
    try:
        Lexicon(language="en", slots={"ai": (text,)})
    except ValidationError:
        return False
    return True


def _is_phrase(text: str) -> bool:
    """Whether it has a word; a sign that stands for several ("¼") is none of a lexicon."""
    normal = normal_phrase(text)
    return normal != "" and normal_phrase(normal) == normal
