"""WebExtension match patterns: `<scheme>://<host><path>`, with `*` as scheme, as host or its first label, and in paths.

Twin: `extension/src/shared/match_patterns.ts`. Grammar: MDN, "Match patterns in extension manifests".
"""

from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

import regex

from rollguard.errors import RuleError

_PATTERN = regex.compile(r"(\*|https?)://(\*|(?:\*\.)?[a-z0-9.-]+)(/.*)")


def problems(pattern: str) -> list[str]:
    """Everything that is wrong with a match pattern, in words; empty where it is fine."""
    scheme, separator, rest = pattern.partition("://")
    found = []
    if not separator:
        return ["it has no '://'"]
    if scheme not in {"*", "http", "https"}:
        found.append(f"the scheme '{scheme}' is not *, http or https")
    host, slash, _path = rest.partition("/")
    if not regex.fullmatch(r"\*|(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*", host):
        found.append(f"the host '{host}' is not *, *.domain or a lower-case domain without a port")
    if not slash:
        found.append("it has no path; '/*' stands for every page")
    return found


def fits(pattern: str, url: str) -> bool:
    """Whether the URL is one of the pattern's.

    Raises:
        RuleError: the pattern is not one.
    """
    match = _PATTERN.fullmatch(pattern)
    if match is None:
        raise RuleError(pattern, "; ".join(problems(pattern)), "Write it like *://*.example.com/*")
    scheme, host, path = match.groups()
    parts = split_address(url)
    if parts.scheme not in ({"http", "https"} if scheme == "*" else {scheme}):
        return False
    if not _host_fits(host, (parts.hostname or "").lower()):
        return False
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return path_fits(path, target)


def path_fits(pattern: str, path: str) -> bool:
    """Whether the path fits; `*` stands for anything. Linear: each piece is looked for once, from left to right."""
    first, *pieces = pattern.split("*")
    if not pieces:
        return path == first
    if not path.startswith(first):
        return False
    at = len(first)
    last = pieces.pop()
    for piece in pieces:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return len(path) - len(last) >= at and path.endswith(last)


def split_address(url: str) -> SplitResult:
    """The parts of a page's address.

    Raises:
        RuleError: it is none.
    """
    try:
        parts = urlsplit(url)
        _ = parts.hostname  # is only looked at when it is asked for
    except ValueError as error:
        raise RuleError(url, f"it is no address: {error}", "Name one like https://example.org/.") from error
    return parts


def _host_fits(pattern: str, host: str) -> bool:
    if pattern == "*":
        return True
    if pattern.startswith("*."):
        return host == pattern[2:] or host.endswith(pattern[1:])
    return host == pattern


def fits_any(patterns: Iterable[str], url: str) -> bool:
    return any(fits(pattern, url) for pattern in patterns)
