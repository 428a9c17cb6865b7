"""Every seeded bad rule is refused in its own words on the maintainer's machine, and by the service if it is pushed."""

from pathlib import Path

import pytest

from rollguard.errors import RuleError
from rollguard.rules.checker import check_bundle, check_sources, new_hits
from rollguard.rules.compiler import TARGET_PATH, compile_bundle
from rollguard.rules.loader import load_bundle
from rollguard.rules.negatives import given_negatives
from tests.rules.bad_rules import BAD, CONTENT, PAGES, SELECTORS, SITES, TEXTS, WORDS, Bad
from tests.rules.good_rule import ASK, negative, write_sources

CAN_BE_PUSHED = [*CONTENT, *SELECTORS, *SITES, *WORDS, *TEXTS]


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return write_sources(tmp_path)


def said(sources: Path) -> list[RuleError]:
    try:
        return check_sources(sources)[1]
    except RuleError as error:  # a file that cannot even be loaded
        return [error]


def test_the_good_rule_passes(sources: Path) -> None:
    assert [str(error) for error in said(sources)] == []
    assert check_bundle(compile_bundle(load_bundle(sources)), sources) == []


def test_there_are_at_least_fifty_bad_ones_and_no_two_alike() -> None:
    assert len({bad.why for bad in BAD}) == len(BAD) >= 50


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.why)
def test_a_bad_rule_is_refused_with_place_reason_and_next_step(bad: Bad, sources: Path) -> None:
    bad.spoil(sources)
    errors = said(sources)
    assert errors
    for error in errors:
        assert bad.place in error.place
        assert bad.reason in error.reason
        assert error.next_step


@pytest.mark.parametrize("bad", CAN_BE_PUSHED, ids=lambda bad: bad.why)
def test_the_service_refuses_it_whatever_the_maintainers_machine_said(bad: Bad, sources: Path, tmp_path: Path) -> None:
    theirs = write_sources(tmp_path / "theirs")
    bad.spoil(theirs)
    errors = check_bundle(compile_bundle(load_bundle(theirs)), sources)
    assert errors
    assert all(bad.reason in error.reason for error in errors)


@pytest.mark.parametrize("bad", [bad for bad in PAGES if "hit" in bad.why], ids=lambda bad: bad.why)
def test_the_service_judges_by_the_pages_that_it_has(bad: Bad, sources: Path) -> None:
    bad.spoil(sources)
    errors = check_bundle(compile_bundle(load_bundle(sources)), sources)
    assert [bad.reason in error.reason for error in errors] == [True]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda lines: [lines[0], *lines[:0:-1]], "not sorted"),
        (lambda lines: [*lines[:2], *lines[1:]], "not sorted, or one comes twice"),
        (lambda lines: [lines[0], lines[1].replace(b":", b": ", 1), *lines[2:]], "not written as the compiler"),
    ],
    ids=["order", "twice", "spaces"],
)
def test_lines_that_no_delta_could_restore_are_refused(spoil: object, reason: str, sources: Path) -> None:
    compiled = compile_bundle(load_bundle(sources))
    data = b"".join(spoil(compiled[TARGET_PATH].splitlines(keepends=True)))  # type: ignore[operator]
    errors = check_bundle({**compiled, TARGET_PATH: data}, sources)
    assert [reason in error.reason for error in errors] == [True]


def test_a_held_out_page_is_asked_only_beside_what_is_public_and_is_never_named(sources: Path) -> None:
    bundle = load_bundle(sources)
    (sources / "negatives" / "corpus.jsonl").write_text(negative("held out, en", ASK, is_held_out=True), "utf-8")
    pages = given_negatives(sources)
    deaf = bundle.model_copy(update={"rules": ()})
    assert new_hits(bundle, pages, None) == []
    assert new_hits(bundle, pages, bundle) == []
    assert [(error.place, error.reason) for error in new_hits(bundle, pages, deaf)] == [
        ("held out, en", "'acme' shows here, and must not")
    ]
