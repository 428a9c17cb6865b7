"""Element → the text that a person would read there, as far as that can be told without rendering.

Twin: `extension/src/content/visible_text.ts` with `markupSight`; the page's own reader additionally asks the layout.
Words are not split by inline elements (one letter per span reads as a word); blocks and controls part them.
"""

from collections.abc import Collection

import soupsieve
from bs4 import Tag
from bs4.element import PageElement, PreformattedString

from rollguard.rules.bidi import in_reading_order
from rollguard.rules.words import BREAK

# Not text, or not shown, whatever the style sheet says; and what is only said about other text: ruby, SVG's titles.
SKIPPED_TAGS = frozenset(
    "canvas datalist head iframe math meter noembed noframes noscript object progress rp rt script select style "
    "template textarea video audio "
    "clipPath defs desc foreignObject linearGradient marker mask metadata pattern radialGradient symbol".split()
)
BLOCK_TAGS = frozenset(
    "address article aside blockquote body button caption dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr input label legend li main menu nav ol p pre search section "
    "summary svg table tbody td tfoot th thead tr ul".split()
)
QUOTED = soupsieve.compile(
    "article, [role=article], [role=feed], [role=log], [role=comment], [role=textbox], [contenteditable], "
    "[aria-roledescription*=post i], blockquote, q, pre, code, kbd, samp, figure"
)
"""Somebody else's words: an article, a post, a quotation, what a person types."""
MAX_CHARACTERS = 100_000
"""A region is read no further than this, in UTF-16 units, as browsers count: no dialog is longer."""
MAX_ELEMENTS = 20_000
"""Nor through more elements: work must have an end."""

_SVG = "http://www.w3.org/2000/svg"
_SVG_TEXT_TAGS = frozenset("text tspan textPath a".split())
# What `<bdo dir>` does, as the marks that do the same: override and pop.
_OVERRIDES = {"rtl": "\u202e", "ltr": "\u202d"}
_POP = "\u202c"


def is_hidden(element: Tag) -> bool:
    """Whether the markup itself hides the element: nothing of a style sheet is known here."""
    if element.name in SKIPPED_TAGS or "hidden" in element.attrs:
        return True
    if element.get("aria-hidden") == "true" or (element.name == "dialog" and "open" not in element.attrs):
        return True
    if element.name == "title" and element.namespace == _SVG:
        return True
    parent = element.parent
    if parent is not None and _is_closed(parent) and element.name != "summary":
        return True
    style = str(element.get("style", "")).lower().replace(" ", "")
    return "display:none" in style or "visibility:hidden" in style


def _is_closed(element: Tag) -> bool:
    return element.name == "details" and "open" not in element.attrs


def is_quoted(element: Tag, root: Tag) -> bool:
    """Whether the element holds somebody else's words.

    An article that is all of a dialog is only its frame, as some style libraries have it.
    """
    if not QUOTED.match(element):
        return False
    return not (
        element.name == "article" and element.parent is root and len(root.find_all(recursive=False, limit=2)) == 1
    )


def read_text(root: Tag, without: Collection[Tag] = ()) -> str:
    """The text of `root`; blocks part lines. Elements of `without` (nested candidates) are left out."""
    pieces = _pieces(root, {id(element) for element in without})
    return BREAK.join(in_reading_order(block) for block in "".join(pieces).split(BREAK))


def _pieces(root: Tag, left_out: set[int]) -> list[str]:
    """The text as it stands in the markup, no more than may be read."""
    pieces: list[str] = []
    characters = MAX_CHARACTERS
    elements = MAX_ELEMENTS
    # Asked once for all: each question of its own climbs to the top of the page.
    quoted = {id(element) for element in QUOTED.select(root)}
    todo = list(reversed(_inside(root)))
    while todo and characters > 0:  # a stack, not recursion: a page may nest as deep as it likes
        node = todo.pop()
        if isinstance(node, Tag):
            if id(node) in left_out or is_hidden(node) or (id(node) in quoted and is_quoted(node, root)):
                continue
            elements -= 1
            if elements < 0:
                break
            todo.extend(reversed([BREAK, *_inside(node), BREAK] if _parts(node) else _inside(node)))
        elif not isinstance(node, PreformattedString):  # comments, doctype, CDATA
            if node is BREAK:
                pieces.append(BREAK)
                continue
            piece = _cut(str(node).replace(BREAK, " "), characters)
            characters -= _length(piece)
            pieces.append(piece)
    return pieces


def _parts(element: Tag) -> bool:
    """Whether no phrase reaches across the element's edges."""
    if element.name == "text":
        return element.namespace == _SVG
    return element.name in BLOCK_TAGS or "role" in element.attrs


def _inside(element: Tag) -> list[PageElement | str]:
    """What there is to read in a visible element, in order."""
    if element.name == "br":
        return [" "]
    if element.name == "input":
        return [button_value(element)]
    if _is_closed(element) or (element.namespace == _SVG and element.name not in _SVG_TEXT_TAGS):
        return [child for child in element.children if isinstance(child, Tag)]
    mark = _OVERRIDES.get(str(element.get("dir", "")).lower(), "") if element.name == "bdo" else ""
    return [mark, *element.children, _POP] if mark else list(element.children)


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, length: int) -> str:
    """The first UTF-16 units, without half a character at the end."""
    if len(text) * 2 <= length or _length(text) <= length:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: length * 2].decode("utf-16-le", "ignore")


def button_value(element: Tag) -> str:
    """What an `<input>` shows as a button's label; what is typed into one is nobody's business."""
    return str(element.get("value", "")) if element.get("type") in {"submit", "button", "reset"} else ""
