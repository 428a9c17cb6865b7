"""What can be said of a rule's texts: all of them are there, say the same, and are nothing but words."""

import unicodedata
from collections.abc import Iterator

import regex

from rollguard.errors import RuleError
from rollguard.rules.model import Bundle, Rule, RuleText

# fmt: off
SPOKEN = (
    "en", "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "es", "et", "fa", "fi", "fr", "he", "hi",
    "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "mr", "ms", "nb", "nl", "pl", "pt", "pt-PT", "ro",
    "ru", "sk", "sl", "sr", "sv", "sw", "ta", "te", "th", "tl", "tr", "uk", "ur", "vi", "zh-Hans", "zh-Hant",
)
# fmt: on
"""Every language in which a dialog is recognised, English first: the names of `backend/lexicon`, of the folders of
`extension/_locales` and of the texts that every rule needs; tests hold them so. `pt` is Brazil's."""
_SPELLING = {"\u200c", "\u200d"}
"""Persian and the scripts of India are not spelt right without the (non-)joiners."""
_PLACEHOLDER = regex.compile(r"\{([^{}]*)\}?")
_TAG = regex.compile(r"<\s*/?\s*[a-zA-Z!]|&#?\w+;")


def lint_texts(bundle: Bundle) -> Iterator[RuleError]:
    spoken = [*SPOKEN, *sorted({text.language for text in bundle.texts} - set(SPOKEN))]
    for rule in bundle.rules:
        texts = {text.language: text for text in bundle.texts if text.rule == rule.id}
        needed = spoken if rule.texts_like is None else SPOKEN[:1]
        if missing := [language for language in needed if language not in texts]:
            yield RuleError(
                f"rules/{rule.id}/texts",
                f"there is no text in {', '.join(missing)}",
                'Write them, or let another rule speak there: texts_like = "photo_consent". English is always needed.',
            )
        if rule.texts_like is not None:
            yield from _lint_like(rule, bundle)
        for text in texts.values():
            yield from _lint_words(text)
            strangers = list(_lint_sources(text, rule))
            yield from strangers
            if not strangers and "en" in texts:
                yield from _compare(text, texts["en"])
    rule_ids = {rule.id for rule in bundle.rules}
    for text in bundle.texts:
        if text.rule not in rule_ids:
            yield RuleError(f"rules/{text.rule}/texts", "there is no such rule", "Remove it, or add its rule.toml.")


def _lint_like(rule: Rule, bundle: Bundle) -> Iterator[RuleError]:
    """Another rule's words must be there in every language, and be true of any site."""
    place, like = f"rules/{rule.id}/rule.toml: texts_like", rule.texts_like
    other = next((found for found in bundle.rules if found.id == like), None)
    if other is None or other.texts_like is not None:
        reason = f"there is no rule '{like}'" if other is None else f"'{like}' has not all texts of its own either"
        yield RuleError(place, reason, "Name a rule that has a text in every language.")
    elif any("{site}" not in text.title for text in bundle.texts if text.rule == like):
        yield RuleError(place, f"the texts of '{like}' are not about any site", "Name a rule that speaks of {site}.")


def unreadable_sign(text: str) -> str | None:
    """The name of the first sign that a reader cannot see: direction marks, zero widths, control signs."""
    for sign in text:
        if unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cn", "Cs"} and sign not in _SPELLING:
            return unicodedata.name(sign, f"U+{ord(sign):04X}")
    return None


def _lint_words(text: RuleText) -> Iterator[RuleError]:
    place = _place(text.rule, text.language)
    if "TODO" in text.model_dump_json():
        yield RuleError(place, "there is a TODO in it", "Write what it asks for.")
    for line in _lines(text):
        for name in _PLACEHOLDER.findall(line):
            if name != "site":
                yield RuleError(place, f"there is no placeholder '{{{name}}}'", "Only {site} is filled in.")
        if _TAG.search(line):
            yield RuleError(
                place, f"there is markup in '{line[:40]}'", "Write plain words; they are shown as they are."
            )
        if sign := unreadable_sign(line):
            yield RuleError(place, f"there is a sign that nobody sees: {sign}", "Remove it.")


def _lint_sources(text: RuleText, rule: Rule) -> Iterator[RuleError]:
    known = {source.id for source in rule.sources}
    for consequence in text.consequences:
        if consequence.source not in known:
            yield RuleError(
                f"{_place(text.rule, text.language)}: consequences",
                f"the rule has no source '{consequence.source}'",
                f"Name one of: {', '.join(sorted(known))}.",
            )


def _compare(text: RuleText, english: RuleText) -> Iterator[RuleError]:
    """A text that says less than the English one leaves its readers warned of less."""
    place = _place(text.rule, text.language)
    cited, expected = ([one.source for one in each.consequences] for each in (text, english))
    if cited != expected:
        yield RuleError(
            f"{place}: consequences",
            f"it cites {', '.join(cited)}, and the English text {', '.join(expected)}",
            "Say the same in the same order.",
        )
    if len(text.turn_off) != len(english.turn_off):
        yield RuleError(
            f"{place}: turn_off",
            f"it has {len(text.turn_off)} step(s), and the English text {len(english.turn_off)}",
            "Name the same steps.",
        )


def _lines(text: RuleText) -> list[str]:
    return [text.title, text.decline, *text.turn_off, *(consequence.text for consequence in text.consequences)]


def _place(rule: str, language: str) -> str:
    return f"rules/{rule}/texts/{language}.toml"
