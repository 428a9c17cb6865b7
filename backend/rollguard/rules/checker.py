"""Whether a bundle may be published: it is consistent, shows on every page it must, and on none it must not."""

from collections.abc import Iterable
from pathlib import Path

from rollguard.errors import RuleError
from rollguard.rules.compiler import parse_bundle
from rollguard.rules.lint import lint
from rollguard.rules.loader import SOURCES, load_bundle, load_slots, rule_folders
from rollguard.rules.matcher import Matcher
from rollguard.rules.model import Bundle
from rollguard.rules.pages import Expectation, decoys, fixtures

FIXTURE_MAX_BYTES = 20_000


def check_sources(sources: Path = SOURCES) -> tuple[Bundle, list[RuleError]]:
    """The bundle of a checkout, and everything that speaks against it.

    Raises:
        RuleError: a file cannot even be loaded.
    """
    bundle = load_bundle(sources)
    errors = lint(bundle, load_slots(sources)) + _check_folders(sources)
    if not errors:
        errors = check_pages(bundle, [*fixtures(sources), *decoys(sources)])
    return bundle, errors


def check_bundle(data: bytes, sources: Path = SOURCES) -> list[RuleError]:
    """What speaks against compiled bytes: the service asks again, whatever the maintainer's machine said.

    Pages whose rule is not in the bundle may stay silent, but nothing may show where nothing may.

    Raises:
        RuleError: the bytes are no bundle.
    """
    bundle = parse_bundle(data)
    if errors := lint(bundle, load_slots(sources)):
        return errors
    ids = {rule.id for rule in bundle.rules}
    expected = [page for page in fixtures(sources) if page.shown is None or page.shown in ids]
    return check_pages(bundle, [*expected, *decoys(sources)])


def check_pages(bundle: Bundle, expectations: Iterable[Expectation]) -> list[RuleError]:
    """Judge every page, and compare."""
    matcher = Matcher(bundle)
    errors = []
    for expected in expectations:
        page = expected.page
        reports = matcher.judge_page(page.parse(), page.url)
        shown = [report.shown for report in reports if report.shown]
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


def _check_folders(sources: Path) -> list[RuleError]:
    errors = []
    for folder in rule_folders(sources):
        place = f"rules/{folder.name}"
        names = {path.name for path in folder.iterdir()}
        strays = {name for name in names if name not in {"rule.toml", "texts"} and not _is_fixture(name)}
        errors += [
            RuleError(
                f"{place}/{name}",
                "it belongs to no rule",
                "Name it match_… or no_match_….html, or remove it.",
            )
            for name in sorted(strays)
        ]
        for prefix, what in (
            ("match_", "a dialog it must show on"),
            ("no_match_", "a near miss it must leave alone"),
        ):
            if not any(name.startswith(prefix) for name in names):
                errors.append(RuleError(place, f"there is no {prefix}*.html", f"Save {what}."))
        errors += [
            RuleError(f"{place}/{path.name}", f"it is larger than {FIXTURE_MAX_BYTES} bytes", "Keep what matters.")
            for path in sorted(folder.glob("*.html"))
            if path.stat().st_size > FIXTURE_MAX_BYTES
        ]
    return errors


def _is_fixture(name: str) -> bool:
    return name.startswith(("match_", "no_match_")) and name.endswith(".html")


def _words(evidence: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{slot} by “{words}”" for slot, words in evidence)
