"""Text → words: where every script's punctuation, case and invisible characters stop mattering.

Twin: `extension/src/content/words.ts`. Both must cut alike; `tests/parity` holds them together.
"""

import unicodedata
from dataclasses import dataclass

import regex

# Characters that draw nothing (Unicode Default_Ignorable_Code_Point, without the unassigned ranges).
# One of them inside a word must not split it: that is how a filter is blinded.
IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
BREAK = "\u2029"
"""Parts blocks of text (Unicode: paragraph separator). No phrase reaches across one: two buttons are two labels."""
MAX_WORDS = 4000
"""A candidate is read no further than this: no dialog is longer, and work must have an end."""

_WORD = regex.compile(rf"[\p{{L}}\p{{M}}\p{{N}}{IGNORABLE}]+")
_IGNORABLE = regex.compile(rf"[{IGNORABLE}]+")
_BLANKS = regex.compile(rf"[ \t\n\r\f\u00a0{BREAK}]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its normal form, and where it stands in the text it was cut from."""

    norm: str
    start: int
    end: int
    opens_block: bool = False
    """It is the first of its block."""


def normal_form(word: str) -> str:
    return unicodedata.normalize("NFKC", _IGNORABLE.sub("", word)).lower()


def cut_words(text: str, limit: int = MAX_WORDS) -> list[Word]:
    """The first `limit` words of the text, in order."""
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        if len(words) == limit:
            break
        norm = normal_form(match.group())
        if norm:
            words.append(Word(norm, match.start(), match.end(), BREAK in text[end : match.start()]))
            end = match.end()
    return words


def collapse(text: str) -> str:
    """The text as a person would write it down: invisible characters gone, blanks single."""
    return _BLANKS.sub(" ", _IGNORABLE.sub("", text)).strip(" ")
