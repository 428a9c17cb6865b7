"""Firefox lays out by its own rules, and a person reads the same there."""

import json
from collections.abc import Iterator

import pytest

from tests.content.conftest import FONT
from tests.content.tricks import HIDDEN, SPREAD, Trick
from tests.e2e.firefox import ADD_ON, Tab, running_firefox

# The driver brings an add-on along; this one does nothing.
NOTHING = {
    "manifest_version": 3,
    "name": "Nothing",
    "version": "1",
    "browser_specific_settings": {"gecko": {"id": ADD_ON}},
}


@pytest.fixture(scope="module")
def reader_tab(reader_script: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    folder = tmp_path_factory.mktemp("firefox")
    (folder / "manifest.json").write_text(json.dumps(NOTHING))
    with running_firefox(folder, folder / "profile") as firefox:
        page = f"<!doctype html><meta charset=utf-8>{FONT}<script>{reader_script}</script><main></main>"
        yield firefox.open("https://reader.example/", page)


@pytest.mark.parametrize("trick", [*SPREAD, *HIDDEN], ids=lambda trick: trick.name)
def test_firefox_shows_the_same_words(trick: Trick, reader_tab: Tab) -> None:
    show = f"document.querySelector('main').innerHTML = {json.dumps(trick.html)}"
    assert reader_tab.evaluate(f"({show}, reader.asRendered('#it'))") == trick.text
