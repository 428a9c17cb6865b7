"""Candidate → its accept and decline control, by role and label, never by position.

Twin: `extension/src/content/controls.ts`.
"""

from dataclasses import dataclass, replace
from typing import Literal

import soupsieve
from bs4 import Tag

from rollguard.rules.candidates import Candidate, is_own
from rollguard.rules.labels import (
    BUTTON,
    LINK,
    NEUTRAL,
    TOGGLE,
    UNDOING,
    UNUSABLE,
    button_label,
    has_label,
    name_of,
    others,
    read_label,
    stands_alone,
)
from rollguard.rules.model import Rule
from rollguard.rules.slots import SlotIndex
from rollguard.rules.words import collapse

Kind = Literal["accept", "weak", "decline", "unknown", "link"]


@dataclass(frozen=True, slots=True)
class Control:
    """A control as the person reads it. `certain`: exactly one answers to this description."""

    label: str
    certain: bool
    element: Tag
    is_weak: bool = False
    """An accept only because a decline stands beside it."""
    is_unknown: bool = False
    """Its label says nothing that we know."""
    slot: str = ""
    """The slot that its label was known by."""


@dataclass(frozen=True, slots=True)
class _Found:
    rank: int
    label: str
    element: Tag


def find_controls(candidate: Candidate, rule: Rule, index: SlotIndex) -> tuple[Control | None, Control | None]:
    """The accept and the decline control, each None where there is none."""
    found: dict[Kind, list[_Found]] = {"accept": [], "weak": [], "decline": [], "unknown": [], "link": []}
    order = rule.controls
    for element in _labelled(candidate):
        kind, control = _read(element, candidate, rule, index)
        if kind:
            found[kind].append(control)
    accept = _selected(candidate, order.accept_selector) or _best(found["accept"], order.accept)
    decline = _selected(candidate, order.decline_selector) or _best(found["decline"], order.decline)
    weak = _best(found["weak"], order.accept_if_declinable)
    other = _only(found["unknown"])
    if decline is None and (accept or (weak and candidate.kind == "dialog")):
        decline = _only([one for one in (*found["unknown"], *found["link"]) if one.label])
    if accept is None and decline is not None and weak is not None:
        accept = replace(weak, is_weak=True)
    if accept is None and decline is not None and decline.slot in order.unknown_beside and other is not None:
        accept = replace(other, is_weak=True)
    if accept is None and (order.toggle or is_toggle_row(candidate)):
        toggles = [element for element in usable(candidate, TOGGLE) if _may_answer(element, candidate)]
        accept = _best([_Found(0, name_of(element, candidate.element), element) for element in toggles], ())
    return accept, decline


def _read(element: Tag, candidate: Candidate, rule: Rule, index: SlotIndex) -> tuple[Kind | None, _Found]:
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
    return kind, _Found(rank, label, element)


def _kind_of(element: Tag, slots: set[str], candidate: Candidate, rule: Rule) -> tuple[Kind | None, int]:
    """What a button is good for, and its rank among its like: 0 is the best."""
    order = rule.controls
    if (rank := _rank(order.decline, slots)) is not None:
        return "decline", rank
    if not slots:
        return "unknown", 0
    if UNDOING in slots or NEUTRAL in slots or slots <= others(rule):
        return None, 0
    if not _may_answer(element, candidate):
        return None, 0
    if (rank := _rank(order.accept, slots)) is not None:
        return "accept", rank
    rank = _rank(order.accept_if_declinable, slots)
    # One that only names the thing comes last.
    return "weak", len(order.accept_if_declinable) if rank is None else rank


def is_toggle_row(candidate: Candidate) -> bool:
    """Whether it was found around a switch or tick box: that is the choice."""
    return any(TOGGLE.match(element) for element in candidate.answers)


def _may_answer(element: Tag, candidate: Candidate) -> bool:
    return candidate.kind != "region" or any(element is answer for answer in candidate.answers)


def usable(candidate: Candidate, selector: soupsieve.SoupSieve) -> list[Tag]:
    """The candidate's own controls of this kind that a person can use."""
    return [
        element
        for element in selector.select(candidate.element)
        if not UNUSABLE.match(element) and is_own(element, candidate)
    ]


def _labelled(candidate: Candidate) -> list[Tag]:
    """The usable buttons with a label of a label's length; of one inside another, the outer."""
    found = [element for element in usable(candidate, BUTTON) if has_label(element)]
    known = {id(element) for element in found}
    return [element for element in found if not any(id(parent) in known for parent in element.parents)]


def _rank(order: tuple[str, ...], slots: set[str]) -> int | None:
    return next((rank for rank, slot in enumerate(order) if slot in slots), None)


def _only(found: list[_Found]) -> Control | None:
    """The one button whose label says nothing that we know: beside a yes it can only be the no, and the reverse."""
    return (
        Control(found[0].label, certain=False, element=found[0].element, is_unknown=True) if len(found) == 1 else None
    )


def _best(found: list[_Found], order: tuple[str, ...]) -> Control | None:
    if not found:
        return None
    rank = min(control.rank for control in found)
    same = _without_twins([control for control in found if control.rank == rank])
    return Control(same[0].label, len(same) == 1, same[0].element, slot=next(iter(order[rank : rank + 1]), ""))


def _without_twins(found: list[_Found]) -> list[_Found]:
    """Without those that the keyboard cannot reach, if others say the same: pages keep such twins for measuring."""
    reachable = {control.label for control in found if not _is_out_of_reach(control)}
    return [control for control in found if control.label not in reachable or not _is_out_of_reach(control)]


def _is_out_of_reach(control: _Found) -> bool:
    return control.element.get("tabindex") == "-1"


def _selected(candidate: Candidate, selector: str) -> Control | None:
    if not selector:
        return None
    found = usable(candidate, soupsieve.compile(selector))
    if not found:
        return None
    label = collapse(button_label(found[0])) or collapse(str(found[0].get("aria-label", "")))
    return Control(label, len(found) == 1, found[0])
