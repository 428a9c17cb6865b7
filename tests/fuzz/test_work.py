"""Work grows with the text, not with its square: four times as much of anything takes about four times the steps."""

import unicodedata
from typing import Literal

import pytest

from rollguard.rules import words as words_module
from rollguard.rules.bidi import in_reading_order
from rollguard.rules.match_patterns import path_fits
from rollguard.rules.matcher import Matcher
from rollguard.rules.pages import parse_html
from rollguard.rules.words import MAX_LETTERS, normal_form
from tests.fuzz.effort import work_of
from tests.fuzz.markup import ASK, BUTTONS

FEW, MANY = 15, 60
MOST = 5
"""Times the steps, for four times as much."""
DIALOG = f"<div role=dialog>{ASK}{{}}{BUTTONS}</div>"


@pytest.mark.parametrize(
    ("page", "piece"),
    [
        (DIALOG, "word "),
        (DIALOG, "Allow your camera roll photos cloud AI "),
        (DIALOG, "We never upload your photos to the cloud. "),
        (DIALOG, "<p>camera roll</p>"),
        (DIALOG, "<button>Allow</button>"),
        (DIALOG, "<button>Don’t allow</button>"),
        (DIALOG, "<div role=switch aria-label=x></div>"),
        (DIALOG, "<article>x</article>"),
        (DIALOG, "<!-- x --><i></i>"),
        (DIALOG, "<span>\u202eword\u202c</span>"),
        (DIALOG, "<x-y>"),
        ("{}" + DIALOG.format(""), "<x-y>"),
        ("<div>{}</div>", "<button>Allow</button>"),
        ("<div>{}</div>", "<p>camera roll</p><a href=x>Allow</a>"),
        ("<div>{}</div>", "<div><p>Use your camera roll</p><button>Allow</button></div>"),
        ("<div>{}</div>", "<label>Upload photos<input type=checkbox></label>"),
        ("{}", "<div role=dialog><button>Allow</button></div>"),
        (f"<div role=dialog aria-labelledby='{{}}'><h2 id=t>{'word ' * 50}</h2></div>", "t "),
    ],
)
def test_four_times_as_much_takes_about_four_times_the_steps(page: str, piece: str, matcher: Matcher) -> None:
    def steps(count: int) -> int:
        parsed = parse_html(page.replace("{}", piece * count))
        matcher.judge_page(parsed, "https://a.example/")  # once before: what is made ready stays ready
        return work_of(lambda: matcher.judge_page(parsed, "https://a.example/"))

    few, many = steps(FEW), steps(MANY)
    assert many <= MOST * few, f"{few} steps, then {many}: {many / few:.1f} times"


@pytest.mark.parametrize("opening", ["\u202e", "\u202d", "\u2066\u202e"])
def test_direction_marks_nested_deep_cost_no_more_than_shallow_ones(opening: str) -> None:
    shallow = work_of(lambda: in_reading_order(opening + "letters" * 1000))
    assert work_of(lambda: in_reading_order(opening * 30 + "letters" * 1000)) <= 2 * shallow


def test_a_word_with_thousands_of_accents_is_not_sorted_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    longest = 0

    class Counting:
        @staticmethod
        def normalize(form: Literal["NFC", "NFD", "NFKC"], text: str) -> str:
            nonlocal longest
            longest = max(longest, len(text))
            return unicodedata.normalize(form, text)

    monkeypatch.setattr(words_module, "unicodedata", Counting)
    normal_form("a" + "\u0315\u0316" * 50_000)
    assert 0 < longest <= MAX_LETTERS


def test_a_pattern_of_many_stars_is_walked_once() -> None:
    assert not path_fits("/" + "a*" * 30 + "b", "/" + "a" * 5000)
    assert path_fits("/" + "a*" * 30 + "b", "/" + "a" * 5000 + "b")
