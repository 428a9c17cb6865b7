"""Candidate and rule → verdict, with the evidence for it, or the clause that failed.

Twin: `extension/src/content/matcher.ts`. Pure: what comes in is a parsed page, what goes out is a value.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import soupsieve
from bs4 import BeautifulSoup

from rollguard.rules.candidates import Candidate, find_candidates, looks_at
from rollguard.rules.controls import Control, find_controls
from rollguard.rules.match_patterns import fits_any
from rollguard.rules.model import Bundle, Rule, Severity
from rollguard.rules.reading import Reading
from rollguard.rules.slots import Hit, SlotIndex, span
from rollguard.rules.words import WORD_UNITS


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says about one candidate."""

    rule: str
    matched: bool
    severity: Severity | None
    language: str | None
    evidence: tuple[tuple[str, str], ...]
    """(slot, the words on the page that met it), in the order of the text."""
    accept: Control | None
    decline: Control | None
    failed: str | None

    def to_json(self) -> dict[str, Any]:
        """The shape that both engines share (`Verdict` in `shared/messages.ts`)."""
        return {
            "rule": self.rule,
            "matched": self.matched,
            "severity": self.severity,
            "language": self.language,
            "evidence": [{"slot": slot, "words": words} for slot, words in self.evidence],
            "accept": _control_json(self.accept),
            "decline": _control_json(self.decline),
            "failed": self.failed,
        }


@dataclass(frozen=True, slots=True)
class CandidateReport:
    """Every applicable rule's verdict about one candidate, and the one that is shown."""

    title: str
    verdicts: tuple[Verdict, ...]
    shown: Verdict | None

    def to_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "verdicts": [verdict.to_json() for verdict in self.verdicts],
            "shown": self.shown.rule if self.shown else None,
        }


class Matcher:
    """A bundle, ready to judge pages."""

    def __init__(self, bundle: Bundle) -> None:
        self._rules = sorted(bundle.rules, key=lambda rule: rule.id)
        self._indexes = [SlotIndex(lexicon) for lexicon in sorted(bundle.lexicons, key=lambda lex: lex.language)]

    def judge_page(self, page: BeautifulSoup, url: str) -> list[CandidateReport]:
        """A report for every candidate of the page that at least one rule looks at."""
        rules = [rule for rule in self._rules if not rule.match_patterns or fits_any(rule.match_patterns, url)]
        reports = []
        for candidate in find_candidates(page, rules, url):
            looking = [rule for rule in rules if looks_at(rule, candidate, page, url)]
            if looking:
                reports.append(self._judge(candidate, looking))
        return reports

    def _judge(self, candidate: Candidate, rules: list[Rule]) -> CandidateReport:
        reading = Reading(candidate)
        verdicts = tuple(self._judge_rule(reading, rule) for rule in rules)
        matched = [
            (not rule.match_patterns, rule.id, verdict)
            for rule, verdict in zip(rules, verdicts, strict=True)
            if verdict.matched
        ]
        shown = min(matched, key=lambda found: found[:2])[2] if matched else None
        return CandidateReport(reading.title, verdicts, shown)

    def _judge_rule(self, reading: Reading, rule: Rule) -> Verdict:
        """The verdict of the language that matches, else of the one that the text speaks most; each is judged alone."""
        judged = [_judge_in(reading, rule, index) for index in self._indexes]
        # max() keeps the first of equals, and the indexes stand in the order of their codes.
        return max(judged, key=lambda found: found[:2])[2]


def _judge_in(reading: Reading, rule: Rule, index: SlotIndex) -> tuple[bool, int, Verdict]:
    """Whether it matches, how many hits the required slots have, and the verdict in this language."""
    hits, title_hits = reading.hits(index)
    present = {hit.slot for hit in hits}
    wanted = {slot for group in rule.requires for slot in group.any_of}
    # Buttons are looked at only where the text speaks of the thing at all: most dialogs end here.
    speaks = all(present.intersection(group.any_of) for group in rule.requires)
    accept, decline = find_controls(reading.candidate, rule, index) if speaks else (None, None)
    failed = _first_failure(reading, rule, hits, title_hits, accept=accept)
    matched = failed is None
    lowered = any(slot in present for slot in rule.lowered_by)
    severity: Severity = "notice" if lowered else rule.severity
    shown_slots = wanted | set(rule.lowered_by)
    verdict = Verdict(
        rule=rule.id,
        matched=matched,
        severity=severity if matched else None,
        language=index.language,
        evidence=reading.evidence(hit for hit in hits if hit.slot in shown_slots),
        accept=accept,
        decline=decline,
        failed=failed,
    )
    return matched, sum(hit.slot in wanted for hit in hits), verdict


def _first_failure(
    reading: Reading, rule: Rule, hits: list[Hit], title_hits: list[Hit], *, accept: Control | None
) -> str | None:
    """The first clause that failed, in words; None where all passed."""
    clauses = _clauses(reading, rule, hits, title_hits, accept=accept)
    return next((failed for failed in clauses if failed is not None), None)


def _clauses(
    reading: Reading, rule: Rule, hits: list[Hit], title_hits: list[Hit], *, accept: Control | None
) -> Iterator[str | None]:
    """The rule's clauses in order, the cheap ones first: None where one is met, else its words."""
    present = {hit.slot for hit in hits}
    title_slots = {hit.slot for hit in title_hits}
    groups = [group.any_of for group in rule.requires]
    for group in groups:
        yield None if present.intersection(group) else "requires " + " | ".join(group)
    if rule.within_words:
        length = span(hits, reading.words, groups)
        yield (
            None
            if length is not None and length <= rule.within_words * WORD_UNITS
            else f"within_words {rule.within_words}"
        )
    for slot in rule.forbids:
        yield f"forbids {slot}" if slot in present else None
    for slot in rule.title_forbids:
        yield f"title_forbids {slot}" if slot in title_slots else None
    if rule.forbids_selector:
        found = soupsieve.select_one(rule.forbids_selector, reading.candidate.element)
        yield f"forbids_selector {rule.forbids_selector}" if found else None
    yield None if accept else "no accept control"
    if accept and accept.is_weak:
        for slot in rule.forbids_if_weak:
            yield f"forbids_if_weak {slot}" if slot in present else None


def _control_json(control: Control | None) -> dict[str, Any] | None:
    return {"label": control.label, "certain": control.certain} if control else None
