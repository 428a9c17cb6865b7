"""The nouns of the rule language: rule, slot, lexicon, text, and the bundle that carries them.

A rule is a closed set of predicates. It has no verbs, no control flow and no regular expressions, so that
a rule that came over the network can never become a program (Chrome Web Store, "MV3 requirements").
The TypeScript types are generated from these models (`rollguard.rules.typescript`).
"""

from typing import Annotated

from pydantic import Field, StringConstraints

from rollguard.rules.remedy import Remedy
from rollguard.rules.shapes import Language, Line, Model, RuleId, Severity, SlotName, Source

ENGINE = 1
"""What this engine understands. A rule with a higher `min_engine` is skipped and named."""

BUNDLE_FORMAT = 1
TEXTS_FORMAT = 1


class Scope(Model):
    """Which parts of a page the rule looks at, beside the dialogs that every rule looks at."""

    dialog_selector: str = ""
    """Portable selector: a dialog must match it. Empty: any dialog."""
    page_paths: tuple[str, ...] = ()
    """Paths (`*` stands for anything) on which the page itself may be the consent: no dialog role needed."""
    page_selector: str = "main, [role=main]"
    """Portable selector of the region that is read on `page_paths`; the body where nothing matches."""


class Requirement(Model):
    """At least one of these slots must be present."""

    any_of: tuple[SlotName, ...] = Field(min_length=1)


class Controls(Model):
    """Which labels make a control an accept or a decline, as slots, the best first."""

    accept: tuple[SlotName, ...] = Field(min_length=1)
    accept_if_declinable: tuple[SlotName, ...] = ()
    """Weak words ("OK", "Continue"): an accept only where a decline control stands beside it."""
    decline: tuple[SlotName, ...] = Field(min_length=1)
    unknown_beside: tuple[SlotName, ...] = ()
    """Decline slots ("Not now", never "Cancel") beside which the one other button is an accept, whatever it says."""
    unknown_with: tuple[SlotName, ...] = ()
    """It is that only where these slots leave no doubt: the acts."""
    unknown_least: int = Field(default=1, ge=1)
    """How many of `unknown_with` must be met."""
    cancel_least: int = Field(default=0, ge=0)
    """And how many between a weak accept and a mere "Cancel", which is what the person's own acts have."""
    accept_selector: str = ""
    """Portable selector inside the candidate; beats labels."""
    decline_selector: str = ""
    toggle: bool = False
    """A switch or tick box is a choice too (settings pages)."""


class Rollout(Model):
    """To which share of the clients a rule goes first. Everybody downloads it; each client decides for itself."""

    percent: int = Field(ge=1, le=100)
    salt: Annotated[str, StringConstraints(pattern=r"^[0-9a-z-]{1,40}$")]
    """A new one for each roll-out (its day, say), so that nobody is always among the first."""


class RuleFile(Model):
    """`rule.toml`, as a maintainer writes it. The folder's name is the rule's id."""

    summary: Line
    product: Line
    severity: Severity
    min_engine: int = Field(default=1, ge=1)
    match_patterns: tuple[str, ...] = Field(default=(), max_length=50)
    """WebExtension match patterns. Empty: every page that is watched."""
    scope: Scope = Scope()
    requires: tuple[Requirement, ...] = Field(min_length=1, max_length=12)
    within_words: int = Field(default=0, ge=0, le=500)
    """All requirements must be met inside one stretch of so many words. 0: anywhere in the candidate."""
    forbids: tuple[SlotName, ...] = ()
    """Slots that must not occur anywhere in the candidate."""
    forbids_if_weak: tuple[SlotName, ...] = ()
    """Slots that must not occur where only a weak accept ("OK", "Yes") was found, unless the text leaves no doubt."""
    forbids_if_cancel: tuple[SlotName, ...] = ()
    """Slots that must not occur between a weak accept and a mere "Cancel": "All faces will be erased"."""
    title_forbids: tuple[SlotName, ...] = ()
    """Slots that must not occur in the candidate's title (polarity: "Turn off …?")."""
    forbids_selector: str = ""
    """Portable selector that nothing in the candidate may match (`input[type=file]`: the person's own act)."""
    lowered_by: tuple[SlotName, ...] = ()
    """Slots that lower a `warning` to a `notice` (on-device, end-to-end encrypted)."""
    lowered_by_alone: tuple[SlotName, ...] = ()
    """Slots that lower it where none of `not_alone_with` is met: a backup is harmless until AI reads in it."""
    not_alone_with: tuple[SlotName, ...] = ()
    controls: Controls
    sources: tuple[Source, ...] = Field(min_length=1)
    texts_like: RuleId | None = None
    """Where this rule has no text of its own, it speaks with that rule's, which says {site}, and shows its sources."""
    rollout: Rollout | None = None
    """None: to everybody at once."""


class Rule(RuleFile):
    """A rule as the bundle carries it."""

    id: RuleId


class Consequence(Model):
    text: Line
    source: SlotName
    """One of the rule's sources."""


class TextFile(Model):
    """`texts/<language>.toml`: what the overlay says. `{site}` stands for the asking host."""

    title: Line
    consequences: tuple[Consequence, ...] = Field(min_length=1, max_length=3)
    decline: Line
    """How to say no, in one or two sentences."""
    turn_off: tuple[Line, ...] = Field(default=(), max_length=8)
    """Steps for who has already allowed it."""


class RuleText(TextFile):
    rule: RuleId
    language: Language


class LexiconFile(Model):
    """`lexicon/<language>.toml`: the words of one language, per slot.

    An entry is a phrase. `upload*` matches every word that begins so; `…` stands for up to three words.
    """

    slots: dict[SlotName, tuple[Line, ...]]


class Lexicon(LexiconFile):
    language: Language


class CompiledLexicon(Model):
    """A lexicon as the bundle carries it: words in their normal form, few long strings instead of many short ones."""

    language: Language
    slots: dict[SlotName, str]
    """Each slot's phrases, `|` between them."""
    starts: dict[SlotName, str]
    """The words with which a slot's phrases begin, each once, blanks between them."""


class Bundle(Model):
    """All rules with their words and texts: what is compiled, signed, served and baked into the build."""

    rules: tuple[Rule, ...]
    lexicons: tuple[Lexicon, ...]
    texts: tuple[RuleText, ...]
    remedies: tuple[Remedy, ...] = ()
