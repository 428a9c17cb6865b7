"""Text → words: where every script's punctuation, case, look-alikes and invisible characters stop mattering.

Twin: `extension/src/content/words.ts`. Both must cut alike; `tests/parity` holds them together.
"""

import unicodedata
from dataclasses import dataclass

import regex

from rollguard.rules.confusables import LOOKS_LIKE

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
MAX_LETTERS = 1000
"""A word is read no further than this: sorting the accents of a letter that carries thousands takes quadratic time."""
WORD_UNITS = 3
"""How long a word is. A sign of a script without spaces is one unit long: three are about a word."""

# Scripts that put no spaces between words, and what such a sign may carry. Each sign is a word of its own here, in
# a text as in the lexicon: a phrase is then met wherever its signs follow one another.
_UNSPACED = (
    r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc\uff70"
    r"\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}"
)
_CARRIED = rf"\p{{M}}\uff9e\uff9f{IGNORABLE}"
_WORD = regex.compile(
    rf"(?V1)(?P<sign>[{_UNSPACED}][{_CARRIED}]*)|[[\p{{L}}\p{{M}}\p{{N}}{IGNORABLE}]--[{_UNSPACED}]]+"
)
_IGNORABLE = regex.compile(rf"[{IGNORABLE}]+")
_SENTENCE_END = regex.compile(r"[.!?:;…。！？：；؟؛।]")
_BLANKS = regex.compile(rf"[ \t\n\r\f\u00a0{BREAK}]+")

_PLAIN = regex.compile(r"[a-z]+|[A-Z]?[a-z]*")
# Marks that writers leave out or vary: accents, Hebrew points, Arabic vowels and tatweel, nuktas.
_MARKS = regex.compile(r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u093c\u09bc]+")
_MIXED = regex.compile(r"(?=.*[a-zA-Z]).*[^\x00-\x7f]")
_CAPITAL_I = regex.compile(r"(?<=[a-z])I|(?<!^)I(?=[a-z])")  # "cIoud", "AIlow"
_DIGITS = regex.compile(r"(?<=[a-z])[01]+|[01]+(?=[a-z])")  # "cl0ud"; whole runs, so that a normal form is its own
_LETTERS = str.maketrans("01", "ol")
# Letters that the same word is written with in another place, case or on another keyboard.
_VARIANTS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ς": "σ", "ı": "i",
        "ک": "ك", "ی": "ي", "ى": "ي", "ہ": "ه", "ھ": "ه", "ة": "ه", "\u0901": "\u0902", "\u0981": "\u0982",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its normal form, and where it stands in the text it was cut from."""

    norm: str
    start: int
    end: int
    opens_block: bool = False
    """It is the first of its block."""
    opens_sentence: bool = False
    """It is the first of its sentence; a colon or semicolon ends one, too."""
    at: int = 0
    """How many units of words stand before it."""
    units: int = WORD_UNITS


def normal_form(word: str) -> str:
    """What two spellings of one word have in common: case, width, accents, look-alike letters are gone."""
    if _PLAIN.fullmatch(word):
        return word.lower()
    text = unicodedata.normalize("NFKC", _IGNORABLE.sub("", word)[:MAX_LETTERS])
    if _MIXED.match(text):  # a foreign letter among Latin ones stands for what it looks like, in its own case
        text = "".join(LOOKS_LIKE.get(letter, letter) for letter in text)
    text = _CAPITAL_I.sub("l", text).lower()
    text = _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_VARIANTS)
    text = "".join(LOOKS_LIKE.get(letter, letter).lower() for letter in unicodedata.normalize("NFC", text))
    text = text.replace("\u0e4d\u0e32", "\u0e33").replace("\u0ecd\u0eb2", "\u0eb3")  # NFKC parts Thai and Lao "am"
    return _DIGITS.sub(lambda run: run[0].translate(_LETTERS), text)


def cut_words(text: str, limit: int = MAX_WORDS) -> list[Word]:
    """The first `limit` words of the text, in order."""
    words: list[Word] = []
    end = at = 0
    for match in _WORD.finditer(text):
        if len(words) == limit:
            break
        norm = normal_form(match.group())
        if norm:
            units = 1 if match["sign"] else WORD_UNITS
            between = text[end : match.start()]
            opens_block = BREAK in between
            opens_sentence = opens_block or _SENTENCE_END.search(between) is not None
            words.append(Word(norm, match.start(), match.end(), opens_block, opens_sentence, at, units))
            end = match.end()
            at += units
    return words


def collapse(text: str) -> str:
    """The text as a person would write it down: invisible characters gone, blanks single."""
    return _BLANKS.sub(" ", _IGNORABLE.sub("", text)).strip(" ")
