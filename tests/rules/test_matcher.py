"""Judgement on small pages: what counts as an ask, as a control, as somebody else's words."""

import pytest

from rollguard.rules.matcher import CandidateReport, Matcher
from rollguard.rules.model import Bundle, Controls, Lexicon, Requirement, Rule, Scope
from rollguard.rules.pages import parse_html
from rollguard.rules.shapes import Source

LEXICON = Lexicon(
    language="en",
    slots={
        "camera_roll": ("camera roll",),
        "cloud": ("our cloud", "cloud processing"),
        "cookies": ("use cookies",),
        "denial": ("we never",),
        "turn_off": ("turn off",),
        "on_device": ("on your device",),
        "delete": ("erased",),
        "purchase": ("a discount",),
        "allow": ("allow",),
        "proceed": ("ok", "continue"),
        "more": ("learn more",),
        "cancel": ("cancel",),
        "refuse": ("don't allow", "no thanks"),
        "later": ("not now",),
    },
)
SOURCE = Source(id="a", title="t", url="https://example.com/", date="2026-01")
RULE = Rule(
    id="photo_consent",
    summary="s",
    product="p",
    severity="warning",
    within_words=20,
    requires=(Requirement(any_of=("camera_roll",)), Requirement(any_of=("cloud",))),
    forbids=("cookies",),
    title_forbids=("turn_off",),
    forbids_selector='input[type="file"]',
    forbids_if_weak=("purchase",),
    forbids_if_cancel=("delete",),
    lowered_by=("on_device",),
    controls=Controls(
        accept=("allow",),
        accept_if_declinable=("proceed",),
        decline=("refuse", "later", "cancel"),
        unknown_beside=("refuse", "later"),
        unknown_with=("cloud",),
    ),
    sources=(SOURCE,),
)
SITE_RULE = RULE.model_copy(
    update={"id": "zz_site", "match_patterns": ("*://*.example.com/*",), "scope": Scope(page_paths=("/consent/*",))}
)
ASK = "<h2>Camera roll</h2><p>Goes to our cloud.</p>"
BUTTONS = "<button>Allow</button><button>Don’t allow</button>"


def judge(html: str, url: str = "https://example.org/", *rules: Rule) -> list[CandidateReport]:
    bundle = Bundle(rules=rules or (RULE,), lexicons=(LEXICON,), texts=())
    return Matcher(bundle).judge_page(parse_html(html), url)


def shown(html: str) -> list[str]:
    return [report.shown.rule for report in judge(html) if report.shown]


def dialog(inner: str, attributes: str = 'role="dialog"') -> str:
    return f"<main>page</main><div {attributes}>{inner}</div>"


@pytest.mark.parametrize(
    "html",
    [
        dialog(ASK + BUTTONS),
        dialog(ASK + BUTTONS, 'role="alertdialog"'),
        dialog(ASK + BUTTONS, 'aria-modal="true"'),
        dialog(ASK + BUTTONS, "popover"),
        f"<dialog open>{ASK}{BUTTONS}</dialog>",
        f"<dialog open><article>{ASK}{BUTTONS}</article></dialog>",
        dialog(f'<div role="dialog">{ASK}{BUTTONS}</div>'),
        dialog(ASK + '<div role="button"><span><span>Allow</span></span></div>'),
        dialog(ASK + '<div role="button" aria-label="Allow"><svg></svg></div>'),
        dialog(ASK + '<input type="submit" value="Allow">'),
        dialog(ASK + '<button>Continue</button><a href="#">Not now</a>'),
        dialog(ASK + "<p>Erased after 30 days.</p>" + BUTTONS),
        dialog("<p>Camera<br>roll</p><p>our cloud</p>" + BUTTONS),
        dialog("<p>Cam<b>era</b> ro\u200bll, <i>to o</i>ur cloud</p>" + BUTTONS),
    ],
)
def test_an_ask_with_a_choice_inside_one_dialog_shows(html: str) -> None:
    assert shown(html) == ["photo_consent"]


@pytest.mark.parametrize(
    ("html", "clause"),
    [
        (dialog("<p>Goes to our cloud</p>" + BUTTONS), "requires camera_roll"),
        (dialog("<p>Camera roll</p>" + BUTTONS), "requires cloud"),
        (dialog(f"<p>Camera roll</p><p>{'word ' * 30}</p><p>our cloud</p>{BUTTONS}"), "within_words 20"),
        (dialog(ASK + "<p>We use cookies.</p>" + BUTTONS), "forbids cookies"),
        (dialog("<h2>Turn off camera roll?</h2><p>our cloud</p>" + BUTTONS), "title_forbids turn_off"),
        (dialog(ASK + BUTTONS, 'role="dialog" aria-label="Turn off"'), "title_forbids turn_off"),
        (dialog("<p>Turn off?</p>" + ASK.replace("h2", "p") + BUTTONS), "title_forbids turn_off"),
        (dialog(ASK + '<input type="file">' + BUTTONS), 'forbids_selector input[type="file"]'),
        (dialog(ASK + "<button>OK</button>"), "no accept control"),
        (dialog(ASK + "<p>A discount.</p><button>OK</button><button>Cancel</button>"), "forbids_if_weak purchase"),
        (dialog("<p>Camera</p><p>roll</p><p>our cloud</p>" + BUTTONS), "requires camera_roll"),
        (dialog(ASK + "<button>Turn off, allow nothing</button>"), "no accept control"),
        (
            dialog(ASK + '<button disabled>Allow</button><button aria-disabled="true">Allow</button>'),
            "no accept control",
        ),
        (dialog(ASK + '<a href="/help">What Allow does</a>'), "no accept control"),
        (dialog(ASK + "<button>Allow us to tell you all about it in our long help</button>"), "no accept control"),
    ],
)
def test_a_near_miss_is_silent_and_names_the_clause_that_failed(html: str, clause: str) -> None:
    (report,) = judge(html)
    assert (report.shown, report.verdicts[0].failed) == (None, clause)


