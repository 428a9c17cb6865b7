"""What a selector costs for one element of the worst page: how many elements a browser without tricks looks at.

Counted from the selector alone, so that the figure is the same on every machine and for every engine. The worst page
is as deep as real ones get, and has endless siblings: what looks at all of them grows with the square of the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rollguard.rules.selectors import tokens

DEPTH = 32
SIBLINGS = 10_000
MOST_LOOKS = 2_500
"""`[role=dialog] form button` takes 1,057: above each button 32 elements, above each of these 32 again."""
_AXES = {">": 1, "+": 1, "~": SIBLINGS, "": DEPTH}
_COUNTS_SIBLINGS = {":first-of-type", ":last-of-type", ":only-of-type"}


@dataclass(slots=True)
class _Branch:
    """One selector of a list, read from left to right: the last part is asked first, then what stands before it."""

    own: int = 0
    axis: int = 0
    left: int = 0

    @property
    def looks(self) -> int:
        return self.own + self.axis * self.left

    def step(self, combinator: str) -> None:
        self.left, self.axis, self.own = self.looks, _AXES[combinator.strip()], 0


def looks_per_element(selector: str) -> int:
    """How many elements are looked at for one element of the worst page.

    `:has()` asks everything below an element, which makes as many questions for each element as it has ancestors.
    """
    return _looks(tokens(selector))


def selector_problem(selector: str) -> str | None:
    """Why the selector is too dear; None where it is not."""
    looks = looks_per_element(selector)
    if looks <= MOST_LOOKS:
        return None
    page = f"a page {DEPTH} elements deep with {SIBLINGS} in a row"
    return f"it is too dear: for each element of {page} it looks at {looks}; at most {MOST_LOOKS}"


def _looks(rest: Iterator[tuple[str, str]]) -> int:
    total = 0
    branch = _Branch()
    for kind, text in rest:
        if kind == "close":
            break
        if kind == "comma":
            total += branch.looks
            branch = _Branch()
        elif kind == "combinator":
            branch.step(text)
        elif text.endswith("("):
            branch.own += _looks(rest) * (DEPTH if text == ":has(" else 1)
        else:
            branch.own += SIBLINGS if text in _COUNTS_SIBLINGS else 1
    return total + branch.looks
