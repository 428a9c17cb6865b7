"""A rule's clauses, one after the other: what is met, and the first that is not, in words.

Twin: `extension/src/content/clauses.ts`.
"""

from collections.abc import Iterable, Iterator

import soupsieve

from rollguard.rules.candidates import Candidate
from rollguard.rules.controls import Control
from rollguard.rules.hits import span
from rollguard.rules.kinds import is_toggle_row
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


def meets_requirements(reading: Reading, rule: Rule, index: SlotIndex) -> bool:
    """Whether the text has every required notion in this language, close enough together."""
    return not any(_required(reading, rule, index))


def _required(reading: Reading, rule: Rule, index: SlotIndex) -> Iterator[str | None]:
    hits, _title_hits = reading.hits(index)
    present = {hit.slot for hit in hits}
    groups = [group.any_of for group in rule.requires]
    for group in groups:
        yield None if present.intersection(group) else "requires " + " | ".join(group)
    if rule.within_words:
        length = span(hits, reading.words, groups)
        is_close = length is not None and length <= rule.within_words * WORD_UNITS
        yield None if is_close else f"within_words {rule.within_words}"


def _clauses(
    reading: Reading, rule: Rule, index: SlotIndex, accept: Control | None, decline: Control | None
) -> Iterator[str | None]:
    """The rule's clauses in order, the cheap ones first: None where one is met, else its words."""
    hits, title_hits = reading.hits(index)
    present = {hit.slot for hit in hits}
    yield from _required(reading, rule, index)
    yield from _forbidden("forbids", rule.forbids, present)
    yield from _forbidden("title_forbids", rule.title_forbids, {hit.slot for hit in title_hits})
    if rule.forbids_selector:
        found = soupsieve.select_one(rule.forbids_selector, reading.candidate.element)
        yield f"forbids_selector {rule.forbids_selector}" if found else None
    yield from _of_the_choice(reading.candidate, rule, present, accept, decline)


def _of_the_choice(
    candidate: Candidate, rule: Rule, present: set[str], accept: Control | None, decline: Control | None
) -> Iterator[str | None]:
    if accept is None:
        yield NO_ACCEPT
        return
    # What does not say of itself that it is a dialog must look like a choice.
    is_choice = candidate.kind != "region" or is_toggle_row(candidate) or decline is not None
    yield None if is_choice else "no decline control"
    if accept.is_unknown or (decline and decline.is_unknown and (accept.is_weak or candidate.kind == "region")):
        yield _too_few("unknown_least", rule.controls.unknown_least, rule, present)
    if accept.is_weak:
        is_refused = decline is not None and decline.slot in rule.controls.unknown_beside
        # Where the text leaves no doubt, and "Not now" stands beside it, an insurer's ask is an ask.
        if not is_refused or _acts(rule, present) < rule.controls.unknown_least:
            yield from _forbidden("forbids_if_weak", rule.forbids_if_weak, present)
        if decline and not decline.is_unknown and not is_refused:
            yield _too_few("cancel_least", rule.controls.cancel_least, rule, present)
            yield from _forbidden("forbids_if_cancel", rule.forbids_if_cancel, present)


def _acts(rule: Rule, present: set[str]) -> int:
    return len(present.intersection(rule.controls.unknown_with))


def _too_few(clause: str, least: int, rule: Rule, present: set[str]) -> str | None:
    """Fewer acts than such a choice asks for."""
    return None if _acts(rule, present) >= least else f"{clause} {least} of {' | '.join(rule.controls.unknown_with)}"


def _forbidden(clause: str, slots: Iterable[str], present: set[str]) -> Iterator[str | None]:
    for slot in slots:
        yield f"{clause} {slot}" if slot in present else None
