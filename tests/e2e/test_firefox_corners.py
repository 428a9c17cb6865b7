"""Shadow roots, frames and late showing in real Firefox, which opens closed roots by a way of its own."""

from collections.abc import Iterator

import pytest

from tests.e2e.asking import ASK, DIALOG, EMPTY, ROOTS, RULE, framed
from tests.e2e.conftest import Service, build
from tests.e2e.firefox import Firefox, Tab, running_firefox

WARNINGS = "[...document.querySelectorAll('rollguard-warning')].map(warning => warning.dataset.rule)"


@pytest.fixture(scope="module")
def firefox(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    folder = tmp_path_factory.mktemp("firefox_corners")
    extension = build(folder / "dist", service.url, "--target", "firefox", "--all-sites") / "firefox"
    with running_firefox(extension, folder / "profile") as running:
        yield running


def show(firefox: Firefox, pages: dict[str, str]) -> Tab:
    """The first page; the others, which it holds as frames, are known to the browser before."""
    (top, html), *inner = pages.items()
    for url, framed_html in inner:
        firefox.open(url, framed_html).close()
    return firefox.open(top, html)


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("frame", ["top", "other origin", "srcdoc", "about:blank", "sandbox"])
def test_a_dialog_behind_a_shadow_root_is_told_of_in_the_top_page(root: str, frame: str, firefox: Firefox) -> None:
    tab = show(firefox, framed(frame, ROOTS[root]))
    tab.waits_for(WARNINGS, [RULE])
    tab.close()


def test_a_root_that_is_attached_late_to_an_element_that_was_there_is_found(firefox: Firefox) -> None:
    tab = firefox.open("https://late-root.example/", f"{EMPTY}<div id=late></div>")
    tab.firefox.pump(1.5)
    attach = f"document.querySelector('#late').attachShadow({{mode: 'closed'}}).innerHTML = `{DIALOG}`"
    tab.evaluate(f"(() => {{ {attach} }})()")
    tab.waits_for(WARNINGS, [RULE])
    tab.close()


def test_a_dialog_that_a_class_above_it_shows_is_seen(firefox: Firefox) -> None:
    hidden = f"<style>html:not(.on) #ask {{ display: none }}</style>{DIALOG}"
    tab = firefox.open("https://class-above.example/", EMPTY + hidden)
    tab.firefox.pump(1)
    assert tab.evaluate(WARNINGS) == []
    tab.evaluate("document.documentElement.className = 'on'")
    tab.waits_for(WARNINGS, [RULE])
    tab.evaluate("document.documentElement.className = ''")
    tab.waits_for(WARNINGS, [])
    tab.close()


def test_the_warning_is_there_before_the_dialog_is_painted(firefox: Firefox) -> None:
    tab = firefox.open("https://paint.example/", f"{EMPTY}<dialog open id=first>{ASK}</dialog>")
    tab.waits_for(WARNINGS, [RULE])  # what is made once, words and all, is made now
    tab.evaluate("document.querySelector('#first').remove()")
    tab.waits_for(WARNINGS, [])
    told = f"""new Promise(done => {{
        document.body.insertAdjacentHTML('beforeend', `{DIALOG}`);
        requestAnimationFrame(() => done({WARNINGS}));
    }})"""
    assert tab.evaluate(told) == [RULE]
    tab.close()
