"""Candidate → its accept and decline control, by role and label, never by position.

Twin: `extension/src/content/controls.ts`.
"""

from dataclasses import dataclass, replace

import soupsieve
from bs4 import Tag

from rollguard.rules.candidates import Candidate, is_own
from rollguard.rules.model import Rule
from rollguard.rules.slots import SlotIndex, drop_contained
from rollguard.rules.visible_text import button_value, read_text
from rollguard.rules.words import BREAK, collapse, cut_words

BUTTON = soupsieve.compile("button, [role=button], [role=link], a[href], input[type=submit], input[type=button]")
TOGGLE = soupsieve.compile("[role=switch], [role=checkbox], input[type=checkbox]")
LINK = soupsieve.compile("a[href]:not([role=button])")
MAX_LABEL_WORDS = 8
UNDOING = "turn_off"
"""A control that switches off is no accept, whatever else its label says."""


@dataclass(frozen=True, slots=True)
class Control:
    """A control as the person reads it. `certain`: exactly one answers to this description."""

    label: str
    certain: bool
    element: Tag
    is_weak: bool = False
    """An accept only because a decline stands beside it."""


def find_controls(candidate: Candidate, rule: Rule, index: SlotIndex) -> tuple[Control | None, Control | None]:
    """The accept and the decline control, each None where there is none."""
    accepts: list[tuple[int, str, Tag]] = []
    weak: list[tuple[int, str, Tag]] = []
    declines: list[tuple[int, str, Tag]] = []
    order = rule.controls
    for element in _usable(candidate, BUTTON):
        label, slots = _read_label(element, rule, index)
        if (rank := _rank(order.decline, slots)) is not None:
            declines.append((rank, label, element))
        elif UNDOING in slots:
            continue
        elif (rank := _rank(order.accept, slots)) is not None:
            accepts.append((rank, label, element))
        elif (rank := _rank(order.accept_if_declinable, slots)) is not None:
            weak.append((rank, label, element))
    accept = _selected(candidate, order.accept_selector) or _best(accepts)
    decline = _selected(candidate, order.decline_selector) or _best(declines)
    if accept is None and decline is not None and (found := _best(weak)):
        accept = replace(found, is_weak=True)
    if accept is None and order.toggle:
        accept = _best([(0, _name(element, candidate), element) for element in _usable(candidate, TOGGLE)])
    return accept, decline


def _usable(candidate: Candidate, selector: soupsieve.SoupSieve) -> list[Tag]:
    return [
        element
        for element in selector.select(candidate.element)
        if "disabled" not in element.attrs and element.get("aria-disabled") != "true" and is_own(element, candidate)
    ]


def _read_label(element: Tag, rule: Rule, index: SlotIndex) -> tuple[str, set[str]]:
    """The label that says something: the visible text first, `aria-label` second."""
    shown = collapse(_button_label(element))
    for label in (shown, collapse(str(element.get("aria-label", "")))):
        slots = _label_slots(label, rule, index, is_link=LINK.match(element))
        if slots:
            return shown or label, slots
    return shown, set()


def _button_label(element: Tag) -> str:
    return button_value(element) if element.name == "input" else read_text(element)


def _label_slots(label: str, rule: Rule, index: SlotIndex, *, is_link: bool) -> set[str]:
    words = cut_words(label, MAX_LABEL_WORDS + 1)
    if not words or len(words) > MAX_LABEL_WORDS:
        return set()
    order = rule.controls
    known = {*order.accept, *order.accept_if_declinable, *order.decline, UNDOING}
    hits = drop_contained([hit for hit in index.hits(words) if hit.slot in known])
    if is_link:  # a link to read more speaks of the thing; a link that is a choice says nothing else
        covered = {at for hit in hits for at in range(hit.start, hit.end)}
        if len(covered) < len(words):
            return set()
    return {hit.slot for hit in hits}


def _rank(order: tuple[str, ...], slots: set[str]) -> int | None:
    return next((rank for rank, slot in enumerate(order) if slot in slots), None)


def _best(found: list[tuple[int, str, Tag]]) -> Control | None:
    if not found:
        return None
    best = min(rank for rank, _, _ in found)
    same = [(label, element) for rank, label, element in found if rank == best]
    return Control(same[0][0], len(same) == 1, same[0][1])


def _selected(candidate: Candidate, selector: str) -> Control | None:
    if not selector:
        return None
    found = _usable(candidate, soupsieve.compile(selector))
    if not found:
        return None
    label = collapse(_button_label(found[0])) or collapse(str(found[0].get("aria-label", "")))
    return Control(label, len(found) == 1, found[0])


def _name(toggle: Tag, candidate: Candidate) -> str:
    """A toggle's accessible name, as far as markup tells it."""
    for text in (str(toggle.get("aria-label", "")), labelled_by(toggle, candidate.element)):
        if collapse(text):
            return collapse(text)
    wrapped = toggle.find_parent("label")
    if wrapped is None and toggle.get("id"):
        labels = candidate.element.find_all("label")
        wrapped = next((label for label in labels if label.get("for") == toggle["id"]), None)
    return collapse(read_text(wrapped)) if wrapped is not None else ""


def labelled_by(element: Tag, root: Tag) -> str:
    """The text of the elements that `aria-labelledby` names, looked up inside `root`."""
    ids = str(element.get("aria-labelledby", "")).split()
    found = [root.find(id=name) for name in ids]
    return BREAK.join(read_text(target) for target in found if target is not None)
