"""What a person is told: nothing is missing in any language that we speak."""

import re
import tomllib
from urllib.parse import urlsplit

import pytest

from rollguard.rules.loader import SOURCES, load_bundle, load_remedies
from rollguard.rules.model import Rule
from rollguard.rules.texts import SPOKEN

BUNDLE = load_bundle()
REMEDIES = load_remedies()
RULE_HOSTS = {"techcrunch.com", "www.theverge.com", "soylentnews.org"}
"""Cited by rules only; everybody else whom we cite is on the remedies' list."""


def named(rule: Rule) -> str:
    return rule.id


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("rule", BUNDLE.rules, ids=named)
def test_a_rule_says_everything_in_every_language_that_we_speak(rule: Rule, language: str) -> None:
    [text] = [text for text in BUNDLE.texts if (text.rule, text.language) == (rule.id, language)]
    dates = {source.id: source.date for source in rule.sources}
    assert text.title.strip()
    assert text.consequences
    for consequence in text.consequences:
        assert consequence.text.strip()
        assert re.fullmatch(r"20\d\d-\d\d(-\d\d)?", dates[consequence.source])
    assert text.decline.strip()
    assert text.turn_off, "who has already allowed it is left alone"
    assert all(step.strip() for step in text.turn_off)


@pytest.mark.parametrize("rule", BUNDLE.rules, ids=named)
def test_a_rule_has_a_remedy_beside_it(rule: Rule) -> None:
    assert rule.id in {remedy.id for remedy in REMEDIES}


def test_a_remedy_says_everything_in_every_language_that_remedies_speak() -> None:
    languages = {remedy.language for remedy in REMEDIES}
    assert languages >= {"en", "de"}
    ids = {remedy.id for remedy in REMEDIES}
    assert {(remedy.id, remedy.language) for remedy in REMEDIES} == {(name, one) for name in ids for one in languages}


def test_both_objection_forms_of_meta_are_there() -> None:
    links = {remedy.link for remedy in REMEDIES if remedy.way == "objection"}
    forms = {"6359191084165019", "510058597920541"}
    assert {f"https://www.facebook.com/help/contact/{form}" for form in forms} <= links
    assert {remedy.product for remedy in REMEDIES if remedy.way == "objection"} >= {"Facebook", "Instagram"}


def test_every_link_is_https_and_leads_to_a_host_that_is_known() -> None:
    hosts = tomllib.loads((SOURCES / "remedies" / "hosts.toml").read_text("utf-8"))
    both = [one.sources for one in BUNDLE.rules] + [one.sources for one in REMEDIES]
    cited = [source.url for sources in both for source in sources]
    links = [remedy.link for remedy in REMEDIES if remedy.link]
    assert all(url.startswith("https://") for url in cited + links)
    assert {urlsplit(url).hostname for url in links} == set(hosts["links"])
    assert {urlsplit(url).hostname for url in cited} == set(hosts["sources"]) | RULE_HOSTS
