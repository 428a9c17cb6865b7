"""Candidate → its accept and decline control, by role and label, never by position.

Twin: `extension/src/content/controls.ts`.
"""

from dataclasses import dataclass, replace

import soupsieve
from bs4 import Tag

from rollguard.rules.candidates import Candidate, is_own
from rollguard.rules.kinds import Found, Kind, is_toggle_row, may_answer, read_kind
from rollguard.rules.labels import BUTTON, TOGGLE, UNUSABLE, button_label, has_label, name_of
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
    is_unknown: bool = False
    """Its label says nothing that we know."""
    slot: str = ""
    """The slot that its label was known by."""


def find_controls(candidate: Candidate, rule: Rule, index: SlotIndex) -> tuple[Control | None, Control | None]:
    """The accept and the decline control, each None where there is none."""
    found: dict[Kind, list[Found]] = {"accept": [], "weak": [], "decline": [], "unknown": [], "link": []}
    order = rule.controls
    for element in _labelled(candidate):
        kind, control = read_kind(element, candidate, rule, index)
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
        toggles = [element for element in usable(candidate, TOGGLE) if may_answer(element, candidate)]
        accept = _best([Found(0, name_of(element, candidate.element), element) for element in toggles], ())
    return accept, decline


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


def _only(found: list[Found]) -> Control | None:
    """The one button whose label says nothing that we know: beside a yes it can only be the no, and the reverse."""
    return (
        Control(found[0].label, certain=False, element=found[0].element, is_unknown=True) if len(found) == 1 else None
    )


def _best(found: list[Found], order: tuple[str, ...]) -> Control | None:
    if not found:
        return None
    rank = min(control.rank for control in found)
    same = _without_twins([control for control in found if control.rank == rank])
    return Control(same[0].label, len(same) == 1, same[0].element, slot=next(iter(order[rank : rank + 1]), ""))


def _without_twins(found: list[Found]) -> list[Found]:
    """Without those that the keyboard cannot reach, if others say the same: pages keep such twins for measuring."""
    reachable = {control.label for control in found if not _is_out_of_reach(control)}
    return [control for control in found if control.label not in reachable or not _is_out_of_reach(control)]


def _is_out_of_reach(control: Found) -> bool:
    return control.element.get("tabindex") == "-1"


def _selected(candidate: Candidate, selector: str) -> Control | None:
    if not selector:
        return None
    found = usable(candidate, soupsieve.compile(selector))
    if not found:
        return None
    label = collapse(button_label(found[0])) or collapse(str(found[0].get("aria-label", "")))
    return Control(label, len(found) == 1, found[0])
