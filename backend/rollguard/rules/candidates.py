"""Page → candidates: the regions that may be a consent dialog, the innermost once.

Twin: `extension/src/content/candidates.ts`. Regions without any dialog role are found by `rollguard.rules.regions`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import soupsieve
from bs4 import BeautifulSoup, Tag

from rollguard.rules.match_patterns import path_fits, split_address
from rollguard.rules.model import Rule
from rollguard.rules.visible_text import QUOTED, is_hidden, is_quoted

DIALOG = soupsieve.compile("[role=dialog], [role=alertdialog], dialog[open], [aria-modal=true], [popover]")


@dataclass(slots=True)
class Candidate:
    """A region with the candidates nested in it, whose text is not its own.

    kind: a `dialog` says of itself that it is one; a `page` is named by a rule for its path; a `region` was found
    around a control that could be a consent.
    """

    element: Tag
    kind: Literal["dialog", "page", "region"]
    nested: list[Tag] = field(default_factory=list)
    answers: list[Tag] = field(default_factory=list)
    """The controls around which a region was found: one switch or tick box, or buttons. No other can accept."""


def find_candidates(page: BeautifulSoup, rules: list[Rule], url: str) -> list[Candidate]:
    """Dialogs first, in document order, then the page regions that rules name for this path."""
    dialogs = [element for element in DIALOG.select(page) if may_speak(element)]
    pages: list[Tag] = []
    for rule in rules:
        region = page_region(page, rule, url)
        if region is not None and not any(region is other for other in [*dialogs, *pages]):
            pages.append(region)
    candidates = [Candidate(element, "dialog") for element in dialogs]
    candidates += [Candidate(element, "page") for element in pages if may_speak(element)]
    for candidate in candidates:
        candidate.nested = nested_in(candidate.element, dialogs)
    return candidates


def nested_in(element: Tag, dialogs: list[Tag]) -> list[Tag]:
    return [dialog for dialog in dialogs if any(parent is element for parent in dialog.parents)]


def page_region(page: BeautifulSoup, rule: Rule, url: str) -> Tag | None:
    """The region that the rule reads on this path; None where the path is not the rule's."""
    path = split_address(url).path or "/"
    if not any(path_fits(pattern, path) for pattern in rule.scope.page_paths):
        return None
    return soupsieve.select_one(rule.scope.page_selector, page) or page.body


def looks_at(rule: Rule, candidate: Candidate, page: BeautifulSoup, url: str) -> bool:
    """Whether the rule has a say about this candidate."""
    selector = rule.scope.dialog_selector
    match candidate.kind:
        case "page":
            return page_region(page, rule, url) is candidate.element
        case "region":
            return not selector
        case "dialog":
            return not selector or soupsieve.match(selector, candidate.element)


def is_own(element: Tag, candidate: Candidate) -> bool:
    """Shown, and neither quoted nor a nested candidate's."""
    at: Tag | None = element
    while at is not None and at is not candidate.element:
        if is_hidden(at) or is_quoted(at, candidate.element) or any(at is nested for nested in candidate.nested):
            return False
        at = at.parent
    return True


def may_speak(element: Tag) -> bool:
    """Shown, as far as the markup tells, and not inside somebody else's words."""
    if is_hidden(element):
        return False
    return not any(is_hidden(parent) or QUOTED.match(parent) for parent in elements_above(element))


def elements_above(element: Tag) -> Iterator[Tag]:
    """The elements around it, the nearest first."""
    return (parent for parent in element.parents if not isinstance(parent, BeautifulSoup))
