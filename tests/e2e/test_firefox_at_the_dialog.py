"""The real extension at the dialog in Firefox: its words are marked there as well, and the page keeps nothing of it."""

from collections.abc import Iterator

import pytest

from tests.e2e.conftest import Service, build
from tests.e2e.firefox import Firefox, running_firefox
from tests.e2e.test_at_the_dialog import MARKED, PLAIN
from tests.e2e.test_firefox import WARNINGS


@pytest.fixture(scope="module")
def firefox(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    folder = tmp_path_factory.mktemp("firefox")
    extension = build(folder / "dist", service.url, "--target", "firefox", "--all-sites") / "firefox"
    with running_firefox(extension, folder / "profile") as running:
        yield running


def test_words_are_marked_in_firefox(firefox: Firefox) -> None:
    tab = firefox.open("https://marks.example/", PLAIN)
    tab.waits_for(WARNINGS, ["photo_consent"])
    tab.waits_for(MARKED, wanted=True)
    assert tab.evaluate("document.adoptedStyleSheets.length") == 1
    tab.evaluate("document.querySelector('[role=dialog]').remove()")
    tab.waits_for("[CSS.highlights.size, document.adoptedStyleSheets.length]", [0, 0])
    tab.close()
