"""Candidate → its accept and decline control, by role and label, never by position.

Twin: `extension/src/content/controls.ts`.
"""

from dataclasses import dataclass, replace

import soupsieve
from bs4 import Tag

from rollguard.rules.candidates import Candidate, is_own
from rollguard.rules.labels import BUTTON, TOGGLE, UNDOING, UNUSABLE, button_label, has_label, name_of, read_label
from rollguard.rules.model import Rule
from rollguard.rules.slots import SlotIndex
from rollguard.rules.words import collapse


@dataclass(frozen=True, slots=True)
class Control:
    """A control as the person reads it. `certain`: exactly one answers to this description."""

    label: str
    certain: bool
    element: Tag
    is_weak: bool = False
    """An accept only because a decline stands beside it."""


@dataclass(frozen=True, slots=True)
class _Found:
    rank: int
    label: str
    element: Tag


def find_controls(candidate: Candidate, rule: Rule, index: SlotIndex) -> tuple[Control | None, Control | None]:
    """The accept and the decline control, each None where there is none."""
    accepts: list[_Found] = []
    weak: list[_Found] = []
    declines: list[_Found] = []
    order = rule.controls
    for element in _labelled(candidate):
        label, slots = read_label(element, rule, index)
        if (rank := _rank(order.decline, slots)) is not None:
            declines.append(_Found(rank, label, element))
        elif UNDOING in slots or not _may_answer(element, candidate):
            continue
        elif (rank := _rank(order.accept, slots)) is not None:
            accepts.append(_Found(rank, label, element))
        elif (rank := _rank(order.accept_if_declinable, slots)) is not None:
            weak.append(_Found(rank, label, element))
        elif slots:  # it names the thing
            weak.append(_Found(len(order.accept_if_declinable), label, element))
    accept = _selected(candidate, order.accept_selector) or _best(accepts)
    decline = _selected(candidate, order.decline_selector) or _best(declines)
    if accept is None and decline is not None and (found := _best(weak)):
        accept = replace(found, is_weak=True)
    if accept is None and (order.toggle or is_toggle_row(candidate)):
        toggles = [element for element in usable(candidate, TOGGLE) if _may_answer(element, candidate)]
        accept = _best([_Found(0, name_of(element, candidate.element), element) for element in toggles])
    return accept, decline


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


def _best(found: list[_Found]) -> Control | None:
    if not found:
        return None
    rank = min(control.rank for control in found)
    same = _without_twins([control for control in found if control.rank == rank])
    return Control(same[0].label, len(same) == 1, same[0].element)


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
