"""What can be said of a bundle without looking at a page: names that exist, selectors that are portable."""

from collections import Counter
from collections.abc import Iterator
from unicodedata import normalize

from rollguard.errors import RuleError
from rollguard.rules.cost import selectors_of
from rollguard.rules.match_patterns import problems
from rollguard.rules.model import ENGINE, Bundle, Rule
from rollguard.rules.permissions import too_wide
from rollguard.rules.selectors import check_selector
from rollguard.rules.slots import parse_entry
from rollguard.rules.texts import lint_texts, unreadable_sign

MIN_STEM = 2
"""In letters; a Hangul syllable counts as those it is made of. A phrase that begins with less is met too often."""


def lint(bundle: Bundle, slots: dict[str, str]) -> list[RuleError]:
    """Everything that is wrong, not only the first thing."""
    if not bundle.lexicons:
        return [RuleError("lexicon/", "there is no language", "Add lexicon/en.toml at least.")]
    return [
        *(error for rule in bundle.rules for error in _lint_rule(rule, slots)),
        *_lint_lexicons(bundle, slots),
        *lint_texts(bundle),
        *_lint_names(bundle),
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
    for line in (rule.summary, rule.product, *(source.title for source in rule.sources)):
        if sign := unreadable_sign(line):
            yield RuleError(place, f"there is a sign that nobody sees: {sign}", "Remove it.")
    if len({source.id for source in rule.sources}) < len(rule.sources):
        yield RuleError(f"{place}: sources", "two sources have the same id", "Give each its own.")
    yield from _lint_selectors(rule, place)
    yield from _lint_scope(rule, place)


def _lint_selectors(rule: Rule, place: str) -> Iterator[RuleError]:
    for key, selector in selectors_of(rule).items():
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
        elif reason := too_wide(pattern):
            yield RuleError(
                f"{place}: match_patterns '{pattern}'",
                reason,
                "Name the site; a rule for every page that is watched has no match_patterns at all.",
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


def _lint_names(bundle: Bundle) -> Iterator[RuleError]:
    """What comes twice would shadow its twin, here or there: each engine might keep another one."""
    names = [
        *(f"rules/{rule.id}" for rule in bundle.rules),
        *(f"lexicon/{lexicon.language}.toml" for lexicon in bundle.lexicons),
        *(f"rules/{text.rule}/texts/{text.language}.toml" for text in bundle.texts),
    ]
    for name, times in Counter(names).items():
        if times > 1:
            yield RuleError(name, f"it is there {times} times", "Keep one.")


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
