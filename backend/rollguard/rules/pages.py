"""Saved pages: fixtures, decoys, and whatever a maintainer wants to test."""

import warnings
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning

from rollguard.errors import RuleError
from rollguard.rules.loader import SOURCES, rule_folders

NO_URL = "https://example.org/"
MAX_BYTES = 10_000_000
_KEPT_ADDRESSES = 1024
"""A service reads the same pages at every push."""


@dataclass(frozen=True, slots=True)
class Page:
    """A saved page with the address that it was saved from."""

    name: str
    html: str
    url: str

    def parse(self) -> BeautifulSoup:
        return parse_html(self.html)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must come out of a page: the id of the rule that shows, or None."""

    page: Page
    shown: str | None


def parse_html(html: str) -> BeautifulSoup:
    """The tree that a browser would build (html5lib follows the same algorithm).

    Known differences: html5lib 1.1 is older than the rule that `<dialog>` closes an open `<p>`, and puts a link inside
    a link right in another way. Neither is valid HTML.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # an XHTML prologue in a saved page is fine
        page = BeautifulSoup(html, "html5lib")
    for inert in page.find_all(["template", "noscript"]):
        inert.clear()  # a browser that runs scripts has no elements in there
    return page


def read_page(source: Path | str, root: Path | None = None, url: str = "") -> Page:
    """A saved page, or one that a server on this machine shows.

    Its address: `url`, else its `<meta name="rollguard:url">`, else where it was found.

    Raises:
        RuleError: there is no such page, it is too large, it is no text, or it is not on this machine.
    """
    place = str(source)
    if place.startswith(("http://", "https://")):
        html = _download(place)
        return Page(place, html, url or _saved_url(html) or place)
    html = _decode(place, _read_file(Path(source)))
    name = str(Path(source).relative_to(root)) if root else place
    return Page(name, html, url or _saved_url(html) or NO_URL)


def fixtures(sources: Path = SOURCES) -> list[Expectation]:
    """Every rule's own pages: `match_*` must show the rule, `no_match_*` must not."""
    found = []
    for folder in rule_folders(sources):
        for path in sorted(folder.glob("*.html")):
            page = read_page(path, sources)
            if path.name.startswith("match_"):
                found.append(Expectation(page, folder.name))
            else:
                found.append(Expectation(page, None))
    return found


def decoys(sources: Path = SOURCES) -> list[Expectation]:
    """Pages on which nothing may show."""
    return [Expectation(read_page(path, sources), None) for path in sorted((sources / "decoys").glob("*.html"))]


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise RuleError(str(path), f"it cannot be read: {error.strerror}", "Name a saved HTML page.") from error


def _download(address: str) -> str:
    """Only from this machine: a maintainer's tool asks no stranger for pages."""
    if not _is_loopback(urlsplit(address).hostname or ""):
        raise RuleError(address, "it is not on this machine", "Save the page, and name the file.")
    try:
        with urlopen(address, timeout=10) as answer:  # noqa: S310 - http(s) on loopback, checked above
            return _decode(address, answer.read(MAX_BYTES + 1))
    except OSError as error:
        raise RuleError(address, f"it does not answer: {error}", "Start the server, or save the page.") from error


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False  # a name, whatever it looks like


def _decode(place: str, data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise RuleError(place, f"it is larger than {MAX_BYTES} bytes", "Save only the part that matters.")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise RuleError(place, f"it is not UTF-8: {error}", "Save it as UTF-8.") from error


@lru_cache(_KEPT_ADDRESSES)
def _saved_url(html: str) -> str:
    meta = parse_html(html[:20_000]).find("meta", attrs={"name": "rollguard:url"})
    return str(meta.get("content") or "") if isinstance(meta, Tag) else ""
