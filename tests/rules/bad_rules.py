"""Seeded bad rules: what is spoilt in a good one, and what the refusal must say. One mistake each."""

from dataclasses import dataclass
from pathlib import Path

from tests.rules.good_rule import ASK, OURS, RULE, TEXT, negative

TOML = f"{OURS}/rule.toml"
GERMAN = f"{OURS}/texts/de.toml"
ENGLISH = "lexicon/en.toml"
SOURCE = RULE[RULE.index("[[sources]]") : RULE.index("[rollout]")]
REQUIRES_CLOUD = '[[requires]]\nany_of = ["cloud"]\n'


@dataclass(frozen=True, slots=True)
class Bad:
    """`file`: what is spoilt; `old` becomes `new`; without `old`, the whole file does. `new` None: it is removed."""

    why: str
    file: str
    old: str
    new: str | None
    place: str
    reason: str

    def spoil(self, sources: Path) -> None:
        path = sources / self.file
        if self.new is None:
            path.unlink()
            return
        text = path.read_text("utf-8") if path.exists() else ""
        if self.old not in text:
            raise AssertionError(f"{self.file} does not say {self.old!r}: nothing would be spoilt")
        path.write_text(text.replace(self.old, self.new, 1) if self.old else self.new, "utf-8")


def rule(why: str, old: str, new: str, key: str, reason: str) -> Bad:
    return Bad(why, TOML, old, new, f"rule.toml: {key}" if key else "rule.toml", reason)


def selector(why: str, new: str, reason: str) -> Bad:
    return rule(why, '"input[type=file]"', f"'{new}'", "forbids_selector", reason)


def pattern(why: str, new: str, reason: str) -> Bad:
    return rule(why, "*://*.acme.com/*", new, "match_patterns", reason)


def german(why: str, old: str, new: str, reason: str) -> Bad:
    return Bad(why, GERMAN, old, new, "rules/acme/texts/de.toml", reason)


