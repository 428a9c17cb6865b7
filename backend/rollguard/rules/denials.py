"""Hits → hits that are meant: "we never use your photos to train AI" names an act, and says that it is not done.

Twin: `extension/src/content/denials.ts`.
"""

from itertools import accumulate

from rollguard.rules.hits import Hit
from rollguard.rules.words import Word

DENIAL = "denial"
ACTS = frozenset("cloud upload ongoing ai faces analyse train creative_ideas third_party".split())
"""What can be denied. Naming a thing is no act: "we never sell your photos" still speaks of the photos."""


def drop_denied(hits: list[Hit], words: list[Word]) -> list[Hit]:
    """Without the acts in sentences that deny them, and without the denials themselves."""
    if not any(hit.slot == DENIAL for hit in hits):
        return hits
    sentences = _sentences(words)
    denied = {sentences[hit.start] for hit in hits if hit.slot == DENIAL}
    return [hit for hit in hits if hit.slot != DENIAL and not (hit.slot in ACTS and sentences[hit.start] in denied)]


def _sentences(words: list[Word]) -> list[int]:
    """For each word its sentence, by number."""
    return list(accumulate(int(word.opens_sentence) for word in words))
