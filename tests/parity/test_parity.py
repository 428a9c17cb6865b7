"""Python decides whether a rule may be published, TypeScript runs in the page: they must agree on everything."""

from collections.abc import Callable
from typing import Any

import pytest
import soupsieve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from rollguard.errors import RuleError
from rollguard.rules.compiler import TARGET_PATH, compile_bundle
from rollguard.rules.match_patterns import fits_any
from rollguard.rules.matcher import Matcher
from rollguard.rules.model import Bundle
from rollguard.rules.pages import Expectation, decoys, fixtures, parse_html
from rollguard.rules.selectors import check_selector
from rollguard.rules.words import cut_words

Judge = Callable[[str, str], Any]
SAVED = [*fixtures(), *decoys()]
FEW = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="session")
def judge_in_python(bundle: Bundle) -> Judge:
    matcher = Matcher(bundle)
    return lambda html, url: [report.to_json() for report in matcher.judge_page(parse_html(html), url)]


@pytest.mark.parametrize("saved", SAVED, ids=lambda saved: saved.page.name)
def test_both_matchers_say_the_same_of_every_saved_page(
    saved: Expectation, judge_in_python: Judge, judge_in_browser: Judge
) -> None:
    html, url = saved.page.html, saved.page.url
    assert judge_in_browser(html, url) == judge_in_python(html, url)


def test_the_saved_pages_are_not_all_silent(judge_in_browser: Judge) -> None:
    shown = {report["shown"] for saved in SAVED for report in judge_in_browser(saved.page.html, saved.page.url)}
    assert {saved.shown for saved in SAVED if saved.shown} <= shown


def test_a_rule_that_the_browser_cannot_read_is_left_out_and_the_rest_stands(
    bundle: Bundle, twin_page: Page, judge_in_browser: Judge
) -> None:
    saved = next(saved for saved in SAVED if saved.shown == "facebook_cloud_processing")
    broken = [rule.model_copy(update={"forbids_selector": "p:::x"}) for rule in bundle.rules if rule.id == saved.shown]
    others = [rule for rule in bundle.rules if rule.id != saved.shown]
    try:
        spoilt = bundle.model_copy(update={"rules": (*broken, *others)})
        twin_page.evaluate("text => rollguard.useBundle(text)", compile_bundle(spoilt)[TARGET_PATH].decode())
        shown = [report["shown"] for report in judge_in_browser(saved.page.html, saved.page.url)]
        assert shown == ["photo_consent"]
    finally:
        twin_page.evaluate("text => rollguard.useBundle(text)", compile_bundle(bundle)[TARGET_PATH].decode())


WORDS = st.sampled_from(
    "Allow cloud processing your camera roll photos upload to our servers AI faces Don’t allow Not now turn off "
    "Zulassen Nicht zulassen Aufnahmen Cloud-Verarbeitung hochladen KI Gesichtsmerkmale Permitir nube galería "
    "never turn on 相机胶卷 上传 云端 允许 不允许 クラウド処理 許可 คลังภาพ อนุญาต галерея загрузить облако Разрешить "
    "صورك السحابة السماح fotoğraflarınız bulut İZİN VER саmеrа rоll . ! "
    "cookies \u200b \u00ad cam\u200bera ＣＬＯＵＤ İstanbul ﬁles straße 🎉 ½".split(" ")
)
TEXT = st.lists(WORDS, max_size=12).map(" ".join)
# No <dialog> in here: html5lib (1.1, 2020) does not know that it closes an open <p>, as browsers do. Links hold only
# text: how misnested ones are put right has changed since, too.
TAGS = st.sampled_from("div span p h2 button article main section b br li label blockquote".split())
ATTRIBUTES = st.sampled_from(
    [
        *("", "", "", "hidden", "open", "popover", "disabled", 'href="#"', "contenteditable"),
        *('role="dialog"', 'role="button"', 'role="heading"', 'aria-modal="true"', 'aria-hidden="true"'),
        *('style="display: none"', 'style="color:red"', 'aria-label="Allow"', 'aria-label="Don\'t allow"'),
        *('aria-disabled="true"', 'id="title"', 'aria-labelledby="title"', 'role="article"', 'role="switch"'),
        *('tabindex="0"', 'tabindex="-1"', 'onclick="x()"', "inert", 'aria-checked="true"', "checked", 'role="feed"'),
    ]
)


