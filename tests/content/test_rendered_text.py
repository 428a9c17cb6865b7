"""What the page's reader takes for the text of a dialog is what a person sees there, letter by letter."""

import pytest
from playwright.sync_api import Page

from tests.content.conftest import Reader
from tests.content.tricks import HIDDEN, SPREAD, Trick


@pytest.mark.parametrize("trick", SPREAD, ids=lambda trick: trick.name)
def test_letters_are_joined_as_they_are_seen(trick: Trick, ask: Reader) -> None:
    assert ask(trick.html) == trick.text


@pytest.mark.parametrize("trick", HIDDEN, ids=lambda trick: trick.name)
def test_what_is_not_seen_is_not_read(trick: Trick, ask: Reader) -> None:
    assert ask(trick.html) == trick.text


def test_no_page_was_lost_on_the_way() -> None:
    assert len(SPREAD) > 50
    assert len(HIDDEN) > 30


PLACES = (
    "<p id=it><b id=one>Allow your </b><i id=two>cam</i><s id=x style=font-size:0>q</s><i id=three>era roll</i> now</p>"
)


def test_every_letter_is_found_in_the_page_again(ask: Reader) -> None:
    found = ask(PLACES, "places", "#it", "your camera")
    assert found == [["one", "your "], ["two", "cam"], ["three", "era"]]


def test_words_after_those_that_are_cut_off_keep_their_place(ask: Reader) -> None:
    box = "width:90px;height:20px;overflow:hidden;line-height:20px;direction:ltr"
    html = f"<div id=it style='{box}'><u id=t>Allow wwwwwwwwwwwwww</u></div><!-- -->"
    assert ask(html) == "Allow"
    assert ask(html, "places", "#it", "Allow") == [["t", "Allow"]]


def test_generated_text_has_no_place(ask: Reader) -> None:
    html = "<style>#b::before{content:'Al'}</style><p id=it><b id=b>low</b></p>"
    assert ask(html, "places", "#it", "Allow") == [["b", "low"]]


def test_overridden_letters_are_found_where_they_are_stored(ask: Reader) -> None:
    html = "<p id=it><b id=a>\u202ewol</b><b id=z>lA\u202c</b></p>"
    assert sorted(node for node, _text in ask(html, "places", "#it", "Allow")) == ["a", "z"]


@pytest.mark.parametrize(
    ("html", "is_hidden"),
    [
        ("<button id=it>Allow</button>", False),
        ("<button id=it inert>Allow</button>", False),
        ("<button id=it style=position:absolute;left:-9999px>Allow</button>", True),
        ("<div style=height:0;overflow:hidden><button id=it>Allow</button></div>", True),
        ("<div style=opacity:0><button id=it>Allow</button></div>", True),
        ("<div style=visibility:hidden><button id=it>Allow</button></div>", True),
        ("<div style=visibility:hidden><button id=it style=visibility:visible>Allow</button></div>", False),
        ("<div id=it style=visibility:hidden><b style=visibility:visible>Allow</b></div>", False),
        ("<div id=it style=visibility:hidden><b>Allow</b></div>", True),
        ("<div style='height:60px;overflow:auto'><p style=height:900px></p><button id=it>Allow</button></div>", False),
        ("<div style=height:60px;overflow:hidden><p style=height:900px></p><button id=it>Allow</button></div>", True),
        ("<p style=height:5000px></p><button id=it>Allow</button>", False),
        ("<label><input id=it type=checkbox style=opacity:0>Allow</label>", False),
        ("<label hidden><input id=it type=checkbox>Allow</label>", True),
        ("<div id=it style=display:contents>Allow</div>", False),
        ("<div id=it hidden style=display:block>Allow</div>", False),
    ],
)
def test_a_control_is_shown_where_a_person_can_reach_it(html: str, *, is_hidden: bool, ask: Reader) -> None:
    assert ask(html, "isHidden") is is_hidden