@pytest.mark.parametrize(
    "html",
    [
        f"<body>{ASK}{BUTTONS}</body>",
        dialog(ASK + BUTTONS, 'role="dialog" hidden'),
        dialog(ASK + BUTTONS, 'role="dialog" style="display: none"'),
        f'<div aria-hidden="true">{dialog(ASK + BUTTONS)}</div>',
        f"<dialog>{ASK}{BUTTONS}</dialog>",
        f"<template>{dialog(ASK + BUTTONS)}</template>",
        f"<article>{dialog(ASK + BUTTONS)}</article>",
        f'<div role="feed">{dialog(ASK + BUTTONS)}</div>',
        f"<pre>{dialog(ASK + BUTTONS)}</pre>",
        dialog(f'<div role="article">{ASK}</div>{BUTTONS}'),
        dialog(f"<blockquote>{ASK}</blockquote>{BUTTONS}"),
        dialog(f"<div contenteditable>{ASK}</div>{BUTTONS}"),
        dialog(f'<div aria-hidden="true">{ASK}</div>{BUTTONS}'),
        dialog(f"<p>Camera roll</p>{BUTTONS}<div role=dialog><p>our cloud</p>{BUTTONS}</div>"),
    ],
)
def test_what_is_hidden_quoted_or_spread_over_two_dialogs_is_silent(html: str) -> None:
    assert shown(html) == []


def test_the_evidence_is_the_words_as_they_stand_there() -> None:
    (report,) = judge(dialog("<h2>Your Camera\n Roll</h2><p>in <b>OUR</b> cloud</p>" + BUTTONS))
    assert report.shown is not None
    assert report.shown.evidence == (("camera_roll", "Camera Roll"), ("cloud", "OUR cloud"))


def test_controls_are_known_by_label_and_certain_only_when_single() -> None:
    twins = '<button>No thanks</button><button aria-label="No thanks">x</button>'
    (report,) = judge(dialog(ASK + "<button>Allow</button><button>Not now</button>" + twins))
    assert report.shown is not None
    accept, decline = report.shown.accept, report.shown.decline
    assert accept is not None
    assert decline is not None
    assert (accept.label, accept.certain) == ("Allow", True)
    assert (decline.label, decline.certain) == ("No thanks", False), "two controls refuse; 'Not now' is second best"


def test_work_on_the_device_lowers_a_warning_to_a_notice() -> None:
    (report,) = judge(dialog(ASK + "<p>It happens on your device.</p>" + BUTTONS))
    assert report.shown is not None
    assert report.shown.severity == "notice"


def test_a_rule_for_the_site_speaks_before_one_without_a_site() -> None:
    (report,) = judge(dialog(ASK + BUTTONS), "https://www.example.com/", RULE, SITE_RULE)
    assert report.shown is not None
    assert report.shown.rule == "zz_site"


def test_a_full_page_consent_needs_no_dialog_on_the_paths_of_its_rule() -> None:
    html = f"<header>menu</header><main>{ASK}<button>Allow</button></main>"
    reports = judge(html, "https://example.com/consent/photos?flow=1", SITE_RULE)
    assert [report.shown.rule for report in reports if report.shown] == ["zz_site"]
    assert [report.shown for report in judge(html, "https://example.com/about", SITE_RULE)] == [None]


def test_a_page_that_nests_very_deep_is_still_judged() -> None:
    deep = "<div>" * 3_000
    assert shown(dialog(ASK + BUTTONS + deep)) == ["photo_consent"]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Camera roll: we never send it to our cloud.", []),
        ("Camera roll. We never sell it. It goes to our cloud.", ["photo_consent"]),
        ("Camera roll. It goes to our cloud, but we never look.", []),
    ],
)
def test_an_act_that_is_denied_in_its_sentence_does_not_count(text: str, rules: list[str]) -> None:
    assert shown(dialog(f"<p>{text}</p>{BUTTONS}")) == rules


def test_international_words_do_not_make_a_text_another_language() -> None:
    other = Lexicon(
        language="xx", slots={"camera_roll": ("camera roll",), "cloud": ("our cloud",), "allow": ("allow",)}
    )
    bundle = Bundle(rules=(RULE,), lexicons=(LEXICON, other), texts=())
    html = dialog(f"<h2>Turn off</h2>{ASK}<p>Happens on your device. We use cookies.</p>{BUTTONS}")
    (report,) = Matcher(bundle).judge_page(parse_html(html), "https://example.org/")
    assert [(verdict.language, verdict.failed) for verdict in report.verdicts] == [("en", "forbids cookies")]


@pytest.mark.parametrize(
    ("text", "severity"),
    [("Goes to our cloud. A backup.", "notice"), ("Goes to our cloud. A backup, read by AI.", "warning")],
)
def test_a_backup_is_told_quietly_until_a_machine_reads_in_it(text: str, severity: str) -> None:
    rule = RULE.model_copy(update={"lowered_by_alone": ("backup",), "not_alone_with": ("ai",)})
    slots = {**LEXICON.slots, "backup": ("backup",), "ai": ("ai",)}
    bundle = Bundle(rules=(rule,), lexicons=(Lexicon(language="en", slots=slots),), texts=())
    html = dialog(f"<h2>Camera roll</h2><p>{text}</p>{BUTTONS}")
    (report,) = Matcher(bundle).judge_page(parse_html(html), "https://example.org/")
    assert report.shown
    assert report.shown.severity == severity
