"""Asks and near misses by several authors, each text once and plainly: what one author's words do not teach."""

import pytest

from tests.corpus.cases import PLAIN_TEMPLATES, load_cases
from tests.corpus.engines import by_python
from tests.corpus.figures import Figures, measure

VOICES = load_cases("voices")


@pytest.fixture(scope="module")
def figures() -> Figures:
    return measure(by_python(VOICES))


def test_every_author_is_asked_in_dialogs_cards_and_full_pages() -> None:
    assert {case.template for case in VOICES if case.is_ask} >= set(PLAIN_TEMPLATES)
    assert len({case.id for case in VOICES}) == len(VOICES)


def test_other_peoples_wordings_are_seen(figures: Figures) -> None:
    assert figures.recall.percent >= 95
    shares = figures.recall_by_language
    assert {language: str(share) for language, share in shares.items() if share.percent < 80} == {}


def test_other_peoples_everyday_dialogs_are_silent(figures: Figures) -> None:
    assert figures.false_warnings == ()