SCHEMA = [
    rule("a verb", 'severity = "warning"', 'severity = "warning"\nclick = "button"', "click", "there is no such key"),
    rule("a pattern language", "within_words = 60", 'regex = "(a+)+"', "regex", "there is no such key"),
    rule("no summary", 'summary = "Asks for the camera roll."', "", "summary", "it is missing"),
    rule("an unknown severity", '"warning"', '"panic"', "severity", "'warning' or 'notice'"),
    rule("a number as text", "within_words = 60", 'within_words = "all"', "within_words", "valid integer"),
    rule("a reach beyond reason", "within_words = 60", "within_words = 9999", "within_words", "less than or equal"),
    rule("nothing required", RULE[RULE.index("[[requires]]") : RULE.index("[controls]")], "", "requires", "is missing"),
    rule("an empty requirement", 'any_of = ["cloud"]', "any_of = []", "requires.1.any_of", "at least 1"),
    rule("far too many requirements", REQUIRES_CLOUD, REQUIRES_CLOUD * 20, "requires", "at most 12"),
    rule("no way to say no", 'decline = ["refuse"]', "", "controls.decline", "it is missing"),
    rule("no source", SOURCE, "", "sources", "it is missing"),
    rule("a source in the clear", "https://acme.com/help", "http://acme.com/help", "sources.0.url", "match pattern"),
    rule("a source without a date", "2026-01-31", "last year", "sources.0.date", "match pattern"),
    rule("a roll-out to nobody", "percent = 10", "percent = 0", "rollout.percent", "greater than or equal"),
    rule("a roll-out to more than all", "percent = 10", "percent = 101", "rollout.percent", "less than or equal"),
    rule("a roll-out without a salt", 'salt = "2026-11-22a"', "", "rollout.salt", "it is missing"),
    rule("no TOML", "[controls]", "[controls", "", "it is not TOML"),
    german("nothing said", "Choose no.", "  ", "String should have at least 1 character"),
]
CONTENT = [
    rule("an engine to come", 'product = "Acme"', 'product = "Acme"\nmin_engine = 99', "min_engine", "does not exist"),
    rule("an unknown slot", '"cookies"', '"biscuits"', "forbids", "there is no slot 'biscuits'"),
    rule("a TODO", "Asks for the camera roll.", "TODO", "", "there is a TODO in it"),
    rule("two sources of one name", "[rollout]", f"{SOURCE}\n[rollout]", "sources", "the same id"),
    rule("a name read backwards", '"Acme"', '"\\u202eemcA"', "", "RIGHT-TO-LEFT OVERRIDE"),
]
SELECTORS = [
    selector("dead in Python", "button:hover", "':hover' does not mean the same"),
    selector("dead in browsers", 'p:-soup-contains("x")', "does not mean the same"),
    selector("two readings", '[role!="dialog"]', "Soup Sieve reads '!=', browsers do not"),
    selector("a pseudo-element", "p::before", "a pseudo-element is never an element"),
    selector("unfinished", "div >", "ends too early"),
    selector("unbalanced", "div:not(p", "ends too early"),
    selector("too long", "a" * 301, "longer than 300"),
    selector("all siblings of all", "label ~ input", "it is too dear"),
    selector("the last of its kind", "input:last-of-type", "it is too dear"),
    selector("a staircase", "div div div div input", "it is too dear"),
    selector("below below below", "div:has(div:has(div:has(input)))", "it is too dear"),
    rule("dear for the page", '"main"', '"div ~ main"', "scope.page_selector", "it is too dear"),
    rule("dear for each dialog", '"[role=dialog]"', '"a ~ b"', "scope.dialog_selector", "it is too dear"),
    rule("dear for each button", "button[data-yes]", "a b c d button", "controls.accept_selector", "it is too dear"),
]
SITES = [
    pattern("every site", "*://*/*", "it asks for every site"),
    pattern("every site of a country", "*://*.de/*", "every site below .de"),
    pattern("every company of a country", "*://*.co.uk/*", "every site below .co.uk"),
    pattern("all addresses", "<all_urls>", "it has no '://'"),
    pattern("files of the person", "file:///*", "the scheme 'file' is not"),
    pattern("a port", "*://acme.com:8080/*", "without a port"),
    pattern("capital letters", "*://Acme.com/*", "lower-case domain"),
    pattern("no path", "*://acme.com", "it has no path"),
    rule("no path either", '"/consent*"', '"consent"', "scope.page_paths", "'consent' is no path"),
    rule("paths of every site", '["*://*.acme.com/*"]', "[]", "scope.page_paths", "it needs a site"),
]
WORDS = [
    Bad("a stem of one letter", ENGLISH, '"cloud"', '"c*"', "lexicon/en.toml: cloud", "too short"),
    Bad("a phrase without a word", ENGLISH, '"cloud"', '"…"', "lexicon/en.toml: cloud", "has no word"),
    Bad("a slot that nobody knows", ENGLISH, "cloud =", "sky =", "lexicon/en.toml: sky", "there is no such slot"),
    Bad(
        "words that never end",
        ENGLISH,
        '["cloud"]',
        f"{[f'the … w{number}' for number in range(900)]}",
        "lexicon/en.toml",
        "a page of 'the' takes 4500 looks a word",
    ),
]
TEXTS = [
    Bad("a language less", GERMAN, "", None, "rules/acme/texts", "there is no text in de"),
    german("a consequence less", TEXT[TEXT.rindex("[[consequences]]") :], "", "it cites acme_help, and the English"),
    german("a step less", ', "Switch it off."', "", "it has 1 step(s), and the English text 2"),
    german("a source that is none", 'source = "acme_help"', 'source = "hearsay"', "the rule has no source 'hearsay'"),
    german("a placeholder of its own", "{site}", "{password}", "there is no placeholder '{password}'"),
    german("markup", "Choose no.", "<b>Choose</b> no.", "there is markup"),
    german("a link that runs", "Choose no.", "&#106;avascript:x", "there is markup"),
    german("a sign that nobody sees", "Choose no.", "Choose\\u200b no.", "ZERO WIDTH SPACE"),
]
PAGES = [
    Bad("no page to show on", f"{OURS}/match_en.html", "", None, "rules/acme", "there is no match_*.html"),
    Bad("no near miss", f"{OURS}/no_match_one_picture.html", "", None, "rules/acme", "there is no no_match_*.html"),
    Bad("a stray file", f"{OURS}/run.sh", "", "rm -rf /", "rules/acme/run.sh", "it belongs to no rule"),
    Bad("a page too large", f"{OURS}/match_en.html", "", ASK + " " * 20_000, "match_en.html", "larger than 20000"),
    Bad("deaf to its own page", TOML, '"camera_roll"', '"cookies"', "match_en.html", "but there is silence"),
    Bad("a near miss hit", TOML, REQUIRES_CLOUD, "", "no_match_one_picture.html", "'acme' shows here, and must not"),
    Bad("a decoy hit", "decoys/ask.html", "", ASK, "decoys/ask.html", "camera_roll by “camera roll”"),
    Bad("a given page hit", "negatives/ask.html", "", ASK, "negatives/ask.html", "'acme' shows here, and must not"),
    Bad("a corpus hit", "negatives/corpus.jsonl", "", negative("corpus: 7", ASK), "corpus: 7", "'acme' shows here"),
    Bad("no corpus", "negatives/corpus.jsonl", "", '{"name": 1}\n', "corpus.jsonl: line 1", "it is no page"),
]
BAD = [*SCHEMA, *CONTENT, *SELECTORS, *SITES, *WORDS, *TEXTS, *PAGES]
