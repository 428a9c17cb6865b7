"""Two bundles → what changes between them, in the words of a person who is about to sign. Pure."""

from collections.abc import Iterable, Iterator
from typing import Any

from bs4 import BeautifulSoup

from rollguard.rules.matcher import Matcher
from rollguard.rules.model import Bundle, Lexicon, Rule, RuleText
from rollguard.rules.pages import Page
from rollguard.rules.permissions import new_permissions
from rollguard.rules.remedy import Remedy
from rollguard.rules.shapes import Model

_SHOWN_VALUES = 6
_SILENCE = "silence"


def describe_changes(old: Bundle, new: Bundle) -> list[str]:
    """Rules, words, texts and remedies that were added (+), changed (~) or removed (−); empty where nothing was."""
    return [
        *_records(_by_id(old.rules), _by_id(new.rules), "rule", _introduce, _changed_fields),
        *(f"! {words}" for words in new_permissions(old, new)),
        *_records(_by_language(old.lexicons), _by_language(new.lexicons), "language", _count, _changed_words),
        *_said(old.texts, new.texts, "text"),
        *_said(old.remedies, new.remedies, "remedy"),
    ]


def verdict_changes(old: Bundle, new: Bundle, pages: Iterable[Page]) -> Iterator[str]:
    """Every page of which something else is said from now on."""
    before, after = Matcher(old), Matcher(new)
    for page in pages:
        tree = page.parse()
        was, now = _shown(before, tree, page.url), _shown(after, tree, page.url)
        if was != now:
            yield f"{page.name}: {was} → {now}"


def _shown(matcher: Matcher, tree: BeautifulSoup, url: str) -> str:
    reports = matcher.judge_page(tree, url)
    shown = [f"{report.shown.rule} ({report.shown.severity})" for report in reports if report.shown]
    return " and ".join(shown) or _SILENCE


def _records(old: dict[str, Any], new: dict[str, Any], what: str, introduce: Any, compare: Any) -> Iterator[str]:
    for key in sorted(old.keys() | new.keys()):
        if key not in old:
            words = introduce(new[key])
            yield f"+ {what} {key}" + (f": {words}" if words else "")
        elif key not in new:
            yield f"− {what} {key}"
        elif old[key] != new[key]:
            yield f"~ {what} {key}: {'; '.join(compare(old[key], new[key]))}"


def _introduce(rule: Rule) -> str:
    return f"{rule.severity}, {rule.product}, on {_list(rule.match_patterns) or 'every watched page'}: {rule.summary}"


def _changed_fields(old: Model, new: Model) -> Iterator[str]:
    for name in type(new).model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        if isinstance(before, tuple) and isinstance(after, tuple):
            yield f"{name} {_difference([_say(item) for item in before], [_say(item) for item in after])}"
        else:
            yield f"{name} {_say(before)} → {_say(after)}"


def _count(lexicon: Lexicon) -> str:
    return f"{sum(map(len, lexicon.slots.values()))} phrases"


def _changed_words(old: Lexicon, new: Lexicon) -> Iterator[str]:
    for slot in sorted(old.slots.keys() | new.slots.keys()):
        before, after = old.slots.get(slot, ()), new.slots.get(slot, ())
        if before != after:
            yield f"{slot} {_difference(before, after)}"


def _difference(old: Iterable[str], new: Iterable[str]) -> str:
    before, after = list(old), list(new)
    added = [f"+“{item}”" for item in after if item not in before]
    removed = [f"−“{item}”" for item in before if item not in after]
    return _list(added + removed) or "in another order"


def _list(items: Iterable[str]) -> str:
    shown = list(items)
    more = len(shown) - _SHOWN_VALUES
    return ", ".join(shown[:_SHOWN_VALUES]) + (f" and {more} more" if more > 0 else "")


def _say(value: Any) -> str:
    if isinstance(value, Model):
        value = value.model_dump(mode="json", exclude_defaults=True)
    return str(value) if value not in ("", None) else "nothing"


def _by_id(rules: Iterable[Rule]) -> dict[str, Rule]:
    return {rule.id: rule for rule in rules}


def _by_language(lexicons: Iterable[Lexicon]) -> dict[str, Lexicon]:
    return {lexicon.language: lexicon for lexicon in lexicons}


def _said(old: Iterable[RuleText | Remedy], new: Iterable[RuleText | Remedy], what: str) -> Iterator[str]:
    """A line for each name and kind of change: what changes in English or in the first language, and where besides."""
    before, after = _by_name_and_language(old), _by_name_and_language(new)
    changed: dict[tuple[str, str], list[str]] = {}
    for name, language in sorted(before.keys() | after.keys(), key=_english_first):
        was, now = before.get((name, language)), after.get((name, language))
        if was != now:
            changed.setdefault((name, "+" if was is None else "−" if now is None else "~"), []).append(language)
    for (name, mark), languages in changed.items():
        first, *more = languages
        others = f" and in {len(more)} more: {', '.join(more)}" if more else ""
        was, now = before.get((name, first)), after.get((name, first))
        words = f": {'; '.join(_changed_fields(was, now))}" if was and now else ""
        yield f"{mark} {what} {name} in {first}{others}{words}"


def _by_name_and_language(texts: Iterable[RuleText | Remedy]) -> dict[tuple[str, str], RuleText | Remedy]:
    return {(text.rule if isinstance(text, RuleText) else text.id, text.language): text for text in texts}


def _english_first(key: tuple[str, str]) -> tuple[str, bool, str]:
    name, language = key
    return name, language != "en", language
