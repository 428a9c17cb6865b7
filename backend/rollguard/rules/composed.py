"""Hits → hits of notions that are said in two parts: "pictures" and "on your phone" are the person's pictures.

Twin: `extension/src/content/composed.ts`. A lexicon cannot list every way to put two words together; it names the
parts, and here is said which parts make a notion, and how far apart they may stand.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rollguard.rules.hits import Hit
from rollguard.rules.words import WORD_UNITS, Word


@dataclass(frozen=True, slots=True)
class Composition:
    """`slot` is met where one of `heads` and one of `others` stand in one sentence.

    reach: how many words may stand between them; first where the head comes last ("your best photos"), then where it
        comes first ("photos you took", but not "photos that your friends …").
    """

    slot: str
    heads: frozenset[str]
    others: frozenset[str]
    reach: tuple[int, int]


COMPOSITIONS = (
    Composition("your_photos", frozenset({"pictures"}), frozenset({"yours", "everything"}), (2, 0)),
    Composition("your_photos", frozenset({"pictures"}), frozenset({"place"}), (4, 4)),
    Composition("camera_roll", frozenset({"gallery"}), frozenset({"yours", "everything"}), (2, 0)),
    Composition("camera_roll", frozenset({"gallery"}), frozenset({"place"}), (4, 4)),
    Composition("camera_roll", frozenset({"gallery"}), frozenset({"analyse"}), (5, 5)),
    Composition("cloud", frozenset({"hand_over"}), frozenset({"theirs"}), (10, 10)),
    Composition("ai", frozenset({"analyse"}), frozenset({"machine"}), (8, 8)),
)


def parts_of(slots: Collection[str]) -> set[str]:
    """The slots, and what they may be composed of."""
    made = [composition for composition in COMPOSITIONS if composition.slot in slots]
    return {*slots, *(part for made_of in made for part in made_of.heads | made_of.others)}


def heads_of(slots: Collection[str]) -> set[str]:
    """The slots, and without what none of them can be composed: what a text must have to be looked at closer."""
    made = [composition for composition in COMPOSITIONS if composition.slot in slots]
    return {*slots, *(head for made_of in made for head in made_of.heads)}


def compose(hits: list[Hit], words: list[Word]) -> list[Hit]:
    """The hits and, in the order of the text, what they compose."""
    composed = {hit for composition in COMPOSITIONS for hit in _composed(composition, hits, words)}
    if not composed:
        return hits
    longest: dict[tuple[int, str], Hit] = {}
    for hit in [*hits, *composed]:
        known = longest.get((hit.start, hit.slot))
        if known is None or hit.end > known.end:
            longest[hit.start, hit.slot] = hit
    return [longest[key] for key in sorted(longest)]


def _composed(composition: Composition, hits: list[Hit], words: list[Word]) -> Iterator[Hit]:
    """Each head with the part before it that is nearest, and each part with the head before it."""
    sides = (composition.heads, composition.others)
    latest: list[Hit | None] = [None, None]
    for hit in hits:
        for side, slots in enumerate(sides):
            if hit.slot in slots:
                before = latest[1 - side]
                if before is not None and _are_close(before, hit, composition.reach[side], words):
                    yield Hit(composition.slot, before.start, max(before.end, hit.end), is_composed=True)
                latest[side] = hit


def _are_close(before: Hit, hit: Hit, reach: int, words: list[Word]) -> bool:
    """Whether they stand apart, not too far, and in one sentence."""
    if hit.start < before.end:
        return False
    last = words[before.end - 1]
    if words[hit.start].at - last.at - last.units > reach * WORD_UNITS:
        return False
    return not any(word.opens_sentence for word in words[before.end : hit.start + 1])
