"""Candidate → reading: its text, words, title and hits, read once for all rules.

Twin: `extension/src/content/reading.ts`.
"""

from collections.abc import Iterable

import soupsieve

from rollguard.rules.candidates import Candidate, is_own
from rollguard.rules.denials import drop_denied
from rollguard.rules.hits import Hit, covered, drop_contained
from rollguard.rules.labels import labelled_by
from rollguard.rules.slots import SlotIndex
from rollguard.rules.visible_text import read_text
from rollguard.rules.words import BREAK, collapse, cut_words

HEADING = soupsieve.compile("h1, h2, h3, [role=heading]")
MAX_EVIDENCE = 16


class Reading:
    """What a person reads in a candidate, and where the lexicons are met in it."""

    def __init__(self, candidate: Candidate) -> None:
        self.candidate = candidate
        self.text = read_text(candidate.element, candidate.nested)
        self.words = cut_words(self.text)
        self.title = self._read_title()
        self.title_words = cut_words(self.title)
        self._hits: dict[str, tuple[list[Hit], list[Hit]]] = {}
        self._known: dict[str, int] = {}

    def _read_title(self) -> str:
        element = self.candidate.element
        heading = next((found for found in HEADING.select(element) if is_own(found, self.candidate)), None)
        if heading is not None:
            visible = read_text(heading)
        else:
            visible = next((line for line in self.text.split(BREAK) if collapse(line)), "")
        parts = [str(element.get("aria-label", "")), labelled_by(element, element), visible]
        return BREAK.join(dict.fromkeys(collapse(part) for part in parts if collapse(part)))

    def hits(self, index: SlotIndex) -> tuple[list[Hit], list[Hit]]:
        """Hits in the text and in the title."""
        if index.language not in self._hits:
            hits = index.hits(self.words)
            self._known[index.language] = covered(hits)
            self._hits[index.language] = (drop_denied(hits, self.words), drop_contained(index.hits(self.title_words)))
        return self._hits[index.language]

    def known_words(self, index: SlotIndex) -> int:
        """How many of the text's words are part of some hit."""
        self.hits(index)
        return self._known[index.language]

    def evidence(self, hits: Iterable[Hit]) -> tuple[tuple[str, str], ...]:
        """Each hit as (slot, the words as they stand there), once."""
        found = ((hit.slot, self._words_of(hit)) for hit in hits)
        return tuple(dict.fromkeys(found))[:MAX_EVIDENCE]

    def _words_of(self, hit: Hit) -> str:
        return collapse(self.text[self.words[hit.start].start : self.words[hit.end - 1].end])
