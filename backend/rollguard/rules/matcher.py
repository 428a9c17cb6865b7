"""Candidate and rule → verdict, with the evidence for it, or the clause that failed.

Twin: `extension/src/content/matcher.ts`. Pure: what comes in is a parsed page, what goes out is a value.
"""

from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup

from rollguard.rules.asymmetry import find_asymmetry
from rollguard.rules.candidates import Candidate, find_candidates, looks_at
from rollguard.rules.clauses import first_failure, missing_object, speaks_against
from rollguard.rules.controls import Control, find_controls
from rollguard.rules.languages import Indexes, Languages
from rollguard.rules.match_patterns import fits_any
from rollguard.rules.model import Bundle, Rule
from rollguard.rules.reading import Reading
from rollguard.rules.regions import find_regions
from rollguard.rules.shapes import Severity
from rollguard.rules.slots import SlotIndex


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says about one candidate."""

    rule: str
    matched: bool
    severity: Severity | None
    language: str | None
    """The lexicon that met it; None where no language names the first thing that the rule requires."""
    evidence: tuple[tuple[str, str], ...]
    """(slot, the words on the page that met it), in the order of the text."""
    accept: Control | None
    decline: Control | None
    asymmetry: tuple[str, ...]
    """How the dialog makes "yes" easier than "no" (`rollguard.rules.asymmetry`)."""
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
            "asymmetry": list(self.asymmetry),
            "failed": self.failed,
        }


@dataclass(frozen=True, slots=True)
class CandidateReport:
    """Every applicable rule's verdict about one candidate, and the one that is shown."""

    title: str
    verdicts: tuple[Verdict, ...]
    shown: Verdict | None

    @property
    def is_settled(self) -> bool:
        """It asks, or it says something that speaks against: nothing smaller is looked for in it."""
        return any(verdict.failed is None or speaks_against(verdict.failed) for verdict in self.verdicts)

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
        self._indexes = Indexes(sorted(bundle.lexicons, key=lambda lexicon: lexicon.language))
        self._languages: dict[tuple[str, ...], Languages] = {}

    def judge_page(self, page: BeautifulSoup, url: str) -> list[CandidateReport]:
        """A report for every candidate of the page that at least one rule looks at, regions without a role last."""
        rules = [rule for rule in self._rules if not rule.match_patterns or fits_any(rule.match_patterns, url)]
        if not rules:
            return []
        languages = self._languages_for(rules)
        candidates = find_candidates(page, rules, url)
        judged = [(candidate, self._judge(candidate, rules, languages, page, url)) for candidate in candidates]
        settled = [candidate for candidate, report in judged if report and report.is_settled]
        dialogs = [candidate.element for candidate in candidates if candidate.kind == "dialog"]
        regions = find_regions(page, settled, dialogs, languages)
        reports = [report for _, report in judged]
        reports += [self._judge(region, rules, languages, page, url) for region in regions]
        return [report for report in reports if report is not None]

    def _languages_for(self, rules: list[Rule]) -> Languages:
        key = tuple(rule.id for rule in rules)
        if key not in self._languages:
            self._languages[key] = Languages(self._indexes, rules)
        return self._languages[key]

    @staticmethod
    def _judge(
        candidate: Candidate, rules: list[Rule], languages: Languages, page: BeautifulSoup, url: str
    ) -> CandidateReport | None:
        looking = [rule for rule in rules if looks_at(rule, candidate, page, url)]
        if not looking:
            return None
        reading = Reading(candidate)
        indexes = languages.of(reading)
        verdicts = tuple(_judge_rule(reading, rule, indexes) for rule in looking)
        matched = [
            (not rule.match_patterns, rule.id, verdict)
            for rule, verdict in zip(looking, verdicts, strict=True)
            if verdict.matched
        ]
        shown = min(matched, key=lambda found: found[:2])[2] if matched else None
        return CandidateReport(reading.title, verdicts, shown)


def _judge_rule(reading: Reading, rule: Rule, indexes: list[SlotIndex]) -> Verdict:
    """The verdict of the language that matches, else of the one that the text speaks most; each is judged alone."""
    judged = [found for index in indexes if (found := _judge_in(reading, rule, index))]
    if not judged:
        return Verdict(rule.id, False, None, None, (), None, None, (), missing_object(rule))  # noqa: FBT003
    # max() keeps the first of equals, and the indexes stand in the order of their codes.
    return max(judged, key=lambda found: found[:2])[2]


def _judge_in(reading: Reading, rule: Rule, index: SlotIndex) -> tuple[bool, int, Verdict] | None:
    """Whether it matches, how many hits the required slots have, and the verdict in this language; None: not spoken."""
    hits, _title = reading.hits(index)
    present = {hit.slot for hit in hits}
    if not present.intersection(rule.requires[0].any_of):
        return None
    wanted = {slot for group in rule.requires for slot in group.any_of}
    # Buttons are looked at only where the text speaks of the thing at all: most dialogs end here.
    speaks = all(present.intersection(group.any_of) for group in rule.requires)
    accept, decline = find_controls(reading.candidate, rule, index) if speaks else (None, None)
    failed = first_failure(reading, rule, index, accept, decline)
    is_alone = present.isdisjoint(rule.not_alone_with)
    lowered_by = {*rule.lowered_by, *(rule.lowered_by_alone if is_alone else ())}
    severity: Severity = "notice" if present & lowered_by else rule.severity
    shown_slots = wanted | lowered_by
    verdict = Verdict(
        rule=rule.id,
        matched=failed is None,
        severity=severity if failed is None else None,
        language=index.language,
        evidence=reading.evidence(hit for hit in hits if hit.slot in shown_slots),
        accept=accept,
        decline=decline,
        asymmetry=find_asymmetry(reading.candidate, accept, decline) if failed is None else (),
        failed=failed,
    )
    return failed is None, sum(hit.slot in wanted for hit in hits), verdict


def _control_json(control: Control | None) -> dict[str, Any] | None:
    return {"label": control.label, "certain": control.certain} if control else None
