"""The welcome page's demo dialog in every language that the page speaks."""

import pytest

from rollguard.rules.loader import load_bundle
from rollguard.rules.matcher import Matcher
from rollguard.rules.pages import parse_html
from tests.ui.warnings import tables

DEMO = """<dialog open><p>SnapVault</p><h3>{welcomeDemoTitle}</h3><p>{welcomeDemoText}</p>
<div><button>{welcomeDemoRefuse}</button><button>{welcomeDemoAllow}</button></div></dialog>"""


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load_bundle())


@pytest.mark.parametrize("language", sorted(tables()))
def test_the_demo_is_recognised_in_the_words_of_each_language(matcher: Matcher, language: str) -> None:
    words = {key: entry["message"] for key, entry in tables()[language].items()}
    reports = matcher.judge_page(parse_html(DEMO.format_map(words)), "https://snapvault.example/")
    shown = [report.shown for report in reports if report.shown]
    assert [verdict.rule for verdict in shown] == ["photo_consent"]
    # Without a certain no, the demo could not show the button that presses it.
    assert shown[0].decline is not None
    assert shown[0].decline.certain
