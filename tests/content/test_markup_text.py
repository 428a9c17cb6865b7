"""What the markup alone tells is read alike by the page's reader and by the one that checks rules."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import Tag
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from rollguard.rules.pages import parse_html
from rollguard.rules.visible_text import MAX_CHARACTERS, read_text
from rollguard.rules.words import BREAK, collapse
from tests.content.conftest import Reader

FEW = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def in_python(html: str) -> str:
    root = parse_html(html).select_one("#it")
    assert isinstance(root, Tag)
    return read_text(root)


def blocks(text: str) -> str:
    return " | ".join(line for line in map(collapse, text.split(BREAK)) if line)


READ: list[tuple[str, str]] = [
    ("<p id=it>Please \u202ewollA\u202c access</p>", "Please Allow access"),
    ("<p id=it>\u202e<b>w</b><b>ol</b>lA\u202c access</p>", "Allow access"),
    ("<p id=it>\u202ewollA</p>", "Allow"),
    ("<div id=it>\u202ewollA<p>access</p></div>", "Allow | access"),
    ("<p id=it>\u2067Allow\u2069 \u202baccess\u202c</p>", "Allow access"),
    ("<p id=it>\u202dחשפאל\u202c</p>", "לאפשח"),
    ("<p id=it>\u202eלאפשר\u202c</p>", "לאפשר"),
    ("<p id=it>\u202ew\u2066ol\u2069lA\u202c</p>", "Allow".replace("lo", "ol")),
    ("<p id=it>\u2069\u202cAllow</p>", "Allow"),
    ("<p id=it><bdo dir=RTL>wollA</bdo> <bdo>access</bdo></p>", "Allow access"),
    ("<p id=it><ruby>Allow<rp>(</rp><rt>x</rt><rp>)</rp></ruby></p>", "Allow"),
    ("<p id=it>Al<wbr>low</p>", "Allow"),
    ("<p id=it>Al<br>low</p>", "Al low"),
    ("<p id=it>Allow <svg><title>x</title>x<text>ac<tspan>cess</tspan></text></svg></p>", "Allow | access"),
    ("<p id=it>Allow <svg><defs><text>x</text></defs></svg></p>", "Allow"),
    ("<div id=it><details>x<summary>More</summary><p>x</p>x</details></div>", "More"),
    ("<div id=it><details open><summary>More</summary>text</details></div>", "More | text"),
    ("<div id=it><progress>x</progress><meter>x</meter><datalist><option>x</datalist>Allow</div>", "Allow"),
    ("<div id=it>Allow <kbd>x</kbd><samp>x</samp></div>", "Allow"),
    ("<div id=it>Allow <i role=comment>x</i><i aria-roledescription='A Post'>x</i></div>", "Allow"),
    ("<div id=it inert>Allow <input type=button value=access></div>", "Allow | access"),
]  # fmt: skip


@pytest.mark.parametrize(("html", "text"), READ, ids=range(len(READ)))
def test_both_read_what_the_markup_shows(html: str, text: str, ask: Reader) -> None:
    assert blocks(in_python(html)) == text
    assert ask(html, "fromMarkup") == text


LETTERS = st.sampled_from(
    [*"ab c", "א", "ب", "e\u0301", "\U0001f600", *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", BREAK]
)
TEXT = st.lists(LETTERS, max_size=12).map("".join)
TAGS = [
    "b",
    "p",
    "bdo dir=rtl",
    "svg",
    "svg><text",
    "svg><g",
    "svg><title",
    "details",
    "details open",
    "summary",
    "rt",
    "kbd",
]
ELEMENT = st.recursive(
    TEXT,
    lambda inner: st.builds(
        lambda tag, children: f"<div><{tag}>{''.join(children)}</div>",
        st.sampled_from(TAGS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@pytest.fixture(scope="session")
def in_browser(reader_page: Page) -> Callable[[str], Any]:
    return lambda html: reader_page.evaluate("html => reader.parsed(html)", html)


@FEW
@given(html=ELEMENT)
def test_both_read_any_such_markup_alike(html: str, in_browser: Callable[[str], Any]) -> None:
    page = f"<body><section id=it>{html}</section></body>"
    assert in_browser(page) == in_python(page)


@pytest.mark.parametrize("letter", ["a", "ä", "😀", "a😀"])
def test_both_stop_at_the_same_letter(letter: str, in_browser: Callable[[str], Any]) -> None:
    page = f"<section id=it><p>x</p><p>{letter * 60_000}</p>{letter * 60_000}</section>"
    text = in_python(page)
    assert in_browser(page) == text
    assert len(text.encode("utf-16-le")) // 2 in range(MAX_CHARACTERS - 1, MAX_CHARACTERS + 10)


def test_both_stop_at_the_same_element(in_browser: Callable[[str], Any]) -> None:
    page = f"<section id=it>{'<b>a</b>' * 30_000}</section>"
    text = in_python(page)
    assert in_browser(page) == text
    assert len(text) == 20_000
