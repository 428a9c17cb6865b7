"""The portable selector subset: what soupsieve and browsers read alike.

soupsieve accepts and never matches `:hover`, accepts what browsers refuse (`:-soup-contains()`, `[a!=b]`), and
refuses what they accept (`:modal`). Before version 3 it takes the document, which is no element, for what stands before
a combinator without a name (`* html`). A rule could be green in Python and dead in the page, so anything outside
the subset is refused, with a caret under the column.
"""

from collections.abc import Iterator

import regex

from rollguard.errors import RuleError

PSEUDO_WITH_SELECTOR = frozenset({"not", "is", "where", "has"})
PSEUDO_PLAIN = frozenset(
    {
        "first-child",
        "last-child",
        "only-child",
        "first-of-type",
        "last-of-type",
        "only-of-type",
        "empty",
        "root",
    }
)
MAX_LENGTH = 300
MAX_DEPTH = 3

_IDENT = r"-?[A-Za-z_][\w-]*"
_TOKENS = regex.compile(
    rf"""
    (?P<attribute>\[\s*{_IDENT}\s*(?:(?:[~|^$*]?=)\s*(?:"[^"\\\n]*"|'[^'\\\n]*'|{_IDENT})\s*(?:\s[is]\s*)?)?\])
  | (?P<pseudo>::?{_IDENT}\(?)
  | (?P<id>\#{_IDENT})
  | (?P<class>\.{_IDENT})
  | (?P<type>{_IDENT}|\*)
  | (?P<combinator>\s*[>+~]\s*|\s+)
  | (?P<comma>\s*,\s*)
  | (?P<close>\s*\))
    """,
    regex.VERBOSE,
)


def check_selector(selector: str, place: str) -> None:
    """Do nothing if the selector is portable.

    Args:
        selector: one CSS selector list.
        place: file and key, for the error.

    Raises:
        RuleError: with the selector and a caret under the first column that is wrong.
    """
    if len(selector) > MAX_LENGTH:
        raise _refusal(selector, MAX_LENGTH, place, f"it is longer than {MAX_LENGTH} characters", "Shorten it.")
    depth = 0
    named = [False]
    previous = "comma"
    at = 0
    while at < len(selector):
        token = _TOKENS.match(selector, at)
        if token is None:
            reason, advice = _unreadable(selector, at)
            raise _refusal(selector, at, place, reason, advice)
        kind = token.lastgroup or ""
        try:
            depth += _check_token(kind, token.group(), previous)
        except _NotPortableError as error:
            raise _refusal(selector, at, place, *error.args) from error
        if kind == "combinator" and not named[-1]:
            reason = "what stands before it names no tag, id, class or attribute"
            raise _refusal(selector, at, place, reason, "Name one there, or leave that part out.")
        if not 0 <= depth <= MAX_DEPTH:
            raise _refusal(selector, at, place, "parentheses do not fit, or nest too deep", "Simplify it.")
        _note_name(named, kind, token.group())
        previous = "comma" if kind == "pseudo" and token.group().endswith("(") else kind
        at = token.end()
    if depth or previous in {"comma", "combinator"}:
        raise _refusal(selector, at, place, "the selector ends too early", "Finish or remove the last part.")


def _note_name(named: list[bool], kind: str, text: str) -> None:
    """Whether the part that is being read has a name, for each depth of parentheses."""
    if kind == "pseudo" and text.endswith("("):
        named.append(False)
    elif kind == "close":
        named.pop()
    elif kind in {"combinator", "comma"}:
        named[-1] = False
    elif kind in {"attribute", "id", "class"} or (kind == "type" and text != "*"):
        named[-1] = True


def tokens(selector: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each token of a selector that has passed its check."""
    at = 0
    while token := _TOKENS.match(selector, at):
        yield token.lastgroup or "", token.group()
        at = token.end()


class _NotPortableError(Exception):
    """Reason and advice, on the way to an error that also knows the place."""


def _check_token(kind: str, text: str, previous: str) -> int:
    """Refuse what is not portable; say how the token changes the depth of parentheses."""
    if kind in {"comma", "combinator", "close"} and previous in {"comma", "combinator"}:
        raise _NotPortableError("a selector is missing here", "Write one, or remove this sign.")
    if kind == "type" and previous not in {"comma", "combinator"}:
        raise _NotPortableError("a type must come first", "Put the tag name before its conditions.")
    if kind == "close":
        return -1
    if kind != "pseudo":
        return 0
    name = text.strip(":(")
    if text.startswith("::"):
        raise _NotPortableError("a pseudo-element is never an element", "Remove it.")
    if name in PSEUDO_WITH_SELECTOR and text.endswith("("):
        return 1
    if name in PSEUDO_PLAIN and not text.endswith("("):
        return 0
    raise _NotPortableError(
        f"':{name}' does not mean the same in Soup Sieve and in browsers",
        "Use a tag, role, attribute, :is(), :not(), :has(); put words into `requires`.",
    )


def _unreadable(selector: str, at: int) -> tuple[str, str]:
    if regex.match(r"\[[^\]]*!=", selector[at:]):
        return "Soup Sieve reads '!=', browsers do not", 'Write :not([name="value"]).'
    if selector[at] == "[":
        return "this is no attribute selector", 'Write it like [role="dialog"].'
    if selector[at] in ".#":
        return "a name must follow", "Names begin with a letter and need no escape here."
    return f"'{selector[at]}' cannot stand here", "Use the portable subset: tags, attributes, combinators."


def _refusal(selector: str, at: int, place: str, reason: str, advice: str) -> RuleError:
    return RuleError(place, f"{selector}\n    {' ' * at}^ {reason}", advice)
