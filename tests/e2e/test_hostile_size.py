"""Pages of a size or haste that nobody means well with: they stay usable, and Rollguard comes back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.e2e.asking import ASK, DIALOG, EMPTY, RULE
from tests.e2e.conftest import WARNING, Browser, waits_for_warning

LATER_MS = 20_000
ANSWER_MS = 2_000

# What the page does to itself; `busy` ends as it should before the dialog comes.
HOSTILE = {
    "100,000 elements at once": """
        const part = document.createDocumentFragment();
        for (let at = 0; at < 1000; at++) {
            const row = part.appendChild(document.createElement('div'));
            for (let cell = 0; cell < 99; cell++) row.append(document.createElement('span'));
        }
        document.body.append(part);""",
    "100,000 elements one by one": """
        const main = document.querySelector('main');
        for (let at = 0; at < 100_000; at++) main.append(document.createElement('i'));""",
    "a dialog of five megabytes": """
        const dialog = document.createElement('div');
        dialog.setAttribute('role', 'dialog');
        for (let at = 0; at < 5_000; at++) {
            dialog.append(document.createElement('p'));
            dialog.lastChild.textContent = 'photos cloud words '.repeat(53);
        }
        document.body.append(dialog);""",
    "10,000 dialogs": """
        const part = document.createDocumentFragment();
        for (let at = 0; at < 10_000; at++) {
            const dialog = part.appendChild(document.createElement('div'));
            dialog.setAttribute('role', 'dialog');
            dialog.innerHTML = '<p>Photos in the cloud</p><button>Allow</button>';
        }
        document.body.append(part);""",
    "10,000 levels": """
        let at = document.body.appendChild(document.createElement('div'));
        at.hidden = true; // laid out, so many levels are the end of Chromium itself
        for (let level = 0; level < 10_000; level++) at = at.appendChild(document.createElement('div'));""",
    "1,000 shadow roots": """
        for (let at = 0; at < 1000; at++) {
            const host = document.createElement('div');
            host.attachShadow({ mode: 'closed' }).innerHTML = '<p>Nothing</p><button>Next</button>';
            document.body.append(host);
        }""",
    "fields that hide the page's own words": """
        document.body.insertAdjacentHTML('afterbegin',
            '<form><input name=parentElement><input name=childNodes><input name=matches><input name=closest>' +
            '<input name=querySelectorAll><input name=localName><input name=getRootNode></form>' +
            '<img name=querySelectorAll><img name=body><img name=documentElement><img name=getElementsByTagName>');""",
}


@pytest.fixture
def page(watching_all: Browser) -> Iterator[Page]:
    page = watching_all.context.new_page()
    yield page
    page.close()


def show(watching_all: Browser, page: Page) -> None:
    page.goto(watching_all.site.show("https://hostile.example/", EMPTY))
    page.wait_for_timeout(500)
    page.evaluate(
        """() => {
            window.answered = 0;
            window.place = document.body;
            addEventListener('click', () => { answered++ });
        }"""
    )


def answers_a_click(page: Page) -> None:
    before = page.evaluate("answered")
    page.mouse.click(5, 5)
    page.wait_for_function("before => answered > before", arg=before, timeout=ANSWER_MS)


@pytest.mark.parametrize("what", HOSTILE)
def test_the_page_stays_usable_and_a_dialog_after_it_is_seen(what: str, watching_all: Browser, page: Page) -> None:
    show(watching_all, page)
    page.evaluate(f"() => {{ {HOSTILE[what]} }}")
    answers_a_click(page)
    page.evaluate(
        """html => {
            const last = document.createElement('div');
            last.style = 'position: fixed; inset: 0 0 auto; background: white';
            last.innerHTML = html;
            place.append(last);
        }""",
        DIALOG,
    )
    waits_for_warning(page, RULE, LATER_MS)


STORM = """() => {
    const dialog = document.createElement('div');
    dialog.setAttribute('role', 'dialog');
    dialog.innerHTML = '<p>0</p>'.repeat(200);
    document.body.append(dialog);
    let count = 0;
    window.longest = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
    }).observe({ type: 'longtask' });
    const storm = setInterval(() => {
        for (let at = 0; at < 10; at++) dialog.children[count++ % 200].textContent = `photos of the cloud ${count}`;
    }, 10);
    window.calm = () => clearInterval(storm);
}"""


def test_a_storm_of_changes_is_sat_out_and_the_popup_says_so(watching_all: Browser, page: Page) -> None:
    show(watching_all, page)
    page.evaluate(STORM)
    page.wait_for_timeout(3_000)
    answers_a_click(page)
    popup = watching_all.popup(over=page)
    for _ in range(40):
        if popup.locator("#paused").count():
            break
        popup.reload()
        popup.wait_for_timeout(100)
    assert "it changes without rest" in popup.inner_text("#paused")
    assert "Goes on in" in popup.inner_text("#paused")
    page.evaluate("html => { calm(); document.querySelector('[role=dialog]').innerHTML = html }", ASK)
    waits_for_warning(page, RULE, LATER_MS)
    popup.wait_for_selector("#paused", state="detached", timeout=5_000)
    popup.close()


BEFORE_PAINT = """html => new Promise(done => {
    const host = document.createElement('div');
    const root = HOST;
    root.innerHTML = html;
    document.body.append(host);
    requestAnimationFrame(() => {
        const isThere = document.querySelector('rollguard-warning') !== null;
        requestAnimationFrame(() => done([isThere, document.querySelector('rollguard-warning') !== null]));
    });
})"""


@pytest.mark.parametrize("host", ["host", "host.attachShadow({mode: 'closed'})"])
def test_the_warning_is_there_before_the_dialog_is_painted(host: str, watching_all: Browser, page: Page) -> None:
    show(watching_all, page)
    page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", DIALOG)
    waits_for_warning(page, RULE)  # what is made once, words and all, is made now
    page.evaluate("document.querySelector('[role=dialog]').remove()")
    page.wait_for_selector(WARNING, state="detached")
    assert page.evaluate(BEFORE_PAINT.replace("HOST", host), DIALOG) == [True, True]


def test_the_first_dialog_of_a_page_is_told_of_in_its_own_frame(watching_all: Browser, page: Page) -> None:
    show(watching_all, page)
    page.wait_for_timeout(1_000)
    assert page.evaluate(BEFORE_PAINT.replace("HOST", "host"), DIALOG)[0]
