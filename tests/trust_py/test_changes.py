"""What a maintainer reads before she signs."""

from rollguard.rules.compiler import compile_bundle, parse_bundle
from rollguard.rules.loader import load_bundle
from rollguard.rules.model import Bundle
from rollguard.rules.pages import fixtures
from rollguard.rules.texts import SPOKEN
from rollguard.trust.changes import describe_changes, verdict_changes

BUNDLE = parse_bundle(compile_bundle(load_bundle()))
FACEBOOK = "facebook_cloud_processing"


def without(rule_id: str) -> Bundle:
    return BUNDLE.model_copy(
        update={
            "rules": tuple(rule for rule in BUNDLE.rules if rule.id != rule_id),
            "texts": tuple(text for text in BUNDLE.texts if text.rule != rule_id),
        }
    )


def with_rule(rule_id: str, **changes: object) -> Bundle:
    rules = tuple(rule.model_copy(update=changes) if rule.id == rule_id else rule for rule in BUNDLE.rules)
    return BUNDLE.model_copy(update={"rules": rules})


def test_says_nothing_where_nothing_changes() -> None:
    assert describe_changes(BUNDLE, BUNDLE) == []


def test_names_rules_that_come_and_go() -> None:
    rule = next(rule for rule in BUNDLE.rules if rule.id == FACEBOOK)
    added, removed = describe_changes(without(FACEBOOK), BUNDLE), describe_changes(BUNDLE, without(FACEBOOK))
    assert added[0].startswith(f"+ rule {FACEBOOK}: {rule.severity}, {rule.product}, on ")
    assert removed[0] == f"− rule {FACEBOOK}"
    assert f"− text {FACEBOOK} in en and in {len(SPOKEN) - 1} more: {', '.join(sorted(SPOKEN[1:]))}" in removed


def test_names_what_changes_in_a_rule() -> None:
    changed = describe_changes(BUNDLE, with_rule(FACEBOOK, severity="notice", forbids=("cookies",)))
    assert changed[0].startswith(f"~ rule {FACEBOOK}: severity warning → notice; forbids ")


def test_says_that_a_rule_asks_for_sites_that_no_installed_copy_has() -> None:
    changed = describe_changes(BUNDLE, with_rule(FACEBOOK, match_patterns=("*://*.new.example/*",)))
    assert any(line.startswith("! ") and "*://*.new.example/*" in line for line in changed)


def test_names_the_words_that_change_in_a_language() -> None:
    lexicons = tuple(
        lexicon.model_copy(update={"slots": {**lexicon.slots, "cloud": ("kumpuli",)}})
        if lexicon.language == "fi"
        else lexicon
        for lexicon in BUNDLE.lexicons
    )
    (line,) = describe_changes(BUNDLE, BUNDLE.model_copy(update={"lexicons": lexicons}))
    assert line.startswith("~ language fi: cloud +“kumpuli”, −“")


def test_lists_the_pages_of_which_something_else_is_said() -> None:
    pages = [
        each.page
        for each in fixtures()
        if f"{FACEBOOK}/match_de.html" in each.page.name or "/no_match_turn_off.html" in each.page.name
    ]
    (line,) = verdict_changes(BUNDLE, with_rule(FACEBOOK, severity="notice"), pages)
    assert line == f"rules/{FACEBOOK}/match_de.html: {FACEBOOK} (warning) → {FACEBOOK} (notice)"
    assert list(verdict_changes(BUNDLE, BUNDLE, pages)) == []
