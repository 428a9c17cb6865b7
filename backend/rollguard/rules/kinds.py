"""Button → what it is good for: a yes, a no, or neither.

Twin: `extension/src/content/kinds.ts`.
"""

from dataclasses import dataclass
from typing import Literal

from bs4 import Tag

from rollguard.rules.candidates import Candidate
from rollguard.rules.labels import LINK, NEUTRAL, NOTED, TOGGLE, UNDOING, others, read_label, stands_alone
from rollguard.rules.model import Rule
from rollguard.rules.slots import SlotIndex

Kind = Literal["accept", "weak", "decline", "unknown", "link"]


@dataclass(frozen=True, slots=True)
class Found:
    rank: int
    label: str
    element: Tag


def read_kind(element: Tag, candidate: Candidate, rule: Rule, index: SlotIndex) -> tuple[Kind | None, Found]:
    """What a button is good for. A link says more than its words; a no may stand alone as one, a yes is a button."""
    is_link = bool(LINK.match(element))
    label, slots = read_label(element, rule, index, is_link=is_link)
    kind, rank = _kind_of(element, slots, candidate, rule)
    if is_link and kind == "unknown":
        label, slots = read_label(element, rule, index, is_link=False)
        kind, rank = _kind_of(element, slots, candidate, rule)
        if kind == "unknown":
            kind = "link"
        if kind not in {"decline", "link"} or not stands_alone(element):
            kind = None
    return kind, Found(rank, label, element)


def _kind_of(element: Tag, slots: set[str], candidate: Candidate, rule: Rule) -> tuple[Kind | None, int]:
    """What a button is good for, and its rank among its like: 0 is the best."""
    order = rule.controls
    if (rank := _rank(order.decline, slots)) is not None:
        return "decline", rank
    if not slots:
        return "unknown", 0
    about_else = {NOTED, *others(rule)}.difference(order.accept_if_declinable)
    if not slots.isdisjoint({UNDOING, NEUTRAL}) or slots <= about_else:
        return None, 0
    if not may_answer(element, candidate):
        return None, 0
    if (rank := _rank(order.accept, slots)) is not None:
        return "accept", rank
    rank = _rank(order.accept_if_declinable, slots)
    # One that only names the thing comes last.
    return "weak", len(order.accept_if_declinable) if rank is None else rank


def is_toggle_row(candidate: Candidate) -> bool:
    """Whether it was found around a switch or tick box: that is the choice."""
    return any(TOGGLE.match(element) for element in candidate.answers)


def may_answer(element: Tag, candidate: Candidate) -> bool:
    return candidate.kind != "region" or any(element is answer for answer in candidate.answers)


def _rank(order: tuple[str, ...], slots: set[str]) -> int | None:
    return next((rank for rank, slot in enumerate(order) if slot in slots), None)
