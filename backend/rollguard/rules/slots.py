"""Words → hits: where on a page a lexicon's notions are met.

Twin: `extension/src/content/slots.ts`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rollguard.rules.model import Lexicon
from rollguard.rules.words import WORD_UNITS, Word, cut_words

MAX_GAP = 3
"""`…` in an entry stands for at most so many words, or three signs for each where there are no spaces."""
_STEM_KEY = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One word of an entry. `gap`: up to MAX_GAP words may stand before it."""

    norm: str
    is_stem: bool
    gap: bool

    def fits(self, norm: str) -> bool:
        return norm.startswith(self.norm) if self.is_stem else norm == self.norm


@dataclass(frozen=True, slots=True)
class Entry:
    slot: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A slot met by the words `start` … `end` (exclusive)."""

    slot: str
    start: int
    end: int


def parse_entry(slot: str, phrase: str) -> Entry:
    """Read an entry such as `upload* … cloud`. An entry without a single word gets no parts."""
    parts: list[Part] = []
    gap = False
    for piece in phrase.split():
        if piece in {"…", "..."}:
            gap = bool(parts)
            continue
        norms = [word.norm for word in cut_words(piece)]
        for index, norm in enumerate(norms):
            is_stem = piece.endswith("*") and index == len(norms) - 1
            parts.append(Part(norm, is_stem, gap))
            gap = False
    return Entry(slot, tuple(parts))


class SlotIndex:
    """One language's lexicon, ready to be searched in time linear in the text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.language = lexicon.language
        self._by_word: dict[str, list[Entry]] = {}
        self._by_stem: dict[str, list[Entry]] = {}
        for slot, phrases in lexicon.slots.items():
            for phrase in phrases:
                self._add(parse_entry(slot, phrase))

    def _add(self, entry: Entry) -> None:
        if not entry.parts:
            return
        first = entry.parts[0]
        if first.is_stem:
            self._by_stem.setdefault(first.norm[:_STEM_KEY], []).append(entry)
        else:
            self._by_word.setdefault(first.norm, []).append(entry)

    def hits(self, words: list[Word]) -> list[Hit]:
        """Every slot's hits, the longest per slot and place, in the order of the text."""
        longest: dict[tuple[int, str], int] = {}
        for start, word in enumerate(words):
            for entry in self._candidates(word.norm):
                end = _match(entry, words, start)
                if end:
                    key = (start, entry.slot)
                    longest[key] = max(end, longest.get(key, 0))
        return [Hit(slot, start, end) for (start, slot), end in sorted(longest.items())]

    def _candidates(self, norm: str) -> Iterable[Entry]:
        yield from self._by_word.get(norm, ())
        for length in range(1, _STEM_KEY + 1):
            yield from self._by_stem.get(norm[:length], ()) if length <= len(norm) else ()


def _match(entry: Entry, words: list[Word], start: int) -> int:
    """Where the entry ends (exclusive) when it begins at `start`; 0 where it does not. Nearest words first."""
    at = start
    for part in entry.parts:
        if at == len(words):
            return 0
        last = words[at].at + (MAX_GAP * WORD_UNITS if part.gap else 0)
        while _is_within(words, at, start, last) and not part.fits(words[at].norm):
            at += 1
        if not _is_within(words, at, start, last):
            return 0
        at += 1
    return at


def _is_within(words: list[Word], at: int, start: int, last: int) -> bool:
    """Whether a phrase that began at `start` may go on at `at`: not too far, and in the same block."""
    return at < len(words) and words[at].at <= last and (at == start or not words[at].opens_block)


def drop_contained(hits: list[Hit]) -> list[Hit]:
    """Only the hits that are not part of a longer one: in "Don't allow", `allow` means nothing."""
    return [
        hit
        for hit in hits
        if not any(
            other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start
            for other in hits
        )
    ]


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
