"""Saved pages: fixtures, decoys, and whatever a maintainer wants to test."""

import warnings
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning

from rollguard.errors import RuleError
from rollguard.rules.loader import SOURCES, rule_folders

NO_URL = "https://example.org/"
MAX_BYTES = 10_000_000


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
    """The tree that a browser would build (html5lib follows the same algorithm)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # an XHTML prologue in a saved page is fine
        page = BeautifulSoup(html, "html5lib")
    for inert in page.find_all(["template", "noscript"]):
        inert.clear()  # a browser that runs scripts has no elements in there
    return page


def read_page(path: Path, root: Path | None = None, url: str = "") -> Page:
    """A saved page. Its address: `url`, else its `<meta name="rollguard:url">`, else example.org.

    Raises:
        RuleError: there is no such file, or it is no text.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise RuleError(str(path), f"it is larger than {MAX_BYTES} bytes", "Save only the part that matters.")
        html = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(str(path), f"it cannot be read: {error}", "Name a saved HTML page in UTF-8.") from error
    name = str(path.relative_to(root)) if root else str(path)
    return Page(name, html, url or _saved_url(html))


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


def _saved_url(html: str) -> str:
    meta = parse_html(html[:20_000]).find("meta", attrs={"name": "rollguard:url"})
    return str(meta.get("content") or NO_URL) if isinstance(meta, Tag) else NO_URL
