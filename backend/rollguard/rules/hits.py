"""Hits: where on a page a lexicon's notions are met, and what can be said of several together.

Twin: `extension/src/content/hits.ts`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rollguard.rules.words import WORD_UNITS, Word


@dataclass(frozen=True, slots=True)
class Hit:
    """A slot met by the words `start` … `end` (exclusive)."""

    slot: str
    start: int
    end: int
    is_composed: bool = False
    """Put together of two others, and of words between them that say nothing."""


def covered(hits: Iterable[Hit]) -> int:
    """How many words are part of some hit. What stands between the parts of a composed one is not understood."""
    return len({at for hit in hits if not hit.is_composed for at in range(hit.start, hit.end)})


def drop_contained(hits: list[Hit]) -> list[Hit]:
    """Only the hits that are not part of a longer one: in "Don't allow", `allow` means nothing.

    The hits come in the order of the text, and stay in it.
    """
    longest: dict[int, int] = {}
    for hit in hits:
        longest[hit.start] = max(hit.end, longest.get(hit.start, 0))
    reach = 0
    for start, end in longest.items():
        if end <= reach:  # inside one that began before
            longest[start] = 0
        reach = max(reach, end)
    return [hit for hit in hits if hit.end == longest[hit.start]]


def span(hits: list[Hit], words: list[Word], groups: Iterable[Collection[str]]) -> int | None:
    """The shortest stretch in which every group has a hit, in units of words; None if there is none."""
    wanted = [frozenset(group) for group in groups]
    latest: list[int | None] = [None] * len(wanted)
    best: int | None = None
    for hit in hits:
        for index, group in enumerate(wanted):
            if hit.slot in group:
                latest[index] = words[hit.start].at
        starts = [start for start in latest if start is not None]
        if len(starts) == len(wanted):
            length = max(starts) - min(starts) + WORD_UNITS
            best = length if best is None else min(best, length)
    return best
