"""At any time of a page's life a dialog may come, be filled, be shown: the warning comes with it, and goes with it."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.e2e.asking import ASK, DIALOG, EMPTY, RULE
from tests.e2e.conftest import WARNING, Browser, waits_for_warning

HALF_AN_HOUR_MS = 30 * 60_000
QUIET_MS = 500
LATER_MS = 3_000


def within(above: str = "", own: str = "") -> str:
    """The dialog, with attributes of its own and of what stands above it."""
    return f'<div id="above" {above}><div role="dialog" id="ask" {own}>{ASK}</div></div>'


# How it is hidden → (what stands in the page, what shows it, what hides it again).
SHOWN_BY = {
    "its class": (
        "<style>.off { display: none }</style>" + within(own="class=off"),
        "ask.className = ''",
        "ask.className = 'off'",
    ),
    "a class above it": (
        "<style>.off [role=dialog] { display: none }</style>" + within("class=off"),
        "above.className = ''",
        "above.className = 'off'",
    ),
    "a class of the page": (
        f"<style>html:not(.on) #ask {{ visibility: hidden }}</style>{within()}",
        "document.documentElement.className = 'on'",
        "document.documentElement.className = ''",
    ),
    "its style": (
        within(own='style="display: none"'),
        "ask.style.display = ''",
        "ask.style.display = 'none'",
    ),
    "a style above it": (
        within('style="display: none"'),
        "above.style.display = ''",
        "above.style.display = 'none'",
    ),
    "its hidden attribute": (within(own="hidden"), "ask.hidden = false", "ask.hidden = true"),
    "a hidden attribute above it": (
        within("hidden"),
        "above.hidden = false",
        "above.hidden = true",
    ),
    "aria-hidden above it": (
        within('aria-hidden="true"'),
        "above.removeAttribute('aria-hidden')",
        "above.setAttribute('aria-hidden', 'true')",
    ),
    "opacity that grows": (
        f"<style>#ask {{ opacity: 0; transition: opacity .2s }} .on {{ opacity: 1 !important }}</style>{within()}",
        "ask.className = 'on'",
        "ask.className = ''",
    ),
    "showModal": (f"<dialog id=ask>{ASK}</dialog>", "ask.showModal()", "ask.close()"),
    "its open attribute": (f"<dialog id=ask>{ASK}</dialog>", "ask.open = true", "ask.open = false"),
    "a popover's opening": (f"<div popover id=ask>{ASK}</div>", "ask.showPopover()", "ask.hidePopover()"),
    "a style sheet that goes": (
        f"<style id=sheet>#ask {{ display: none }}</style>{within()}",
        "window.kept = sheet; sheet.remove()",
        "document.head.append(kept)",
    ),
    "a rule of a style sheet": (
        f"<style id=sheet>#ask {{ display: none }}</style>{within()}",
        "sheet.sheet.deleteRule(0)",
        "sheet.sheet.insertRule('#ask { display: none }')",
    ),
    "adopted style sheets": (
        "<script>const s = new CSSStyleSheet(); s.replaceSync('#ask { display: none }'); "
        "document.adoptedStyleSheets = [s]</script>" + within(),
        "document.adoptedStyleSheets = []",
        "document.adoptedStyleSheets = [s]",
    ),
    "a role that it gets": (
        f"<div id=ask aria-hidden=true>{ASK}</div>",
        "ask.removeAttribute('aria-hidden'); ask.setAttribute('role', 'dialog')",
        "ask.setAttribute('aria-hidden', 'true')",
    ),
}


@pytest.fixture
def page(watching_all: Browser) -> Iterator[Page]:
    page = watching_all.context.new_page()
    yield page
    page.close()


def show(watching_all: Browser, page: Page, url: str, html: str, **headers: str) -> None:
    page.goto(watching_all.site.show(url, html, **headers))


def stays_silent(page: Page) -> None:
    page.wait_for_timeout(QUIET_MS)
    assert page.locator(WARNING).count() == 0


def add(page: Page, html: str = DIALOG) -> None:
    page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", html)


@pytest.mark.parametrize("how", SHOWN_BY)
def test_a_dialog_that_was_there_all_along_is_seen_when_it_is_shown_by(
    how: str, watching_all: Browser, page: Page
) -> None:
    html, shown, hidden = SHOWN_BY[how]
    show(watching_all, page, "https://toggled.example/", EMPTY + html)
    stays_silent(page)
    for _ in range(2):
        page.evaluate(f"() => {{ {shown} }}")
        waits_for_warning(page, RULE, LATER_MS)
        page.evaluate(f"() => {{ {hidden} }}")
        page.wait_for_selector(WARNING, state="detached", timeout=LATER_MS)


def test_the_second_step_of_the_same_dialog_is_another_question(watching_all: Browser, page: Page) -> None:
    first = '<div role="dialog" id="ask"><h2>Welcome</h2><p>New things await.</p><button>Next</button></div>'
    show(watching_all, page, "https://steps.example/", EMPTY + first)
    stays_silent(page)
    page.evaluate("html => ask.innerHTML = html", ASK)
    waits_for_warning(page, RULE, LATER_MS)
    page.evaluate("ask.innerHTML = '<h2>Done</h2><button>Close</button>'")
    page.wait_for_selector(WARNING, state="detached", timeout=LATER_MS)


def test_words_that_are_written_into_text_nodes_are_read(watching_all: Browser, page: Page) -> None:
    blank = '<div role="dialog" id="ask"><h2> </h2><p> </p><button> </button><button> </button></div>'
    show(watching_all, page, "https://text.example/", EMPTY + blank)
    stays_silent(page)
    page.evaluate(
        """html => {
            const words = new DOMParser().parseFromString(html, 'text/html');
            [...words.body.children].forEach((from, at) => { ask.children[at].firstChild.data = from.textContent });
        }""",
        ASK,
    )
    waits_for_warning(page, RULE, LATER_MS)


def test_half_an_hour_later_a_dialog_is_seen(watching_all: Browser, page: Page) -> None:
    show(watching_all, page, "https://patience.example/", EMPTY)
    page.wait_for_timeout(QUIET_MS)
    session = page.context.new_cdp_session(page)
    late = f"setTimeout(() => document.body.insertAdjacentHTML('beforeend', {json.dumps(DIALOG)}), {HALF_AN_HOUR_MS})"
    page.evaluate(f"() => {{ {late} }}")
    session.send("Emulation.setVirtualTimePolicy", {"policy": "advance", "budget": HALF_AN_HOUR_MS + 60_000})
    waits_for_warning(page, RULE, 20_000)


def test_after_twenty_routes_of_an_app_a_dialog_is_seen(watching_all: Browser, page: Page) -> None:
    show(watching_all, page, "https://app.example/", EMPTY)
    page.evaluate(
        """async () => {
            for (let at = 0; at < 20; at++) {
                history.pushState(null, '', `/route/${at}`);
                document.querySelector('main').replaceChildren(`Route ${at}`, document.createElement('button'));
                await new Promise(done => setTimeout(done, 20));
            }
        }"""
    )
    add(page)
    waits_for_warning(page, RULE, LATER_MS)


def test_in_a_tab_in_the_background_a_dialog_is_seen(watching_all: Browser, page: Page) -> None:
    show(watching_all, page, "https://background.example/", EMPTY)
    other = watching_all.context.new_page()
    other.bring_to_front()
    add(page)
    waits_for_warning(page, RULE, LATER_MS)
    other.close()


REPLACED = {
    "written anew": "document.open(); document.write(html); document.close()",
    "given another root": "document.replaceChild(new DOMParser().parseFromString(html, 'text/html').documentElement, "
    "document.documentElement)",
    "given another content": "document.documentElement.innerHTML = html",
}


@pytest.mark.parametrize("how", REPLACED)
def test_a_page_that_is_replaced_from_within_is_still_watched(how: str, watching_all: Browser, page: Page) -> None:
    show(watching_all, page, "https://replaced.example/", EMPTY)
    page.wait_for_timeout(QUIET_MS)
    page.evaluate(f"html => {{ {REPLACED[how]} }}", EMPTY + DIALOG)
    waits_for_warning(page, RULE, LATER_MS)
    page.evaluate("document.querySelector('[role=dialog]').remove()")
    page.wait_for_selector(WARNING, state="detached", timeout=LATER_MS)
    add(page, f"<dialog id=later>{ASK}</dialog>")
    page.evaluate("document.querySelector('#later').showModal()")
    waits_for_warning(page, RULE, LATER_MS)


def test_a_page_of_xhtml_is_watched(watching_all: Browser, page: Page) -> None:
    words = DIALOG.replace("onclick", "data-onclick")
    html = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{words}</body></html>'
    show(watching_all, page, "https://xhtml.example/", html, Content_Type="application/xhtml+xml")
    waits_for_warning(page, RULE, LATER_MS)
