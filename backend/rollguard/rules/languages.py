"""Rules and lexicons → an ear: which language a text speaks, and whether it may be an ask at all.

Twin: `extension/src/content/languages.ts`. There are dozens of lexicons; only those that a text gives cause for are
made ready and searched.
"""

from collections.abc import Hashable, Sequence
from typing import TypeVar

from bs4 import Tag

from rollguard.rules.candidates import Candidate
from rollguard.rules.clauses import meets_requirements
from rollguard.rules.gate import Gate
from rollguard.rules.hits import covered
from rollguard.rules.labels import LINK, button_label, label_slots, label_words, subjects
from rollguard.rules.model import Lexicon, Rule
from rollguard.rules.reading import Reading
from rollguard.rules.slots import SlotIndex
from rollguard.rules.words import collapse, cut_words

Key = TypeVar("Key", bound=Hashable)
Slots = frozenset[str]

MIN_SHARE = 0.6
"""How much a language must explain of a text, of what the one that explains most does."""


class Indexes:
    """The lexicons, each made ready when a text first speaks its language."""

    def __init__(self, lexicons: Sequence[Lexicon]) -> None:
        self._lexicons = {lexicon.language: lexicon for lexicon in lexicons}
        self._ready: dict[tuple[str, Slots | None], SlotIndex] = {}
        self._gates: dict[Slots, Gate] = {}

    def of(self, language: str, slots: Slots | None = None) -> SlotIndex:
        """Of some of its slots only, or of all."""
        if (language, slots) not in self._ready:
            self._ready[language, slots] = SlotIndex(self._lexicons[language], slots)
        return self._ready[language, slots]

    def gate(self, slots: Slots) -> Gate:
        """One for all sites on which the same slots are wanted."""
        if slots not in self._gates:
            self._gates[slots] = Gate(self._lexicons.values(), slots)
        return self._gates[slots]


class Languages:
    """All lexicons, for the rules that are in force."""

    def __init__(self, indexes: Indexes, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._indexes = indexes
        self._subjects = {slot for rule in rules for slot in subjects(rule)}
        self._linked = {slot for rule in rules for slot in (*rule.controls.accept, *rule.controls.unknown_beside)}
        self._consents = self._linked | {slot for rule in rules for slot in rule.controls.accept_if_declinable}
        self._objects = frozenset(slot for rule in rules for slot in rule.requires[0].any_of)
        self._object_gate = indexes.gate(self._objects)
        self._consent_gate = indexes.gate(frozenset(self._consents))

    def of(self, reading: Reading) -> list[SlotIndex]:
        """The languages that the text speaks, among those in which it names an object that some rule requires.

        International words stand in every file: a language that explains much less of the text than another one does
        is not the text's. That is asked twice: of the objects alone, which is cheap, then of all words.
        """
        languages = sorted(self._object_gate.languages(reading.words))
        objects = {name: self._indexes.of(name, self._objects) for name in languages}
        named = map(self._indexes.of, _most({name: covered(objects[name].hits(reading.words)) for name in languages}))
        return _most({index: reading.known_words(index) for index in named})

    def hears_consent(self, control: Tag) -> bool:
        is_link = bool(LINK.match(control))
        # "Next" is a link on many a page that asks for nothing.
        consents = self._linked if is_link else self._consents | self._subjects
        for label in (button_label(control), str(control.get("aria-label", ""))):
            words = label_words(collapse(label))
            languages = self._consent_gate.languages(words) | self._object_gate.languages(words)
            if any(label_slots(words, consents, self._indexes.of(name), is_link=is_link) for name in sorted(languages)):
                return True
        return False

    def hears_ask(self, candidate: Candidate) -> list[SlotIndex]:
        reading = Reading(candidate)
        rules = [rule for rule in self._rules if not rule.scope.dialog_selector]
        return [index for index in self.of(reading) if any(meets_requirements(reading, rule, index) for rule in rules)]

    def hears_subject(self, text: str, languages: Sequence[SlotIndex]) -> bool:
        words = cut_words(text)
        return any(hit.slot in self._subjects for index in languages for hit in index.hits(words))


def _most(counts: dict[Key, int]) -> list[Key]:
    """Those whose count comes close to the highest, in their order; none where nothing was counted."""
    most = max(counts.values(), default=0)
    return [key for key, count in counts.items() if count and count >= most * MIN_SHARE]
