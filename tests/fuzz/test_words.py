"""A lexicon's words are put into their normal form once by the compiler, and again by whoever reads the bundle."""

import regex
from hypothesis import assume, example, given

from rollguard.rules.slots import normal_phrase
from rollguard.rules.words import cut_words
from tests.fuzz.effort import MANY
from tests.fuzz.markup import ANY_TEXT, WORDS

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


@MANY
@given(phrase=ANY_TEXT | WORDS)
@example(phrase="2011e10")
@example(phrase="ꓮꓡꓡꓳꓪ")
@example(phrase="ሀ")
def test_the_normal_form_of_a_normal_form_is_itself(phrase: str) -> None:
    # A sign that stands for several ("¼") is no word of a lexicon.
    assume(all(WORD.fullmatch(word.norm) for word in cut_words(phrase)))
    normal = normal_phrase(phrase)
    assert normal_phrase(normal) == normal
