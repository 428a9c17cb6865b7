"""Whatever a page holds, reading it comes to an end, and soon."""

import pytest
from playwright.sync_api import Page

from tests.content.conftest import Reader

MAX_CHARACTERS = 100_000
# Hundreds of times what it takes: only reading without a limit takes longer.
MAX_MS = 20_000

HUGE = {
    "text": "it.textContent = 'word '.repeat(1e6)",
    "spans": "it.append(...Array.from({length: 60000}, () => "
    "Object.assign(document.createElement('b'), {textContent: 'a'})))",
    "row": "it.style.display = 'flex'; it.append(...Array.from({length: 20000}, (_, at) => "
    "Object.assign(document.createElement('b'), {textContent: 'a', style: `order:${at * 7919 % 20000}`})))",
    "marks": r"it.textContent = '\u202e'.repeat(60).concat('abc').repeat(2000)",
    "white": "it.style = 'background:#fff;color:#fff'; "
    "it.append(...Array.from({length: 2000}, () => Object.assign(document.createElement('b'), {textContent: 'a'})))",
}


@pytest.mark.parametrize("make", HUGE.values(), ids=HUGE.keys())
def test_a_huge_dialog_is_read_to_a_limit(make: str, ask: Reader, reader_page: Page) -> None:
    ask("<div id=it></div>")
    reader_page.evaluate(f"(() => {{ const it = document.getElementById('it'); {make}; }})()")
    lengths = "[reader.lengthFromMarkup('#it'), reader.lengthAsRendered('#it'), reader.looksRearranged('#it')]"
    *read, _sign, took = reader_page.evaluate(
        f"(() => {{ const start = performance.now(); return [...{lengths}, performance.now() - start]; }})()"
    )
    assert all(length <= MAX_CHARACTERS + 2 for length in read)
    assert took < MAX_MS


def test_a_dialog_may_nest_as_deep_as_it_likes(ask: Reader, reader_page: Page) -> None:
    ask("<div id=it style=display:none></div>")
    nest = """() => {
      let inner = document.getElementById('it');
      for (let depth = 0; depth < 10000; depth++) {
        const next = document.createElement(depth % 2 ? 'span' : 'div');
        next.append('a');
        inner.append(next);
        inner = next;
      }
      return [reader.lengthFromMarkup('#it') > 10000, reader.asRendered('#it'), reader.looksRearranged('#it')];
    }"""
    assert reader_page.evaluate(nest) == [True, "", True]