def _element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, one, two, children: f"<{tag} {one} {two}>{''.join(children)}</{tag}>",
        TAGS,
        ATTRIBUTES,
        ATTRIBUTES,
        st.lists(inner, max_size=4),
    )


LINK = st.builds("<a {} {}>{}</a>".format, ATTRIBUTES, ATTRIBUTES, TEXT)
MARKUP = st.recursive(TEXT | LINK, _element, max_leaves=25)
DIALOG = st.builds(
    lambda start, inner, page: f"<body>{start}{inner}<button>Allow</button></dialog></div></main>{page}</body>",
    st.sampled_from(['<div role="dialog">', "<dialog open>", "<dialog>", '<main aria-modal="true">']),
    MARKUP,
    MARKUP,
)

ASK = "<div><p>Your camera roll goes to our cloud.</p>{}<span>{}</span></div>"
BUTTONS = "<button>Allow</button><button>Don’t allow</button>"
# No dialog anywhere: the ask, if there is one, must be found through its controls.
ROLELESS = st.builds(
    lambda around, inner, choice, after: f"<body><div {around}>{ASK.format(inner, choice)}{after}</div></body>",
    ATTRIBUTES,
    MARKUP,
    st.sampled_from([BUTTONS, '<div role="switch" aria-label="Use photos"></div>', "<a href=x>Continue</a>", ""]),
    MARKUP,
)


@FEW
@given(
    html=DIALOG | ROLELESS,
    host=st.sampled_from(["www.facebook.com/privacy/consent/x", "photos.google.com/", "a.example/"]),
)
def test_both_matchers_say_the_same_of_any_markup(
    html: str, host: str, judge_in_python: Judge, judge_in_browser: Judge
) -> None:
    url = f"https://{host}"
    assert judge_in_browser(html, url) == judge_in_python(html, url)


@FEW
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=60))
def test_both_cut_the_same_words(text: str, twin_page: Page) -> None:
    assert twin_page.evaluate("text => rollguard.words(text)", text) == [word.norm for word in cut_words(text)]


@pytest.mark.parametrize(
    ("pattern", "url", "expected"),
    [
        ("*://*.facebook.com/*", "https://m.facebook.com/x?y", True),
        ("*://*.facebook.com/*", "https://facebook.com/", True),
        ("*://*.facebook.com/*", "https://notfacebook.com/", False),
        ("https://example.org/a*c/*", "https://example.org/abc/d?e", True),
        ("https://example.org/a*c/*", "http://example.org/abc/d", False),
        ("*://*/*", "ftp://example.org/", False),
        ("*://example.org/*", "https://example.org:8443/", True),
    ],
)
def test_both_read_match_patterns_alike(*, pattern: str, url: str, expected: bool, twin_page: Page) -> None:
    in_browser = twin_page.evaluate("([pattern, url]) => rollguard.fitsAny([pattern], url)", [pattern, url])
    assert (fits_any([pattern], url), in_browser) == (expected, expected)


SELECTOR_PAGE = (
    "<main id=m><div id=a role=dialog class='x y' aria-label='Allow ”all”'><p id=b><span id=c></span></p><p id=d></p>"
    "</div><dialog id=e open data-k='one two'></dialog></main>"
)
PIECES = [
    *("div", "p", "*", "#a", ".x", "[role=dialog]", '[aria-label^="Allow" i]', "[data-k~=two]", ":not(p)", ":is(p)"),
    *(" ", " > ", " + ", " ~ ", ", ", ":has(span)", ":first-child", ":empty", "[open]", ":hover", ")", "("),
    *("[a!=b]", ":modal", "::before", ":-soup-contains(x)", ":nth-child(2)", "\\31"),
]
SELECTOR = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join)


@FEW
@given(selector=SELECTOR)
def test_a_selector_that_is_accepted_means_the_same_in_both(selector: str, twin_page: Page) -> None:
    try:
        check_selector(selector, "rule.toml")
    except RuleError:
        return
    in_python = [element.get("id", "") for element in soupsieve.select(selector, parse_html(SELECTOR_PAGE))]
    in_browser = twin_page.evaluate("([html, sel]) => rollguard.selects(html, sel)", [SELECTOR_PAGE, selector])
    assert in_browser == in_python
