"""A rule's clauses, one after the other: what is met, and the first that is not, in words.

Twin: `extension/src/content/clauses.ts`.
"""

from collections.abc import Iterator

import soupsieve

from rollguard.rules.controls import Control, is_toggle_row
from rollguard.rules.hits import span
from rollguard.rules.model import Rule
from rollguard.rules.reading import Reading
from rollguard.rules.slots import SlotIndex
from rollguard.rules.words import WORD_UNITS

NO_ACCEPT = "no accept control"
_MISSING = ("requires ", "within_words ", NO_ACCEPT)


def speaks_against(failed: str) -> bool:
    """Whether a clause failed by what is there (a word that forbids), not by what is missing."""
    return not failed.startswith(_MISSING)


def first_failure(
    reading: Reading, rule: Rule, index: SlotIndex, accept: Control | None, decline: Control | None
) -> str | None:
    """The first clause that failed, in words; None where all passed."""
    return next((failed for failed in _clauses(reading, rule, index, accept, decline) if failed is not None), None)


def missing_object(rule: Rule) -> str:
    """What fails where no language names the first thing that the rule requires."""
    return "requires " + " | ".join(rule.requires[0].any_of)


def _clauses(
    reading: Reading, rule: Rule, index: SlotIndex, accept: Control | None, decline: Control | None
) -> Iterator[str | None]:
    """The rule's clauses in order, the cheap ones first: None where one is met, else its words."""
    candidate = reading.candidate
    hits, title_hits = reading.hits(index)
    present = {hit.slot for hit in hits}
    title_slots = {hit.slot for hit in title_hits}
    groups = [group.any_of for group in rule.requires]
    for group in groups:
        yield None if present.intersection(group) else "requires " + " | ".join(group)
    if rule.within_words:
        length = span(hits, reading.words, groups)
        is_close = length is not None and length <= rule.within_words * WORD_UNITS
        yield None if is_close else f"within_words {rule.within_words}"
    for slot in rule.forbids:
        yield f"forbids {slot}" if slot in present else None
    for slot in rule.title_forbids:
        yield f"title_forbids {slot}" if slot in title_slots else None
    if rule.forbids_selector:
        found = soupsieve.select_one(rule.forbids_selector, candidate.element)
        yield f"forbids_selector {rule.forbids_selector}" if found else None
    yield None if accept else NO_ACCEPT
    # What does not say of itself that it is a dialog must look like a choice.
    is_choice = candidate.kind != "region" or is_toggle_row(candidate) or decline is not None
    yield None if is_choice else "no decline control"
    if accept and (accept.is_unknown or (accept.is_weak and decline and decline.is_unknown)):
        known = rule.controls.unknown_with
        yield None if present.intersection(known) else "unknown_with " + " | ".join(known)
    if accept and accept.is_weak:
        for slot in rule.forbids_if_weak:
            yield f"forbids_if_weak {slot}" if slot in present else None
        if decline and decline.slot not in rule.controls.unknown_beside:
            for slot in rule.forbids_if_cancel:
                yield f"forbids_if_cancel {slot}" if slot in present else None
