"""The parts of the push-time contract, one by one."""

import subprocess
import sys
from pathlib import Path

import pytest

from rollguard.corpus import corpus_negatives
from rollguard.errors import RuleError
from rollguard.rules.cost import MOST_LOOKS_PER_WORD, dearest_word
from rollguard.rules.loader import SOURCES, load_bundle
from rollguard.rules.model import Bundle, Lexicon
from rollguard.rules.negatives import parse_negatives
from rollguard.rules.permissions import new_permissions
from rollguard.rules.selector_cost import DEPTH, SIBLINGS, looks_per_element
from rollguard.rules.slots import MAX_GAP
from rollguard.rules.texts import SPOKEN
from tests.corpus.cases import load_cases
from tests.rules.good_rule import write_sources


def test_the_spoken_languages_are_those_of_the_extension() -> None:
    folders = {path.name for path in (SOURCES.parent / "extension" / "_locales").iterdir() if path.is_dir()}
    assert folders == set(SPOKEN)


def test_the_languages_are_those_of_the_lexicon_english_first() -> None:
    names = sorted(path.stem for path in (SOURCES / "lexicon").glob("*.toml") if path.name != "slots.toml")
    assert ("en", *(name for name in names if name != "en")) == SPOKEN


@pytest.mark.parametrize(
    ("selector", "looks"),
    [
        ("input[type=file]", 2),
        ("main, [role=main]", 2),
        ("div > p", 2),
        ("div + p", 2),
        ("div p", 1 + DEPTH),
        ("a b c", 1 + DEPTH * (1 + DEPTH)),
        ("a ~ b", 1 + SIBLINGS),
        ("a > b ~ c", 1 + SIBLINGS * 2),
        ("p:first-of-type", 1 + SIBLINGS),
        ("p:first-child:empty", 3),
        ("div:has(p)", 1 + DEPTH),
        ("div:has(p, b a)", 1 + DEPTH * (1 + 1 + DEPTH)),
        ("div:not(.a):is(b, c)", 1 + 1 + 2),
    ],
)
def test_looks_are_counted_from_the_selector_alone(selector: str, looks: int) -> None:
    assert looks_per_element(selector) == looks


def test_the_dearest_word_is_that_of_most_entries_stems_and_gaps_included() -> None:
    lexicon = Lexicon(language="en", slots={"a": ("the x", "the … y", "th*", "rare"), "b": ("the z",)})
    assert dearest_word(lexicon) == ("the", 2 + 1 + (MAX_GAP + 1) + 1 + 2)


def test_our_own_words_stay_well_below_what_a_word_may_cost() -> None:
    costs = {lexicon.language: dearest_word(lexicon)[1] for lexicon in load_bundle().lexicons}
    assert 0 < max(costs.values()) < 0.75 * MOST_LOOKS_PER_WORD


def with_patterns(bundle: Bundle, *patterns: str) -> Bundle:
    return bundle.model_copy(update={"rules": (bundle.rules[0].model_copy(update={"match_patterns": patterns}),)})


@pytest.mark.parametrize(
    ("public", "pushed", "asks"),
    [
        (["*://*.acme.com/*"], ["*://*.acme.com/*"], []),
        (["*://*.acme.com/*"], ["https://www.acme.com/photos*", "*://acme.com/*", "*://*.de.acme.com/*"], []),
        (["*://acme.com/*"], ["*://*.acme.com/*"], ["*://*.acme.com/*"]),
        (["*://*.acme.com/*"], ["*://notacme.com/*"], ["*://notacme.com/*"]),
        (["*://*.acme.com/*"], ["*://acme.com.evil.org/*"], ["*://acme.com.evil.org/*"]),
        ([], ["*://acme.com/*"], ["*://acme.com/*"]),
        (["*://acme.com/*"], [], []),
    ],
)
def test_a_site_that_no_installed_copy_watches_asks_for_a_new_permission(
    public: list[str], pushed: list[str], asks: list[str], tmp_path: Path
) -> None:
    bundle = load_bundle(write_sources(tmp_path))
    said = new_permissions(with_patterns(bundle, *public), with_patterns(bundle, *pushed))
    assert [sentence.split(": ")[1].split(" ")[0] for sentence in said] == asks
    assert all(sentence.startswith("'acme' asks for a new permission: ") for sentence in said)


def test_the_checkouts_corpus_is_read_whole_and_only_for_its_own_sources(tmp_path: Path) -> None:
    negatives = corpus_negatives()
    expected = [case for case in load_cases() if not case.is_ask and not case.needs_rendering]
    assert len(negatives) == len(expected) > 700
    held_out = [negative for negative in negatives if negative.is_held_out]
    assert len(held_out) == sum(case.part == "held_out" for case in expected) > 0
    assert all("/" not in negative.page.name.removeprefix("tests/corpus") for negative in held_out)
    assert corpus_negatives(write_sources(tmp_path)) == []


def test_the_corpus_can_be_given_to_a_service() -> None:
    command = [sys.executable, "-m", "tests.rules.negative_pages"]
    done = subprocess.run(command, cwd=SOURCES.parent, capture_output=True, text=True, check=True)
    assert parse_negatives("negatives/corpus.jsonl", done.stdout) == corpus_negatives()


@pytest.mark.parametrize("line", ["[]", "1", "{", '{"name": "a", "url": "b", "html": "c"}', "[" * 100_000])
def test_a_line_that_is_no_page_is_refused_by_number(line: str) -> None:
    with pytest.raises(RuleError, match="negatives: line 1"):
        parse_negatives("negatives", line)
