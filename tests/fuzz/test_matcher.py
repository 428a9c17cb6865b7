"""Whatever a page holds, the maintainer's matcher comes to a verdict."""

import json

from hypothesis import example, given

from rollguard.errors import RuleError
from rollguard.rules.matcher import CandidateReport, Matcher
from rollguard.rules.pages import parse_html
from tests.fuzz.effort import MANY
from tests.fuzz.markup import ASK, BUTTONS, PAGE, URLS

HOME = "https://a.example/"
DIALOG = f"<div role=dialog>{ASK}{{}}{BUTTONS}</div>"


def judge(matcher: Matcher, html: str, url: str = HOME) -> list[CandidateReport]:
    return matcher.judge_page(parse_html(html), url)


def shown(matcher: Matcher, html: str) -> list[str]:
    return [report.shown.rule for report in judge(matcher, html) if report.shown]


@MANY
@given(html=PAGE, url=URLS)
@example(html=DIALOG, url="https://[")
@example(html=DIALOG, url="https://a.example/\n")
@example(html=f"<div role=dialog style='{'x ' * 50_000}'>", url=HOME)
@example(html="<div role=dialog>\ud800&#xD800;\udfff", url=HOME)
def test_any_markup_at_any_address_gets_a_verdict(matcher: Matcher, html: str, url: str) -> None:
    try:
        reports = judge(matcher, html, url)
    except RuleError as refusal:
        assert refusal.place == url  # noqa: PT017  (most addresses are none; what is one is never refused)
        return
    for report in reports:
        json.dumps(report.to_json())
        assert report.shown is None or report.shown.matched
        assert all(verdict.matched == (verdict.failed is None) for verdict in report.verdicts)


def test_a_dialog_of_a_hundred_thousand_words_is_read_to_its_limit(matcher: Matcher) -> None:
    assert shown(matcher, DIALOG.format("<p>" + "word " * 100_000)) != []
    assert shown(matcher, f"<div role=dialog><p>{'word ' * 100_000}</p>{ASK}{BUTTONS}</div>") == []


def test_a_dialog_that_nests_thousands_of_elements_deep_is_read(matcher: Matcher) -> None:
    deep = "<x-y>" * 10_000 + "word" + "</x-y>" * 10_000
    assert shown(matcher, DIALOG.format(deep)) != []
