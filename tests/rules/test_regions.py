"""Asks without any dialog role, and what only looks like one."""

import pytest

from tests.rules.test_matcher import ASK, BUTTONS, judge, shown

SHEET = f"<div class=sheet>{ASK}<div class=row>{BUTTONS}</div></div>"


def titles(html: str) -> list[str]:
    return [report.title for report in judge(html) if report.shown]


@pytest.mark.parametrize(
    "html",
    [
        f"<main><p>My feed</p></main>{SHEET}",
        f"<div id=app><nav>menu</nav><div><div>{SHEET}</div></div><footer>imprint</footer></div>",
        f"<main><section>{ASK}<div><div><a href=x>Allow</a> <a href=y>Not now</a></div></div></section></main>",
        f"<div>{ASK}<div><span role=button tabindex=0>Allow</span><span onclick=no()>No thanks</span></div></div>",
        f"<section>{ASK}<footer><p>Camera roll terms apply.</p>{BUTTONS}</footer></section>",
    ],
)
def test_a_region_without_a_role_is_found_through_its_controls(html: str) -> None:
    assert shown(html) == ["photo_consent"]


@pytest.mark.parametrize(
    "html",
    [
        f"<body>{ASK}{BUTTONS}</body>",  # the whole document is never a candidate
        f"<article>{SHEET}</article>",
        f"<div role=feed><div>{SHEET}</div></div>",
        f"<main>{ASK}<div><p>Was this page helpful?</p><button>OK</button><button>No thanks</button></div></main>",
        f"<main>{ASK}<button>Allow</button></main>",  # one button is no choice
        f"<main>{ASK}<div><p>We use cookies.</p>{BUTTONS}</div></main>",
        f"<main>{ASK}<p>{'word ' * 500}</p>{BUTTONS}</main>",
        f"<div inert>{SHEET}</div>",
        f"<fieldset disabled>{SHEET}</fieldset>",
        f"<main>{ASK}<a href=x>Continue</a> <a href=y>Not now</a></main>",
        f"<main>{ASK}<a href=x>Allow us to explain</a><a href=y>Not now</a></main>",
    ],
)
def test_a_page_that_only_speaks_of_it_is_silent(html: str) -> None:
    assert shown(html) == []


def test_the_smallest_region_speaks_once() -> None:
    assert titles(f"<main><h2>Page</h2><div>{SHEET}</div><button>Continue</button></main>") == ["Camera roll"]


ROW = "<li><h3>{title}</h3><p>{text}</p><input type=checkbox role=switch aria-label='{title}' {state}></li>"


def settings(*rows: str, tag: str = "main") -> str:
    return f"<{tag}><h1>Settings</h1><ul>{''.join(rows)}</ul></{tag}>"


ASKING = ROW.format(title="Suggestions", text="Your camera roll goes to our cloud.", state="checked")
OTHER = ROW.format(title="Sounds", text="Play a sound.", state="")


@pytest.mark.parametrize("tag", ["main", "div role=dialog"])
def test_a_row_of_settings_is_a_question_of_its_own(tag: str) -> None:
    found = [report.shown for report in judge(settings(OTHER, ASKING, tag=tag)) if report.shown]
    assert [(verdict.accept.label, verdict.asymmetry) for verdict in found if verdict.accept] == [
        ("Suggestions", ("pre_ticked",))
    ]


def test_two_rows_are_never_put_together() -> None:
    camera = ROW.format(title="Camera roll", text="Pick pictures.", state="")
    cloud = ROW.format(title="Sync", text="Goes to our cloud.", state="")
    assert shown(settings(camera, cloud)) == []


@pytest.mark.parametrize(
    ("buttons", "asymmetry"),
    [
        (BUTTONS, ()),
        ("<button>Allow</button>", ("no_decline",)),
        ("<button>Allow</button><a href=x>No thanks</a>", ("muted_decline",)),
        ("<label><input type=checkbox checked>Tell me more</label>" + BUTTONS, ("pre_ticked",)),
    ],
)
def test_what_makes_yes_easier_than_no_is_evidence(buttons: str, asymmetry: tuple[str, ...]) -> None:
    (report,) = judge(f"<div role=dialog>{ASK}{buttons}</div>")
    assert report.shown is not None
    assert report.shown.asymmetry == asymmetry


@pytest.mark.parametrize(
    ("buttons", "is_certain"),
    [
        (BUTTONS, True),
        ("<button>Allow</button><button>Allow</button><button>Not now</button>", False),
        ("<button>Allow</button><button tabindex=-1>Allow</button><button>Not now</button>", True),
        ("<button>Allow</button><button disabled>Allow</button><button>Not now</button>", True),
        ("<div role=button><span tabindex=0>Allow</span></div><button>Not now</button>", True),
    ],
)
def test_a_control_is_certain_when_only_one_answers_to_it(*, buttons: str, is_certain: bool) -> None:
    (report,) = judge(f"<div role=dialog>{ASK}{buttons}</div>")
    assert report.shown
    assert report.shown.accept
    assert report.shown.accept.certain == is_certain


@pytest.mark.parametrize(
    ("buttons", "accepts"),
    [
        (("Surprise me", "Not now"), "Surprise me"),
        (("Sync my camera roll", "Not now"), "Sync my camera roll"),  # it names the thing
        (("Restore", "Cancel"), None),  # the person's own act
        (("Learn more", "Not now"), None),
        (("Surprise me", "Amaze me", "Not now"), None),
        (("Surprise me", "Learn more", "Not now"), "Surprise me"),
    ],
)
@pytest.mark.parametrize("frame", ["<div role=dialog>{}</div>", "<main><section>{}</section></main>"])
def test_the_one_other_button_beside_a_refusal_is_a_yes(
    frame: str, buttons: tuple[str, ...], accepts: str | None
) -> None:
    html = frame.format(ASK + "".join(f"<button>{label}</button>" for label in buttons))
    found = [report.shown.accept for report in judge(html) if report.shown]
    assert [control.label for control in found if control] == ([accepts] if accepts else [])


def test_an_unknown_button_is_never_certain() -> None:
    (report,) = judge(f"<div role=dialog>{ASK}<button>Surprise me</button><button>Not now</button></div>")
    assert report.shown
    assert report.shown.accept
    assert not report.shown.accept.certain
