"""The exam itself is sound, and the engine passes it: recall, silence on everything else, the right buttons."""

import re
from collections import Counter

import pytest
from playwright.sync_api import Browser

from tests.corpus.__main__ import main
from tests.corpus.cases import INDEX, Case, dump_cases, load_cases, load_texts, render
from tests.corpus.engines import by_browser, by_python
from tests.corpus.figures import Figures, measure
from tests.corpus.pages import template_names
from tests.corpus.sampling import build_index
from tests.corpus.techniques import TECHNIQUES

LANGUAGES = set(
    "en de fr es es-419 pt-BR pt-PT it nl pl cs sk sv da nb fi hu ro el tr ru uk bg hr sr ar he fa ur hi bn id ms vi "
    "th ja ko zh-Hans zh-Hant ca".split()
)
TUNED = load_cases("tuned")
HELD_OUT = load_cases("held_out")


def test_the_index_is_what_texts_templates_and_techniques_make() -> None:
    assert INDEX.read_text("utf-8") == dump_cases(build_index()), "run `python -m tests.corpus index`"


def test_there_are_enough_asks_and_enough_pages_that_only_resemble_one() -> None:
    counts = Counter(case.is_ask for case in TUNED)
    assert counts[True] >= 300
    assert counts[False] >= 320


def test_every_language_asks_in_six_ways_and_english_and_german_in_fourteen() -> None:
    asks = Counter(text.language for text in load_texts() if text.is_ask and text.part == "tuned")
    assert {language: count for language, count in asks.items() if count < 6} == {}
    assert set(asks) == LANGUAGES
    assert min(asks["en"], asks["de"]) >= 14


def test_every_ask_is_asked_once_without_any_trick() -> None:
    plain = Counter((case.language, case.text) for case in TUNED if case.is_ask and case.technique == "plain")
    assert plain == Counter((text.language, text.id) for text in load_texts() if text.is_ask and text.part == "tuned")


def test_every_negative_stands_in_two_shapes() -> None:
    shapes = Counter((case.language, case.text) for case in TUNED if not case.is_ask)
    assert {text: count for text, count in shapes.items() if count < 2} == {}


def test_every_technique_and_every_template_is_used() -> None:
    asks = [case for case in TUNED if case.is_ask]
    assert {case.technique for case in asks} == {technique.name for technique in TECHNIQUES}
    assert {case.template for case in TUNED} == set(template_names())


def test_no_two_cases_are_the_same() -> None:
    assert [name for name, count in Counter(case.id for case in TUNED + HELD_OUT).items() if count > 1] == []


@pytest.mark.parametrize("language", sorted({case.language for case in TUNED + HELD_OUT}))
def test_every_case_renders_to_the_same_page_each_time(language: str) -> None:
    for case in load_cases(language=language):
        page = render(case)
        assert page == render(case), case.id
        assert f'<html lang="{language}"' in page, case.id
        assert len(re.findall(r"\{\{|\{%", page)) == 0, case.id


def test_what_is_held_out_is_never_explained(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for part in ("held_out", "all"):
        monkeypatch.setattr("sys.argv", ["corpus", "run", "--part", part, "--failures"])
        assert main() == 2
        assert "stays unseen" in capsys.readouterr().err


@pytest.fixture(scope="session")
def in_browser(browser: Browser) -> dict[str, Figures]:
    """Both parts, judged by the page's own guard."""
    judged = list(by_browser(browser, TUNED + HELD_OUT))
    assert len(judged) == len(TUNED) + len(HELD_OUT)
    tuned, held_out = (measure(pair for pair in judged if pair[0].part == part) for part in ("tuned", "held_out"))
    return {"tuned": tuned, "held_out": held_out.without_names()}


@pytest.fixture(scope="session")
def in_python() -> Figures:
    return measure(by_python(TUNED))


def test_asks_in_a_products_own_words_are_seen(in_browser: dict[str, Figures]) -> None:
    assert in_browser["tuned"].recall_plain.percent >= 98


def test_reworded_and_disguised_asks_are_seen(in_browser: dict[str, Figures]) -> None:
    figures = in_browser["tuned"]
    assert figures.recall_hard.percent >= 95, figures.recall_by_technique


def test_no_language_is_left_behind(in_browser: dict[str, Figures]) -> None:
    shares = in_browser["tuned"].recall_by_language
    assert {language: str(share) for language, share in shares.items() if share.percent < 90} == {}


def test_nothing_else_is_warned_of(in_browser: dict[str, Figures]) -> None:
    assert in_browser["tuned"].false_warnings == ()


def test_the_buttons_that_are_named_are_the_ones_that_are_there(in_browser: dict[str, Figures]) -> None:
    assert in_browser["tuned"].controls.percent >= 98


def test_the_publisher_judges_as_well_as_the_page(in_python: Figures) -> None:
    assert in_python.recall_plain.percent >= 98
    assert in_python.recall_hard.percent >= 95
    assert in_python.false_warnings == ()


def test_wordings_that_nobody_tuned_for_are_seen_too(in_browser: dict[str, Figures]) -> None:
    assert HELD_OUT, "tests/corpus/held_out holds no texts"
    held_out = in_browser["held_out"]
    # A floor below what is reached (91.7 % and 1 in 230, 2026-11), so that nothing slides. The aim: 3 points below the
    # tuned part, and none.
    assert held_out.recall.percent >= 90
    assert len(held_out.false_warnings) <= 1


def test_a_case_names_its_text_and_its_page() -> None:
    known = {(text.part, text.language, text.id): text for text in load_texts()}

    def fits(case: Case) -> bool:
        text = known[case.part, case.language, case.text]
        return text.expected == case.expected and case.url.startswith("https://")

    assert [case.id for case in TUNED + HELD_OUT if not fits(case)] == []