def test_shadow_roots_and_slots_are_read_as_they_are_shown(ask: Reader) -> None:
    style = "<style>b{order:2}p{display:flex}</style>"
    inner = f"{style}<p><b>roll</b><i>camera </i></p><slot name=a></slot><slot name=b>!</slot>"
    host = f"<div><template shadowrootmode=open>{inner}</template><u slot=a>Allow</u><u>unslotted</u></div>"
    html = f"<div id=it></div><script>document.getElementById('it').setHTMLUnsafe({host!r})</script>"
    assert ask(html) == "camera roll | Allow!"


def test_a_dialog_in_the_top_layer_is_seen_through_whatever_holds_it(ask: Reader) -> None:
    html = (
        "<div style='overflow:hidden;height:0;opacity:0'><dialog id=it><p>Allow access</p></dialog></div>"
        "<script>it.showModal()</script>"
    )
    assert ask(html) == "Allow access"


def test_fields_that_are_named_like_our_questions_are_in_nobodys_way(ask: Reader) -> None:
    names = (
        "matches childNodes getAttribute hasAttribute localName parentElement getBoundingClientRect checkVisibility "
        "getRootNode namespaceURI assignedSlot nodeType ownerDocument querySelectorAll shadowRoot"
    )
    fields = "".join(f"<input name={name}>" for name in names.split())
    assert ask(f"<div id=it><form>{fields}<p>Allow</p></form> access</div>") == "Allow | access"


def test_somebody_elses_words_are_left_out(ask: Reader) -> None:
    quoted = "<q>a</q><kbd>b</kbd><div role=comment>c</div><div aria-roledescription='a post'>d</div><samp>e</samp>"
    assert ask(f"<div id=it>Allow {quoted} access</div>") == "Allow access"


def test_reading_never_changes_the_page(ask: Reader, reader_page: Page) -> None:
    html = HIDDEN[0].html + SPREAD[21].html.replace("id=it", "")
    ask(html)
    before = reader_page.content()
    reader_page.evaluate("reader.asRendered('body')")
    assert reader_page.content() == before


SUSPECT = [
    SPREAD[0].html,
    *(trick.html for trick in SPREAD if "order:" in trick.html or "svg" in trick.html or "data-content" in trick.html),
    *(trick.html for trick in HIDDEN if trick.html.startswith("<p id=it>Allow <span style=")),
    "<div id=it><p>Photos</p><button aria-label=Close></button><a href=# class=no></a></div>",
    "<p id=it>\u202ewollA\u202c</p>",
    "<p id=it><bdo dir=rtl>wollA</bdo></p>",
    "<p id=it>Allow <b class=x1>never</b> access</p>",
    "<div id=it><p data-text='Allow access to your camera roll'></p></div>",
    "<p id=it><b aria-hidden=true>Allow</b></p>",
]
PLAIN = [
    "<div id=it><h2>Allow access?</h2><p>To <a href=# class=x>photos</a> and <b>videos</b>.</p></div>",
    "<div id=it><button aria-label=Close></button><p>Photos</p><button>Allow</button><button>Deny</button></div>",
    "<div id=it><button><svg></svg></button><p data-testid='a long name of a test'></p><span>Allow</span></div>",
    "<p id=it><b>E</b>very picture</p>",
]


@pytest.mark.parametrize("html", SUSPECT)
def test_markup_that_may_read_otherwise_than_it_is_stored_is_noticed(html: str, ask: Reader) -> None:
    assert ask(html, "looksRearranged") is True


@pytest.mark.parametrize("html", PLAIN)
def test_ordinary_markup_raises_no_suspicion(html: str, ask: Reader) -> None:
    assert ask(html, "looksRearranged") is False


@pytest.mark.parametrize("html", PLAIN)
def test_ordinary_markup_reads_the_same_as_rendered(html: str, ask: Reader) -> None:
    assert ask(html) == ask(html, "fromMarkup")
