"""Page → candidates: the regions that may be a consent dialog, the innermost once.

Twin: `extension/src/content/candidates.ts`.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import soupsieve
from bs4 import BeautifulSoup, Tag

from rollguard.rules.model import Rule
from rollguard.rules.visible_text import QUOTED, is_hidden, is_quoted

DIALOG = soupsieve.compile("[role=dialog], [role=alertdialog], dialog[open], [aria-modal=true], [popover]")


@dataclass(slots=True)
class Candidate:
    """A region with the candidates nested in it, whose text is not its own."""

    element: Tag
    is_dialog: bool
    nested: list[Tag] = field(default_factory=list)


def find_candidates(page: BeautifulSoup, rules: list[Rule], url: str) -> list[Candidate]:
    """Dialogs first, in document order, then the page regions that rules name for this path."""
    dialogs = [element for element in DIALOG.select(page) if _may_speak(element)]
    regions: list[Tag] = []
    for rule in rules:
        region = page_region(page, rule, url)
        if region is not None and not any(region is other for other in [*dialogs, *regions]):
            regions.append(region)
    candidates = [Candidate(element, is_dialog=True) for element in dialogs]
    candidates += [Candidate(element, is_dialog=False) for element in regions if _may_speak(element)]
    for candidate in candidates:
        candidate.nested = [
            element for element in dialogs if any(parent is candidate.element for parent in element.parents)
        ]
    return candidates


def page_region(page: BeautifulSoup, rule: Rule, url: str) -> Tag | None:
    """The region that the rule reads on this path; None where the path is not the rule's."""
    path = urlsplit(url).path or "/"
    if not any(path_fits(pattern, path) for pattern in rule.scope.page_paths):
        return None
    return soupsieve.select_one(rule.scope.page_selector, page) or page.body


def path_fits(pattern: str, path: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), path, re.DOTALL) is not None


def looks_at(rule: Rule, candidate: Candidate, page: BeautifulSoup, url: str) -> bool:
    """Whether the rule has a say about this candidate."""
    if not candidate.is_dialog:
        return page_region(page, rule, url) is candidate.element
    selector = rule.scope.dialog_selector
    return not selector or soupsieve.match(selector, candidate.element)


def is_own(element: Tag, candidate: Candidate) -> bool:
    """Shown, and neither quoted nor a nested candidate's."""
    at: Tag | None = element
    while at is not None and at is not candidate.element:
        if is_hidden(at) or is_quoted(at, candidate.element) or any(at is nested for nested in candidate.nested):
            return False
        at = at.parent
    return True


def _may_speak(element: Tag) -> bool:
    """Shown, as far as the markup tells, and not inside somebody else's words."""
    if is_hidden(element):
        return False
    return not any(is_hidden(parent) or QUOTED.match(parent) for parent in _elements_above(element))


def _elements_above(element: Tag) -> list[Tag]:
    return [parent for parent in element.parents if not isinstance(parent, BeautifulSoup)]
