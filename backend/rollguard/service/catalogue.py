"""The public rules, in the words a reader needs."""

from dataclasses import dataclass
from datetime import datetime

from rollguard.errors import RollguardError
from rollguard.rules.compiler import parse_bundle
from rollguard.rules.model import Rule
from rollguard.trust.repository import read_repository
from rollguard.trust.storage import Storage


@dataclass(frozen=True)
class CatalogueRule:
    rule: Rule
    hosts: tuple[str, ...]
    """Empty: every page that is watched."""
    is_recalled: bool


@dataclass(frozen=True)
class Catalogue:
    version: int
    published: datetime | None
    languages: tuple[str, ...]
    rules: tuple[CatalogueRule, ...]
    is_all_recalled: bool
    """Browsers use nothing newer than the rules that they were built with."""


def read_catalogue(storage: Storage) -> Catalogue | None:
    """What is public; nothing where nothing readable is."""
    try:
        repository = read_repository(storage)
        bundle = parse_bundle(repository.bundle)
    except RollguardError:
        return None  # the page then says so, `/healthz` says why
    return Catalogue(
        repository.targets.version,
        _parse_date(repository.published_at),
        tuple(lexicon.language for lexicon in bundle.lexicons),
        tuple(CatalogueRule(rule, _hosts(rule), rule.id in repository.recalled.rules) for rule in bundle.rules),
        repository.recalled.is_all,
    )


def _hosts(rule: Rule) -> tuple[str, ...]:
    hosts = (pattern.partition("://")[2].partition("/")[0].removeprefix("*.") for pattern in rule.match_patterns)
    return tuple(dict.fromkeys(hosts))


def _parse_date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
