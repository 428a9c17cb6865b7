"""Notions that are said in two parts, and buttons of which only one is known."""

import pytest

from rollguard.rules.hits import Hit
from rollguard.rules.matcher import Verdict
from rollguard.rules.model import Lexicon
from rollguard.rules.slots import SlotIndex
from rollguard.rules.words import cut_words
from tests.rules.test_matcher import ASK, RULE, dialog, judge

PARTS = Lexicon(
    language="en",
    slots={
        "pictures": ("photos",),
        "yours": ("your",),
        "place": ("phone",),
        "gallery": ("gallery",),
        "analyse": ("looks through",),
        "hand_over": ("send*",),
        "theirs": ("our servers",),
    },
)


def composed(text: str) -> list[str]:
    return [hit.slot for hit in SlotIndex(PARTS).hits(cut_words(text)) if hit.slot not in PARTS.slots]


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("your holiday photos", ["your_photos"]),
        ("photos that lie on the phone", ["your_photos"]),
        ("it looks through the gallery", ["camera_roll"]),
        ("we send all of them to our servers", ["cloud"]),
        ("your friends share their photos", []),  # too far apart
        ("Ask your friend. Photos are nice", []),  # two sentences
        ("photos that your friends took", []),  # whose?
        ("your gallery photos", ["camera_roll", "your_photos"]),
    ],
)
def test_two_parts_that_stand_close_in_one_sentence_make_a_notion(text: str, slots: list[str]) -> None:
    assert composed(text) == slots


def test_what_is_composed_reaches_from_the_first_part_to_the_last() -> None:
    (hit,) = [hit for hit in SlotIndex(PARTS).hits(cut_words("see your best photos")) if hit.slot == "your_photos"]
    assert hit == Hit("your_photos", 1, 4, is_composed=True)


def test_an_index_of_one_slot_knows_its_parts() -> None:
    index = SlotIndex(PARTS, {"your_photos"})
    assert "your_photos" in {hit.slot for hit in index.hits(cut_words("your photos"))}
    assert not index.hits(cut_words("send it to our servers"))


def verdict(buttons: str) -> Verdict:
    (report,) = judge(dialog(ASK + buttons))
    return report.verdicts[0]


def test_beside_a_known_yes_the_only_other_button_is_the_no_but_not_for_certain() -> None:
    found = verdict("<button>Allow</button><button>Leave my album in peace</button>")
    assert found.decline
    assert (found.matched, found.decline.label, found.decline.certain) == (True, "Leave my album in peace", False)


@pytest.mark.parametrize(
    "others",
    [
        "<button>Blue</button><button>Green</button>",  # which of them?
        '<button aria-label="x"></button>',  # an icon says nothing
    ],
)
def test_no_button_is_taken_for_the_no_where_that_is_a_guess(others: str) -> None:
    assert verdict(f"<button>OK</button>{others}").failed == "no accept control"


def test_what_is_erased_is_no_ask_between_ok_and_cancel() -> None:
    text = "<p>Erased.</p><button>OK</button>"
    assert verdict(f"{text}<button>Cancel</button>").failed == "forbids_if_cancel delete"
    assert verdict(f"{text}<button>Not now</button>").matched


PAGE = "<main><h1>Camera roll</h1><p>Goes to our cloud.</p><p><button>{}</button></p>{}</main>"


@pytest.mark.parametrize(
    ("accept", "link", "decline"),
    [
        ("Allow", '<p><a href="/next">Not now, I would rather wait</a></p>', "Not now, I would rather wait"),
        ("Allow", '<p><a href="/next">I type it in myself</a></p>', "I type it in myself"),
        ("Make my film", '<p><a href="/next">Not now</a></p>', "Not now"),
    ],
)
def test_a_link_that_stands_alone_may_be_the_no(accept: str, link: str, decline: str) -> None:
    (report,) = judge(PAGE.format(accept, link))
    assert report.shown
    assert report.shown.decline
    assert report.shown.decline.label == decline


def test_a_link_within_a_sentence_is_no_button() -> None:
    (report,) = judge(PAGE.format("Allow", '<p>Or <a href="/next">do not</a> at all.</p>'))
    assert report.verdicts[0].failed == "no decline control"


def test_between_a_weak_yes_and_cancel_more_acts_are_asked_for() -> None:
    controls = RULE.controls.model_copy(update={"cancel_least": 2, "unknown_with": ("cloud", "ai")})
    rule = RULE.model_copy(update={"controls": controls})
    (report,) = judge(dialog(ASK + "<button>OK</button><button>Cancel</button>"), "https://example.org/", rule)
    assert report.verdicts[0].failed == "cancel_least 2 of cloud | ai"
    (report,) = judge(dialog(ASK + "<button>OK</button><button>Not now</button>"), "https://example.org/", rule)
    assert report.shown


@pytest.mark.parametrize(("least", "failed"), [(1, None), (2, "forbids_if_weak purchase")])
def test_a_trades_own_words_silence_a_weak_yes_only_where_there_is_doubt(least: int, failed: str | None) -> None:
    controls = RULE.controls.model_copy(update={"unknown_least": least, "unknown_with": ("cloud", "ai")})
    rule = RULE.model_copy(update={"controls": controls})
    html = dialog(ASK + "<p>A discount.</p><button>OK</button><button>Not now</button>")
    (report,) = judge(html, "https://example.org/", rule)
    assert report.verdicts[0].failed == failed
