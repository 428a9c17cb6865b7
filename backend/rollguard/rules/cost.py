"""What rules and lexicons may cost on the worst page for them, in counted looks: the same figure on every machine.

The engine's own work grows with the length of a text (`tests/fuzz/test_work.py`). What a pushed bundle can add is
selectors, which a page may be built against, and entries, which a page's words may open again and again.
"""

from collections import Counter
from collections.abc import Iterator

from rollguard.errors import RuleError
from rollguard.rules.model import Bundle, Lexicon, Rule
from rollguard.rules.selector_cost import selector_problem
from rollguard.rules.slots import MAX_GAP, Part, parse_entry

MOST_LOOKS_PER_WORD = 4_000
"""At the parts of a lexicon's entries, for a word of a page of nothing but the dearest one; ours: 2,076."""
_STEM_KEY = 2


def lint_cost(bundle: Bundle) -> Iterator[RuleError]:
    """Everything that is too dear. The selectors must have passed their own check before."""
    for rule in bundle.rules:
        for key, selector in selectors_of(rule).items():
            if selector and (reason := selector_problem(selector)):
                yield RuleError(
                    f"rules/{rule.id}/rule.toml: {key}",
                    f"{selector}\n    {reason}",
                    "Select by tag, role or attribute; avoid '~', *-of-type, and :has() in :has().",
                )
    for lexicon in bundle.lexicons:
        word, looks = dearest_word(lexicon)
        if looks > MOST_LOOKS_PER_WORD:
            yield RuleError(
                f"lexicon/{lexicon.language}.toml",
                f"it is too dear: a page of '{word}' takes {looks} looks a word; at most {MOST_LOOKS_PER_WORD}",
                "Let fewer entries begin with it, or a rarer word.",
            )


def selectors_of(rule: Rule) -> dict[str, str]:
    """Key in rule.toml → selector; empty ones included."""
    return {
        "scope.dialog_selector": rule.scope.dialog_selector,
        "scope.page_selector": rule.scope.page_selector,
        "forbids_selector": rule.forbids_selector,
        "controls.accept_selector": rule.controls.accept_selector,
        "controls.decline_selector": rule.controls.decline_selector,
    }


def dearest_word(lexicon: Lexicon) -> tuple[str, int]:
    """The word that gives cause for most looks, and how many.

    An index finds by the whole word, or by the first letters of a stem; then an entry is followed, part by part.
    """
    words: Counter[str] = Counter()
    stems: Counter[str] = Counter()
    for slot, phrases in lexicon.slots.items():
        for phrase in phrases:
            if parts := parse_entry(slot, phrase).parts:
                (stems if parts[0].is_stem else words)[parts[0].norm] += sum(map(_looks, parts))
    by_key: Counter[str] = Counter()
    for stem, looks in stems.items():
        by_key[stem[:_STEM_KEY]] += looks
    found = {word: words[word] + sum(by_key[word[:size]] for size in _key_sizes(word)) for word in (*words, *stems)}
    return max(found.items(), key=lambda one: one[1], default=("", 0))


def _looks(part: Part) -> int:
    return MAX_GAP + 1 if part.gap else 1


def _key_sizes(word: str) -> range:
    return range(1, min(_STEM_KEY, len(word)) + 1)
