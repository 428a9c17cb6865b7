"""Element → the text that a person would read there, as far as that can be told without rendering.

Twin: `extension/src/content/visible_text.ts`, which additionally asks the layout.
Words are not split by inline elements (one letter per span reads as a word); blocks and controls part them.
"""

from collections.abc import Collection

import soupsieve
from bs4 import Tag
from bs4.element import PageElement, PreformattedString

from rollguard.rules.words import BREAK

# Not text, or not shown, whatever the style sheet says.
SKIPPED_TAGS = frozenset(
    "canvas head iframe math noscript object script select style svg template textarea video audio".split()
)
BLOCK_TAGS = frozenset(
    "address article aside blockquote body button caption dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr input label legend li main menu nav ol p pre search section "
    "summary table tbody td tfoot th thead tr ul".split()
)
QUOTED = soupsieve.compile(
    "article, [role=article], [role=feed], [role=log], [role=textbox], [contenteditable], "
    "blockquote, q, pre, code, figure"
)
"""Somebody else's words: an article, a post, a quotation, what a person types."""


def is_hidden(element: Tag) -> bool:
    """Whether the markup itself hides the element: nothing of a style sheet is known here."""
    if element.name in SKIPPED_TAGS or "hidden" in element.attrs:
        return True
    if element.get("aria-hidden") == "true" or (element.name == "dialog" and "open" not in element.attrs):
        return True
    style = str(element.get("style", "")).lower().replace(" ", "")
    return "display:none" in style or "visibility:hidden" in style


def is_quoted(element: Tag, root: Tag) -> bool:
    """Whether the element holds somebody else's words.

    An article that is all of a dialog is only its frame, as some style libraries have it.
    """
    if not QUOTED.match(element):
        return False
    return not (element.name == "article" and element.parent is root and len(root.find_all(recursive=False)) == 1)


def read_text(root: Tag, without: Collection[Tag] = ()) -> str:
    """The text of `root`; blocks part lines. Elements of `without` (nested candidates) are left out."""
    left_out = {id(element) for element in without}
    pieces: list[str] = []
    todo: list[PageElement | str] = list(reversed(list(root.children)))
    while todo:  # a stack, not recursion: a page may nest as deep as it likes
        node = todo.pop()
        if isinstance(node, Tag):
            if id(node) not in left_out and not is_hidden(node) and not is_quoted(node, root):
                todo.extend(reversed(_inside(node)))
        elif not isinstance(node, PreformattedString):  # comments, doctype, CDATA
            pieces.append(node if node is BREAK else str(node).replace(BREAK, " "))
    return "".join(pieces)


def _inside(element: Tag) -> list[PageElement | str]:
    """What there is to read in a visible element, with line breaks where it parts its text."""
    if element.name == "br":
        return [" "]
    inner: list[PageElement | str] = list(element.children)
    if element.name == "input":
        inner = [button_value(element)]
    return [BREAK, *inner, BREAK] if element.name in BLOCK_TAGS or "role" in element.attrs else inner


def button_value(element: Tag) -> str:
    """What an `<input>` shows as a button's label; what is typed into one is nobody's business."""
    return str(element.get("value", "")) if element.get("type") in {"submit", "button", "reset"} else ""
