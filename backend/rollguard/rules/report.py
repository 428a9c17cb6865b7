"""Reports → words for a maintainer: what matched by which words, which control is which, and why not."""

from rollguard.rules.controls import Control
from rollguard.rules.matcher import CandidateReport, Verdict
from rollguard.rules.words import collapse


def describe(reports: list[CandidateReport]) -> str:
    """Every candidate of a page with every rule's verdict, the shown one first."""
    if not reports:
        return "No candidate: nothing on this page is a dialog, or the page that a rule names for this address."
    return "\n\n".join(_describe_candidate(number, report) for number, report in enumerate(reports, 1))


def _describe_candidate(number: int, report: CandidateReport) -> str:
    element = f"Candidate {number}: {collapse(report.title)!r}" if report.title else f"Candidate {number}"
    shown = f"  → shows {report.shown.rule} ({report.shown.severity})" if report.shown else "  → silence"
    verdicts = sorted(report.verdicts, key=lambda verdict: verdict is not report.shown)
    return "\n".join([element, shown, *(_describe_verdict(verdict) for verdict in verdicts)])


def _describe_verdict(verdict: Verdict) -> str:
    lines = [f"  {verdict.rule} [{verdict.language}]: {'matches' if verdict.matched else 'does not match'}"]
    if verdict.failed:
        lines.append(f"      failed clause: {verdict.failed}")
    lines += [f"      {slot}: “{words}”" for slot, words in verdict.evidence]
    lines += [
        f"      accept: {_describe_control(verdict.accept)}",
        f"      decline: {_describe_control(verdict.decline)}",
    ]
    return "\n".join(lines)


def _describe_control(control: Control | None) -> str:
    if control is None:
        return "none found"
    return f"“{control.label}” ({'certain' if control.certain else 'not certain'})"
