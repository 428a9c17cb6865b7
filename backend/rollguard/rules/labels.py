"""Element → what it is as a control, and what its label means.

Twin: `extension/src/content/labels.ts`.
"""

import soupsieve
from bs4 import Tag

from rollguard.rules.candidates import elements_above
from rollguard.rules.hits import covered, drop_contained
from rollguard.rules.model import Rule
from rollguard.rules.slots import SlotIndex
from rollguard.rules.visible_text import button_value, read_text
from rollguard.rules.words import BREAK, WORD_UNITS, Word, collapse, cut_words

BUTTON = soupsieve.compile(
    "button, [role=button], [role=link], a[href], input[type=submit], input[type=button], summary, "
    "[onclick], [tabindex='0']:not([role=switch], [role=checkbox], [role=dialog], [role=alertdialog])"
)
TOGGLE = soupsieve.compile("[role=switch], [role=checkbox], input[type=checkbox]")
CONTROL = soupsieve.compile(f"{BUTTON.pattern}, {TOGGLE.pattern}")
"""Where the search for a region without a dialog role may begin."""
LINK = soupsieve.compile("a[href]:not([role=button])")
UNUSABLE = soupsieve.compile("[disabled], [aria-disabled=true], [inert], [inert] *, fieldset[disabled] *")
MAX_LABEL_UNITS = 8 * WORD_UNITS
MAX_LABELS = 16
"""`aria-labelledby` is followed no further than this: it may name one long text thousands of times."""
NEUTRAL = "more"
"""Neither yes nor no: "Learn more", "Settings"."""
NOTED = "acknowledge"
"""Neither yes nor no: "Got it"."""
UNDOING = "turn_off"
"""A control that switches off is no accept, whatever else its label says."""


def button_label(element: Tag) -> str:
    return button_value(element) if element.name == "input" else read_text(element)


def has_label(element: Tag) -> bool:
    """Whether it says something, shown or named, that is short enough to be a label."""
    shown = collapse(button_label(element))
    return bool(label_words(shown or str(element.get("aria-label", ""))))


def stands_alone(link: Tag) -> bool:
    """Whether nothing is said around it but by buttons: then it is a button that is drawn as a link."""
    around = link.parent
    return around is not None and not cut_words(read_text(around, BUTTON.select(around)), 1)


def read_label(element: Tag, rule: Rule, index: SlotIndex, *, is_link: bool) -> tuple[str, set[str]]:
    """The label that says something, and the slots it meets: the visible text first, `aria-label` second.

    Words of choosing count first; "Sync my gallery" has none, and names what the rule is about.
    """
    shown = collapse(button_label(element))
    labels = [shown, collapse(str(element.get("aria-label", "")))]
    order = rule.controls
    choices = {*order.accept, *order.accept_if_declinable, *order.decline, UNDOING, NEUTRAL, NOTED}
    for known in (choices, others(rule), set() if is_link else subjects(rule)):
        for label in labels:
            if slots := label_slots(label_words(label), known, index, is_link=is_link):
                return shown or label, slots
    return shown, set()


def others(rule: Rule) -> set[str]:
    """The slots of what the rule is not about: "Share this story" is neither its yes nor its no."""
    return {*rule.forbids, *rule.title_forbids}


def subjects(rule: Rule) -> set[str]:
    """The slots of the object and the act that the rule is about."""
    return {slot for group in rule.requires[:2] for slot in group.any_of}


def label_words(label: str) -> list[Word]:
    """The words of a label; none where it is too long to be one."""
    words = cut_words(label, MAX_LABEL_UNITS + 1)
    return words if sum(word.units for word in words) <= MAX_LABEL_UNITS else []


def label_slots(words: list[Word], known: set[str], index: SlotIndex, *, is_link: bool) -> set[str]:
    hits = drop_contained([hit for hit in index.hits(words) if hit.slot in known])
    neutral = covered(hit for hit in hits if hit.slot == NEUTRAL)
    if neutral < len(words):  # "Personalise" is a setting, "Personalise my photos" may be a yes
        hits = [hit for hit in hits if hit.slot != NEUTRAL]
    if is_link and covered(hits) < len(words):  # a link to read more; a link that is a choice says nothing else
        return set()
    return {hit.slot for hit in hits}


def name_of(toggle: Tag, root: Tag) -> str:
    """A toggle's accessible name, as far as markup tells it: the texts that it may take it from lie inside `root`."""
    for text in (str(toggle.get("aria-label", "")), labelled_by(toggle, root)):
        if collapse(text):
            return collapse(text)
    wrapped = next((parent for parent in elements_above(toggle) if parent.name == "label"), None)
    if wrapped is None and toggle.get("id"):
        wrapped = next((label for label in root.find_all("label") if label.get("for") == toggle["id"]), None)
    return collapse(read_text(wrapped)) if wrapped is not None else ""


def labelled_by(element: Tag, root: Tag) -> str:
    """The text of the elements that `aria-labelledby` names, looked up inside `root`."""
    ids = dict.fromkeys(str(element.get("aria-labelledby", "")).split())
    found = [root.find(id=name) for name in list(ids)[:MAX_LABELS]]
    return BREAK.join(read_text(target) for target in found if target is not None)
