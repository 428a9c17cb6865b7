"""What can be said of a bundle without looking at a page: names that exist, selectors that are portable."""

from collections.abc import Iterator
from unicodedata import normalize

from rollguard.errors import RuleError
from rollguard.rules.match_patterns import problems
from rollguard.rules.model import ENGINE, Bundle, Rule
from rollguard.rules.selectors import check_selector
from rollguard.rules.slots import parse_entry

MIN_STEM = 2
"""In letters; a Hangul syllable counts as those it is made of. A phrase that begins with less is met too often."""


def lint(bundle: Bundle, slots: dict[str, str]) -> list[RuleError]:
    """Everything that is wrong, not only the first thing."""
    if not bundle.lexicons:
        return [RuleError("lexicon/", "there is no language", "Add lexicon/en.toml at least.")]
    return [
        *(error for rule in bundle.rules for error in _lint_rule(rule, slots)),
        *_lint_lexicons(bundle, slots),
        *_lint_texts(bundle),
    ]


def _lint_rule(rule: Rule, slots: dict[str, str]) -> Iterator[RuleError]:
    place = f"rules/{rule.id}/rule.toml"
    if rule.min_engine > ENGINE:
        yield RuleError(f"{place}: min_engine", f"engine {rule.min_engine} does not exist yet", f"At most {ENGINE}.")
    for key, names in _slot_keys(rule):
        for name in names:
            if name not in slots:
                yield RuleError(
                    f"{place}: {key}",
                    f"there is no slot '{name}'",
                    "Name one of lexicon/slots.toml, or add it there.",
                )
    if "TODO" in rule.model_dump_json():
        yield RuleError(place, "there is a TODO in it", "Write what it asks for.")
    yield from _lint_selectors(rule, place)
    yield from _lint_scope(rule, place)


def _lint_selectors(rule: Rule, place: str) -> Iterator[RuleError]:
    selectors = {
        "scope.dialog_selector": rule.scope.dialog_selector,
        "scope.page_selector": rule.scope.page_selector,
        "forbids_selector": rule.forbids_selector,
        "controls.accept_selector": rule.controls.accept_selector,
        "controls.decline_selector": rule.controls.decline_selector,
    }
    for key, selector in selectors.items():
        if selector:
            try:
                check_selector(selector, f"{place}: {key}")
            except RuleError as error:
                yield error


def _lint_scope(rule: Rule, place: str) -> Iterator[RuleError]:
    for pattern in rule.match_patterns:
        if found := problems(pattern):
            yield RuleError(
                f"{place}: match_patterns '{pattern}'", "; ".join(found), "Write it like *://*.example.com/*"
            )
    for path in rule.scope.page_paths:
        if not path.startswith("/"):
            yield RuleError(f"{place}: scope.page_paths", f"'{path}' is no path", "Begin it with a slash.")
    if rule.scope.page_paths and not rule.match_patterns:
        yield RuleError(f"{place}: scope.page_paths", "it needs a site", "Add match_patterns, or remove the paths.")


def _slot_keys(rule: Rule) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from (("requires", group.any_of) for group in rule.requires)
    yield "forbids", rule.forbids
    yield "forbids_if_weak", rule.forbids_if_weak
    yield "forbids_if_cancel", rule.forbids_if_cancel
    yield "title_forbids", rule.title_forbids
    yield "lowered_by", rule.lowered_by
    yield "lowered_by_alone", rule.lowered_by_alone
    yield "not_alone_with", rule.not_alone_with
    yield "controls.unknown_beside", rule.controls.unknown_beside
    yield "controls.unknown_with", rule.controls.unknown_with
    yield "controls.accept", rule.controls.accept
    yield "controls.accept_if_declinable", rule.controls.accept_if_declinable
    yield "controls.decline", rule.controls.decline


def _lint_lexicons(bundle: Bundle, slots: dict[str, str]) -> Iterator[RuleError]:
    for lexicon in bundle.lexicons:
        place = f"lexicon/{lexicon.language}.toml"
        for slot, phrases in lexicon.slots.items():
            if slot not in slots:
                yield RuleError(f"{place}: {slot}", "there is no such slot", "Name one of slots.toml, or add it there.")
            for phrase in phrases:
                entry = parse_entry(slot, phrase)
                if not entry.parts:
                    yield RuleError(f"{place}: {slot}", f"'{phrase}' has no word", "Write a word or a phrase.")
                elif entry.parts[0].is_stem and len(normalize("NFD", entry.parts[0].norm)) < MIN_STEM:
                    yield RuleError(
                        f"{place}: {slot}",
                        f"the stem that '{phrase}' begins with is too short",
                        f"At least {MIN_STEM} letters.",
                    )


def _lint_texts(bundle: Bundle) -> Iterator[RuleError]:
    # A dialog is recognised in more languages than we speak; who reads none of ours is warned in English.
    languages = {"en", *(text.language for text in bundle.texts)}
    for rule in bundle.rules:
        texts = {text.language: text for text in bundle.texts if text.rule == rule.id}
        folder = f"rules/{rule.id}/texts"
        for language in sorted(languages - texts.keys()):
            yield RuleError(
                f"{folder}/{language}.toml",
                "there is no such text",
                "Every rule needs one in English, and in each language in which another rule has one.",
            )
        known = {source.id for source in rule.sources}
        for language, text in texts.items():
            if "TODO" in text.model_dump_json():
                yield RuleError(f"{folder}/{language}.toml", "there is a TODO in it", "Write what it asks for.")
            for consequence in text.consequences:
                if consequence.source not in known:
                    yield RuleError(
                        f"{folder}/{language}.toml: consequences",
                        f"the rule has no source '{consequence.source}'",
                        f"Name one of: {', '.join(sorted(known))}.",
                    )
    rule_ids = {rule.id for rule in bundle.rules}
    for text in bundle.texts:
        if text.rule not in rule_ids:
            yield RuleError(f"rules/{text.rule}/texts", "there is no such rule", "Remove it, or add its rule.toml.")
