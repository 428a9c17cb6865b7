"""Words → the languages that may have a say about them.

Twins: `extension/src/content/gate.ts`, and `extension/src/shared/gate_text.ts`, which carries it to the page.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from rollguard.rules.composed import heads_of
from rollguard.rules.model import Lexicon
from rollguard.rules.slots import STEM_KEY, normal_phrase
from rollguard.rules.words import Word

SHARED_BY_MANY = 8
"""A word that opens a gate for more languages is asked for the one that follows it: "Google" is no photo service."""
SHORT = 3
"""So is a short one, which any language may have by chance: "in" is not yet German for "in Ordnung"."""
_ANY = "…"


class Gate:
    """Which languages may have a say: those in which an entry of certain slots begins with some of the words.

    Most texts speak one or two languages; only these are indexed and searched.
    """

    def __init__(self, lexicons: Iterable[Lexicon], slots: Collection[str]) -> None:
        starts = set(_starts(lexicons, heads_of(slots)))
        known: dict[str, set[str]] = {}
        for first, _second, language in starts:
            known.setdefault(first, set()).add(language)
        self._entries: dict[str, dict[tuple[str, str], set[str]]] = {}
        for first, second, language in starts:
            is_telling = len(known[first]) <= SHARED_BY_MANY and len(first) > SHORT
            key = first[:STEM_KEY] if first.endswith("*") else first
            entry = (first, _ANY if is_telling else second)
            self._entries.setdefault(key.removesuffix("*"), {}).setdefault(entry, set()).add(language)

    def languages(self, words: Sequence[Word]) -> set[str]:
        found: set[str] = set()
        for at, word in enumerate(words):
            following = words[at + 1].norm if at + 1 < len(words) else ""
            keys = {word.norm, *(word.norm[:length] for length in range(1, STEM_KEY + 1))}
            for key in keys:
                for (first, second), languages in self._entries.get(key, {}).items():
                    if _fits(first, word.norm) and (second == _ANY or _fits(second, following)):
                        found |= languages
        return found


def _starts(lexicons: Iterable[Lexicon], slots: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Each entry's first two words, and its language; `…` where no second word has to follow."""
    for lexicon in lexicons:
        for slot in slots:
            for phrase in lexicon.slots.get(slot, ()):
                first, *more = normal_phrase(phrase).split()[:2] or [""]
                if first:
                    yield first, more[0] if more else _ANY, lexicon.language


def _fits(part: str, norm: str) -> bool:
    return norm.startswith(part[:-1]) if part.endswith("*") else norm == part
