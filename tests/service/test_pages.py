import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Route, expect

from rollguard.rules.compiler import TARGET_PATH, compile_bundle, parse_bundle
from rollguard.rules.loader import SOURCES, load_bundle
from rollguard.rules.matcher import Matcher
from rollguard.rules.pages import Page as SavedPage
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.recalled import Recalled
from rollguard.trust.repository import read_repository
from rollguard.trust.signing import sign_recall

from .conftest import NOW, AppMaker, Signer, bundle_with, push

PAGES = ["/", "/install/", "/demo", "/demo/second", "/history", "/guide/de/facebook_cloud_processing"]


def soup(client: FlaskClient, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html5lib")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_nothing_from_elsewhere_and_nothing_inline(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = soup(client, path)
    assert not page.select("[style], style, script:not([src])")
    assert not re.search(r'\b(?:src|href)="https?://', re.sub(r"<a [^>]*>", "", answer.text))
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", PAGES)
def test_every_link_within_the_service_leads_somewhere(client: FlaskClient, path: str) -> None:
    page = soup(client, path)
    links = [str(link["href"]) for link in page.select("a[href], link[href]")] + [
        str(part["src"]) for part in page.select("[src]")
    ]
    for link in links:
        target, _, fragment = link.partition("#")
        if not target.startswith("https://"):
            there = client.get(target or path, buffered=True)
            assert there.status_code == 200, link
            assert not fragment or f'id="{fragment}"' in there.text, link


def test_the_catalogue_shows_each_rule_with_its_sources(client: FlaskClient, sign: Signer) -> None:
    push(client, sign("first", "second"))
    page = soup(client, "/")
    shown = page.select(".catalogue > li")
    assert [item.code.text for item in shown if item.code] == ["first", "second"]
    assert "Product second" in shown[1].text
    assert "On example.com, example.org" in shown[1].text
    assert [link["href"] for link in shown[1].select("a")] == ["https://press.example/1"]
    assert "Version 2" in page.text


def test_a_rule_that_is_switched_off_is_shown_as_such(client: FlaskClient, data: Path, keys: MaintainerKeys) -> None:
    release = sign_recall(read_repository(data / "repository"), keys, Recalled(("first",)), NOW)
    assert push(client, release)[0] == 200
    assert soup(client, "/").select_one(".catalogue .badge.off")
    assert client.get("/healthz").json == {**client.get("/healthz").get_json(), "recalled": ["first"]}


def test_words_of_a_rule_are_words_and_never_markup(client: FlaskClient) -> None:
    assert b"<b>everything" in bundle_with("first")[TARGET_PATH]
    assert "Asks for &lt;b&gt;everything&lt;/b&gt;." in client.get("/").text


def test_without_rules_the_page_says_so(client: FlaskClient, data: Path) -> None:
    (data / "repository/metadata/timestamp.json").write_bytes(b"{}")
    assert "No rules are published here" in client.get("/").text


def test_it_is_said_that_facebook_asks_in_its_app(client: FlaskClient) -> None:
    assert "Facebook asks in its phone app." in client.get("/").text


def test_what_was_built_can_be_installed(make_app: AppMaker, tmp_path: Path) -> None:
    (tmp_path / "rollguard.user.js").write_text("// ==UserScript==")
    (tmp_path / "secret.txt").write_text("secret")
    client = make_app(install_dir=tmp_path).test_client()
    page = client.get("/install/").text
    assert "Install the userscript" in page
    assert page.count("Not built on this server yet") == 2
    script = client.get("/install/rollguard.user.js")
    assert (script.text, script.mimetype) == ("// ==UserScript==", "text/javascript")
    assert client.get("/install/rollguard-chrome.zip").status_code == 404
    assert client.get("/install/secret.txt").status_code == 404


def test_the_demo_is_recognised_and_the_second_one_is_not(client: FlaskClient) -> None:
    matcher = Matcher(parse_bundle(compile_bundle(load_bundle(SOURCES))))
    shown = {}
    for path in ("/demo", "/demo/second"):
        html = client.get(path).text.replace('class="veil" hidden', 'class="veil"').replace("<dialog", "<dialog open")
        url = f"https://demo.example{path}"
        page = SavedPage(path, html, url)
        shown[path] = [report.shown.rule for report in matcher.judge_page(page.parse(), url) if report.shown]
    assert shown == {"/demo": ["photo_consent"], "/demo/second": []}


@pytest.fixture
def visit(browser: Browser, client: FlaskClient) -> Iterator[Page]:
    """The app's answers under a host that needs no network."""

    def answer(route: Route) -> None:
        got = client.get(route.request.url.removeprefix("https://demo.example"), buffered=True)
        route.fulfill(status=got.status_code, headers=dict(got.headers), body=got.data)

    page = browser.new_page()
    page.route("https://demo.example/**", answer)
    yield page
    page.close()


def test_the_demo_asks_by_itself_and_takes_no_for_an_answer(visit: Page) -> None:
    visit.goto("https://demo.example/demo")
    dialog = visit.get_by_role("dialog", name="Allow cloud processing")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Don’t allow").click()
    expect(dialog).to_be_hidden()
    expect(visit.get_by_role("status")).to_have_text("You pressed “Don’t allow”. Nothing was sent anywhere.")
    visit.get_by_role("button", name="Show it again").click()
    expect(dialog).to_be_visible()
    visit.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_second_demo_is_a_modal_dialog_element(visit: Page) -> None:
    visit.goto("https://demo.example/demo/second")
    assert visit.locator("dialog:modal").count() == 1
    visit.get_by_role("button", name="Sounds good").click()
    expect(visit.locator("dialog")).to_be_hidden()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_has_to_be_scrolled_sideways(visit: Page, path: str, width: int) -> None:
    visit.set_viewport_size({"width": width, "height": 800})
    visit.goto(f"https://demo.example{path}")
    assert visit.evaluate("document.documentElement.scrollWidth") <= width
