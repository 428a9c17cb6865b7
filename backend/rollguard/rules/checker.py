"""The contract of a push: what a bundle must be before it may be published, wherever that is asked.

It is consistent, cheap on the worst page, shows on every page it must, and on none it must not. A maintainer's machine
judges everything that a checkout has, corpus included; the service asks again, whatever that machine said, with the
pages that it has been given: fixtures, decoys, `negatives/`.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bs4 import BeautifulSoup

from rollguard.errors import RuleError
from rollguard.rules.compiler import Compiled, order_error, parse_bundle
from rollguard.rules.cost import lint_cost
from rollguard.rules.folders import check_folders
from rollguard.rules.lint import lint
from rollguard.rules.loader import SOURCES, load_bundle, load_slots
from rollguard.rules.matcher import Matcher, Verdict
from rollguard.rules.model import Bundle
from rollguard.rules.negatives import Negative, given_negatives
from rollguard.rules.pages import Expectation, decoys, fixtures
from rollguard.rules.remedies import lint_remedies


def check_sources(
    sources: Path = SOURCES, negatives: Sequence[Negative] = (), public: Bundle | None = None
) -> tuple[Bundle, list[RuleError]]:
    """The bundle of a checkout, and everything that speaks against it.

    Args:
        sources: the folder that holds rules/, lexicon/ and decoys/.
        negatives: pages beside those in `sources` on which nothing may show: a checkout's corpus.
        public: what is published now. With it, held-out pages are asked as well: they may show what they show already,
            and nothing new.

    Raises:
        RuleError: a file cannot even be loaded.
    """
    bundle = load_bundle(sources)
    errors = lint(bundle, load_slots(sources)) + check_folders(sources) + lint_remedies(bundle, sources)
    if not errors:
        errors = list(lint_cost(bundle))
    if not errors:
        errors = check_pages(bundle, [*fixtures(sources), *decoys(sources)])
        errors += new_hits(bundle, [*given_negatives(sources), *negatives], public)
    return bundle, errors


def check_bundle(compiled: Compiled, sources: Path = SOURCES) -> list[RuleError]:
    """What speaks against compiled files: the service asks again.

    Pages whose rule is not in the bundle may stay silent, but nothing may show where nothing may. A rule that this
    machine has no pages of is judged by all others' pages: its own ones travel in the checkout, not in a push.

    Raises:
        RuleError: the files are no bundle.
    """
    bundle = parse_bundle(compiled)
    if error := order_error(compiled):
        return [error]
    if errors := lint(bundle, load_slots(sources)) or list(lint_cost(bundle)):
        return errors
    ids = {rule.id for rule in bundle.rules}
    expected = [page for page in fixtures(sources) if page.shown is None or page.shown in ids]
    errors = check_pages(bundle, [*expected, *decoys(sources)])
    return errors + new_hits(bundle, given_negatives(sources), None)


def check_pages(bundle: Bundle, expectations: Iterable[Expectation]) -> list[RuleError]:
    """Judge every page, and compare."""
    matcher = Matcher(bundle)
    errors = []
    for expected in expectations:
        page = expected.page
        shown = _shown(matcher, page.parse(), page.url)
        names = [verdict.rule for verdict in shown]
        if expected.shown is None:
            errors += [
                RuleError(
                    page.name,
                    f"'{verdict.rule}' shows here, and must not: {_words(verdict.evidence)}",
                    f"Narrow the rule; `rollguard rules test {page.name}` shows why.",
                )
                for verdict in shown
            ]
        elif names != [expected.shown]:
            errors.append(
                RuleError(
                    page.name,
                    f"'{expected.shown}' must show here, but there is {' and '.join(names) or 'silence'}",
                    f"`rollguard rules test {page.name}` names the clause that failed.",
                )
            )
    return errors


def new_hits(bundle: Bundle, negatives: Sequence[Negative], public: Bundle | None) -> list[RuleError]:
    """Pages on which something shows, and must not, but for what already shows there in `public`.

    Held-out pages measure what was never tuned by them: they are asked only where there is something to compare with,
    and are never named, nor what met them.
    """
    matcher = Matcher(bundle)
    before = Matcher(public) if public else None
    errors = []
    for negative in negatives:
        if negative.is_held_out and before is None:
            continue
        page, tree = negative.page, negative.page.parse()
        shown = _shown(matcher, tree, page.url)
        known = {verdict.rule for verdict in _shown(before, tree, page.url)} if before and shown else set()
        for verdict in shown:
            if verdict.rule not in known:
                why = "" if negative.is_held_out else f": {_words(verdict.evidence)}"
                reason = f"'{verdict.rule}' shows here, and must not{why}"
                errors.append(RuleError(page.name, reason, "Narrow the rule."))
    return errors


def _shown(matcher: Matcher, tree: BeautifulSoup, url: str) -> list[Verdict]:
    return [report.shown for report in matcher.judge_page(tree, url) if report.shown]


def _words(evidence: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{slot} by “{words}”" for slot, words in evidence)
