"""Words → hits: where on a page a lexicon's notions are met.

Twin: `extension/src/content/slots.ts`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from rollguard.rules.composed import compose, parts_of
from rollguard.rules.hits import Hit
from rollguard.rules.model import Lexicon
from rollguard.rules.words import WORD_UNITS, Word, cut_words

MAX_GAP = 3
"""`…` in an entry stands for at most so many words, or three signs for each where there are no spaces."""
STEM_KEY = 2
_KEPT_ENTRIES = 150_000
"""More than all lexicons hold. Many indexes ask for each, and a service checks nearly the same at every push."""


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


@lru_cache(_KEPT_ENTRIES)
def parse_entry(slot: str, phrase: str) -> Entry:
    """Read an entry such as `upload* … cloud`. An entry without a single word gets no parts."""
    parts: list[Part] = []
    gap = False
    for piece in normal_phrase(phrase).split():
        if piece == "…":
            gap = bool(parts)
            continue
        is_stem = piece.endswith("*")
        parts.append(Part(piece.removesuffix("*"), is_stem, gap))
        gap = False
    return Entry(slot, tuple(parts))


@cache
def normal_phrase(phrase: str) -> str:
    """The phrase with each word in its normal form, as a compiled lexicon carries it: it has only to be split."""
    words: list[str] = []
    for piece in phrase.split():
        if piece in {"…", "..."}:
            words += ["…"]
            continue
        norms = _normal_words(piece)
        words += norms
        if piece.endswith("*") and norms:
            words[-1] += "*"
    return " ".join(words)


@cache
def _normal_words(piece: str) -> tuple[str, ...]:
    return tuple(word.norm for word in cut_words(piece))


class SlotIndex:
    """One language's lexicon, or some of its slots, ready to be searched in time linear in the text."""

    def __init__(self, lexicon: Lexicon, slots: Collection[str] | None = None) -> None:
        self.language = lexicon.language
        self._by_word: dict[str, list[Entry]] = {}
        self._by_stem: dict[str, list[Entry]] = {}
        wanted = None if slots is None else parts_of(slots)
        for slot, phrases in lexicon.slots.items():
            if wanted is None or slot in wanted:
                for phrase in phrases:
                    self._add(parse_entry(slot, phrase))

    def _add(self, entry: Entry) -> None:
        if not entry.parts:
            return
        first = entry.parts[0]
        if first.is_stem:
            self._by_stem.setdefault(first.norm[:STEM_KEY], []).append(entry)
        else:
            self._by_word.setdefault(first.norm, []).append(entry)

    def hits(self, words: list[Word]) -> list[Hit]:
        """Every slot's hits, composed ones among them, the longest per slot and place, in the order of the text."""
        longest: dict[tuple[int, str], int] = {}
        for start, word in enumerate(words):
            for entry in self._candidates(word.norm):
                end = _match(entry, words, start)
                if end:
                    key = (start, entry.slot)
                    longest[key] = max(end, longest.get(key, 0))
        return compose([Hit(slot, start, end) for (start, slot), end in sorted(longest.items())], words)

    def _candidates(self, norm: str) -> Iterable[Entry]:
        yield from self._by_word.get(norm, ())
        for length in range(1, STEM_KEY + 1):
            yield from self._by_stem.get(norm[:length], ()) if length <= len(norm) else ()


def _match(entry: Entry, words: list[Word], start: int) -> int:
    """Where the entry ends (exclusive) when it begins at `start`; 0 where it does not. Nearest words first."""
    at = start
    for part in entry.parts:
        if at == len(words):
            return 0
        last = words[at].at + (MAX_GAP * WORD_UNITS if part.gap else 0)
        while _goes_on(words, at, start, last, part) and not part.fits(words[at].norm):
            at += 1
        if not _goes_on(words, at, start, last, part):
            return 0
        at += 1
    return at


def _goes_on(words: list[Word], at: int, start: int, last: int, part: Part) -> bool:
    """Whether a phrase begun at `start` may go on at `at`: not too far, in the same block, no gap over a full stop."""
    if at == len(words) or words[at].at > last:
        return False
    return at == start or not (words[at].opens_sentence if part.gap else words[at].opens_block)
