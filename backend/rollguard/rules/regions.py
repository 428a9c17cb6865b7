"""Controls → regions without any dialog role: the smallest part around a consent-like control that holds an ask.

Twin: `extension/src/content/regions.ts`.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Protocol

from bs4 import BeautifulSoup, Tag

from rollguard.rules.candidates import Candidate, elements_above, may_speak, nested_in
from rollguard.rules.labels import BUTTON, CONTROL, TOGGLE, UNUSABLE
from rollguard.rules.slots import SlotIndex
from rollguard.rules.visible_text import QUOTED, read_text
from rollguard.rules.words import cut_words

MAX_LEVELS = 14
"""How far above its control a region may begin."""
MAX_WORDS = 500
"""A region that says more is a page, not a question."""
WHOLE_PAGE = frozenset({"html", "body"})


class Ear(Protocol):
    """What the rules listen for."""

    def hears_consent(self, control: Tag) -> bool:
        """Whether a button's label could be a consent, or the refusal that stands beside one, in any language."""

    def hears_ask(self, candidate: Candidate) -> list[SlotIndex]:
        """The languages in which the text holds every notion that a rule requires."""

    def hears_subject(self, text: str, languages: list[SlotIndex]) -> bool:
        """Whether the text names an object or an act that a rule requires, in one of these languages."""


def find_regions(page: BeautifulSoup, settled: list[Candidate], dialogs: list[Tag], ear: Ear) -> list[Candidate]:
    """The regions around the page's consent-like controls, the innermost once, in the order of their controls.

    Args:
        page: the parsed page.
        settled: candidates in which nothing more is looked for: they have been found to ask.
        dialogs: all dialogs. Their buttons are theirs; a switch in a dialog of settings is a question of its own.
        ear: what the rules listen for.
    """
    taken = {id(candidate.element) for candidate in settled}
    in_dialog = {id(dialog) for dialog in dialogs}
    found: dict[int, Candidate] = {}
    heard = _Heard(dialogs, ear)
    for control in _controls(page, ear):
        above = [control, *elements_above(control)]
        if any(id(element) in taken for element in above):
            continue
        is_toggle = bool(TOGGLE.match(control))
        if not is_toggle and any(id(element) in in_dialog for element in above):
            continue
        region = _region_around(control, heard, ear, is_toggle=is_toggle)
        if region is None:
            continue
        same = found.setdefault(id(region.element), region)
        if same is not region and not is_toggle:
            same.answers.append(control)
    around = {id(element) for region in found.values() for element in elements_above(region.element)}
    return [region for region in found.values() if id(region.element) not in around]


class _Heard:
    """What each element says, heard once: a page may have hundreds of controls in one place."""

    def __init__(self, dialogs: list[Tag], ear: Ear) -> None:
        self._dialogs = dialogs
        self._ear = ear
        self._nested: dict[int, list[Tag]] = {}
        self._asks: dict[int, list[SlotIndex] | None] = {}
        self._choices: dict[int, list[Tag]] = {}

    def nested(self, element: Tag) -> list[Tag]:
        if id(element) not in self._nested:
            self._nested[id(element)] = nested_in(element, self._dialogs)
        return self._nested[id(element)]

    def asks(self, region: Candidate) -> list[SlotIndex] | None:
        """In which languages it asks; None where it says more than a question does."""
        key = id(region.element)
        if key not in self._asks:
            words = cut_words(read_text(region.element, region.nested), MAX_WORDS + 1)
            self._asks[key] = None if len(words) > MAX_WORDS else self._ear.hears_ask(region)
        return self._asks[key]

    def is_shared(self, element: Tag, toggle: Tag) -> bool:
        """Whether it holds another choice beside the toggle's: the next row of a settings page."""
        if id(element) not in self._choices:
            choices = (one for one in CONTROL.iselect(element) if TOGGLE.match(one) or self._ear.hears_consent(one))
            self._choices[id(element)] = list(islice(choices, 2))
        return any(choice is not toggle for choice in self._choices[id(element)])


def _controls(page: BeautifulSoup, ear: Ear) -> Iterator[Tag]:
    for element in CONTROL.select(page):
        if not TOGGLE.match(element) and not ear.hears_consent(element):
            continue
        if not UNUSABLE.match(element) and may_speak(element):
            yield element


def _region_around(control: Tag, heard: _Heard, ear: Ear, *, is_toggle: bool) -> Candidate | None:
    """Climbs from the control to the first element that asks; None where there is none of a question's size."""
    below = control
    for level, element in enumerate(elements_above(control)):
        if level == MAX_LEVELS or element.name in WHOLE_PAGE or QUOTED.match(element):
            return None
        if is_toggle and heard.is_shared(element, control):
            return None
        region = Candidate(element, "region", heard.nested(element), [control])
        languages = heard.asks(region)
        if languages is None:
            return None
        if languages:
            return region if _answers(control, below, ear, languages) else None
        below = element
    return None


def _answers(control: Tag, below: Tag, ear: Ear, languages: list[SlotIndex]) -> bool:
    """Whether the control answers the region's text: what stands closest around it is not about something else.

    "Was this page helpful? [Yes] [No]" below an article is a question of its own.
    """
    if below is control:
        return True
    prose = read_text(below, [*BUTTON.select(below), control])
    return not cut_words(prose, 1) or ear.hears_subject(prose, languages)
