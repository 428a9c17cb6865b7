"""Text → markup that a person reads as ever and a program does not: letters changed, parted, turned, drawn."""

import html
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.corpus.scripts import JOINED, each_word, graphemes

Dress = Callable[[str, "Place"], str]


@dataclass(slots=True)
class Wardrobe:
    """What one page's dressed texts share: its dice, its style sheet, its out-of-line drawings."""

    random: Random
    script: str
    css: list[str] = field(default_factory=list)
    defs: list[str] = field(default_factory=list)

    def style(self, rule: str, pseudo: str = "") -> str:
        """A class of its own for this rule, under a name that says nothing."""
        name = self.name()
        self.css.append(f".{name}{pseudo}{{{rule}}}")
        return name

    def name(self) -> str:
        return "x" + "".join(self.random.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=6))


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text stands: `title`, `text` or `label`."""

    part: str
    wardrobe: Wardrobe

    @property
    def random(self) -> Random:
        return self.wardrobe.random

    def words(self, text: str, change: Callable[[str], str]) -> str:
        return each_word(text, self.wardrobe.script, change)

    def often(self, chance: float) -> bool:
        return self.random.random() < chance


def plain(text: str, _place: Place) -> str:
    return html.escape(text)


def letters_in_spans(text: str, place: Place) -> str:
    return place.words(text, lambda word: "".join(f"<span>{html.escape(sign)}</span>" for sign in graphemes(word)))


def between(mark: str, chance: float) -> Dress:
    def dress(text: str, place: Place) -> str:
        def split(word: str) -> str:
            signs = [html.escape(sign) for sign in graphemes(word)]
            return signs[0] + "".join((mark if place.often(chance) else "") + sign for sign in signs[1:])

        return place.words(text, split)

    return dress


def zero_width(text: str, place: Place) -> str:
    # ZWJ and ZWNJ change how joined scripts look: a page that wants to be read leaves them out there.
    marks = "\u200b\u2060\ufeff" if place.wardrobe.script in JOINED else "\u200b\u200c\u200d\u2060\ufeff"
    return between(place.random.choice(marks), 0.4)(text, place)


_LATIN = "aceijopsxyABCEHIKMOPTX"
_CYRILLIC = "асеіјорѕхуАВСЕНІКМОРТХ"
LOOK_ALIKES = {
    "latin": [*zip(_LATIN, _CYRILLIC, strict=True), ("o", "ο"), ("v", "ν"), ("A", "Α"), ("K", "Κ"), ("O", "Ο")],
    "cyrillic": list(zip(_CYRILLIC, _LATIN, strict=True)),
    "greek": [("ο", "o"), ("ν", "v"), ("Α", "A"), ("Κ", "K"), ("Ο", "O"), ("Τ", "T"), ("ο", "о")],
}


def homoglyphs(text: str, place: Place) -> str:
    pairs = LOOK_ALIKES[place.wardrobe.script]
    seen = [[other for own, other in pairs if own == letter] for letter in text]
    chosen = [
        place.random.choice(others) if others and place.often(0.4) else letter
        for letter, others in zip(text, seen, strict=True)
    ]
    return html.escape("".join(chosen))


def _shifted(text: str, upper: int, lower: int) -> str:
    def shift(letter: str) -> str:
        if "A" <= letter <= "Z":
            return chr(upper + ord(letter) - ord("A"))
        return chr(lower + ord(letter) - ord("a")) if "a" <= letter <= "z" else letter

    return html.escape("".join(map(shift, text)))


def mathematical(text: str, place: Place) -> str:
    upper = place.random.choice([0x1D400, 0x1D5A0, 0x1D5D4, 0x1D670])  # bold, sans-serif, bold sans-serif, monospace
    return _shifted(text, upper, upper + 26)


def fullwidth(text: str, _place: Place) -> str:
    return _shifted(text, 0xFF21, 0xFF41)


def rtl_override(text: str, place: Place) -> str:
    """Words turned round by control characters, each isolated, or else their order would turn with them."""

    def turn(word: str) -> str:
        turned = html.escape("".join(reversed(graphemes(word))))
        return f"\u2066\u202e{turned}\u202c\u2069" if place.often(0.6) else html.escape(word)

    return place.words(text, turn)


def ruby(text: str, place: Place) -> str:
    def annotate(word: str) -> str:
        reading = "".join(place.random.choices("あいうかきくしたなの" if place.often(0.5) else "aeiou", k=2))
        return f"<ruby>{html.escape(word)}<rp>(</rp><rt>{reading}</rt><rp>)</rp></ruby>"

    return place.words(text, annotate)


def bidi_css(text: str, place: Place) -> str:
    name = place.wardrobe.style("direction:rtl;unicode-bidi:isolate-override")

    def turn(word: str) -> str:
        return f'<span class="{name}">{html.escape("".join(reversed(graphemes(word))))}</span>'

    return place.words(text, turn)


def mirrored(text: str, place: Place) -> str:
    """The word is flipped and so is each of its letters: they read as ever, and stand backwards in the markup."""
    name = place.wardrobe.style("display:inline-block;transform:scaleX(-1)")

    def turn(word: str) -> str:
        letters = "".join(f'<i class="{name}">{html.escape(sign)}</i>' for sign in reversed(graphemes(word)))
        return f'<span class="{name}">{letters}</span>'

    return place.words(text, turn)


def order_shuffle(text: str, place: Place) -> str:
    row = place.wardrobe.style("display:inline-flex")

    def shuffle(word: str) -> str:
        signs = list(enumerate(graphemes(word)))
        place.random.shuffle(signs)
        return (
            f'<span class="{row}">'
            + "".join(f'<span style="order:{at}">{html.escape(sign)}</span>' for at, sign in signs)
            + "</span>"
        )

    return place.words(text, shuffle)


def before_content(text: str, place: Place) -> str:
    name = place.wardrobe.style("content:attr(data-content)", "::before")

    def hang(word: str) -> str:
        return (
            f'<span class="{name}" data-content="{html.escape(word)}"></span>'
            if place.often(0.7)
            else html.escape(word)
        )

    return place.words(text, hang)


def after_continuation(text: str, place: Place) -> str:
    name = place.wardrobe.style("content:attr(data-rest)", "::after")

    def split(word: str) -> str:
        signs = graphemes(word)
        half = (len(signs) + 1) // 2
        first, rest = html.escape("".join(signs[:half])), html.escape("".join(signs[half:]))
        return f'<span class="{name}" data-rest="{rest}">{first}</span>' if rest else first

    return place.words(text, split)


def css_label(text: str, place: Place) -> str:
    if place.part != "label":
        return html.escape(text)
    words = text.replace("\\", "\\\\").replace('"', '\\"')
    name = place.wardrobe.style(f'content:"{words}"', "::before")
    return f'<span class="{name}"></span>'


def svg_use(text: str, place: Place) -> str:
    """Each word is a drawing of a word that stands somewhere else."""
    sign_width = 16 if place.wardrobe.script in {"han", "hangul"} else 11

    def draw(word: str) -> str:
        name = place.wardrobe.name()
        drawn = f'<text id="{name}" x="0" y="16" font-size="15" direction="ltr">{html.escape(word)}</text>'
        place.wardrobe.defs.append(drawn)
        size = f'width="{sign_width * len(graphemes(word)) + 4}" height="20"'
        return f'<svg {size} fill="currentColor"><use href="#{name}"></use></svg>'

    return place.words(text, draw)
