"""What speaks against remedies: one without steps, less said than in English, an address that nobody has looked at.

A remedy that bears the id of a rule completes that rule: link and device are its own, and where it names no steps, the
rule's `turn_off` are its steps. Other remedies stand for themselves.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from rollguard.errors import RuleError
from rollguard.rules.loader import SOURCES, read_model
from rollguard.rules.model import Bundle
from rollguard.rules.remedy import Remedy
from rollguard.rules.shapes import Model
from rollguard.rules.texts import unreadable_sign

ENGLISH = "en"


class Hosts(Model):
    """`hosts.toml`: where a person may be sent, and who may be cited."""

    links: tuple[str, ...]
    sources: tuple[str, ...]


def lint_remedies(bundle: Bundle, sources: Path = SOURCES) -> list[RuleError]:
    """Everything that is wrong with the remedies, not only the first thing. A checkout without any is fine."""
    if not (sources / "remedies").is_dir():
        return []
    hosts = read_model(sources / "remedies" / "hosts.toml", Hosts)
    remedies = list(bundle.remedies)
    steps_of = {(text.rule, text.language): text.turn_off for text in bundle.texts}
    return [
        *_lint_languages(remedies, sources),
        *(error for remedy in remedies for error in _lint_remedy(remedy, steps_of, hosts)),
        *(error for remedy in remedies for error in _compare(remedy, remedies)),
    ]


def _lint_languages(remedies: list[Remedy], sources: Path) -> Iterator[RuleError]:
    written = {(remedy.id, remedy.language) for remedy in remedies}
    languages = {ENGLISH, *(remedy.language for remedy in remedies)}
    for folder in sorted(path for path in (sources / "remedies").iterdir() if path.is_dir()):
        for language in sorted(languages):
            if (folder.name, language) not in written:
                place = f"remedies/{folder.name}/texts/{language}.toml"
                yield RuleError(place, "there is no such text", "Write it: other remedies have one in this language.")


def _lint_remedy(remedy: Remedy, steps_of: dict[tuple[str, str], tuple[str, ...]], hosts: Hosts) -> Iterator[RuleError]:
    place = _place(remedy)
    if not remedy.steps and not steps_of.get((remedy.id, ENGLISH)):
        yield RuleError(
            f"{place}: steps", "there are none, and no rule of this id has any", "Write what a person has to do."
        )
    for line in (remedy.product, remedy.title, *remedy.steps, remedy.uploaded):
        if "TODO" in line:
            yield RuleError(place, "there is a TODO in it", "Write what it asks for.")
        if set(line) & set("<>{}"):
            yield RuleError(place, f"there is markup or a placeholder in '{line[:40]}'", "Write plain words.")
        if sign := unreadable_sign(line):
            yield RuleError(place, f"there is a sign that nobody sees: {sign}", "Remove it.")
    addresses = [("sources", source.url, hosts.sources) for source in remedy.sources]
    if remedy.link:
        addresses.append(("link", remedy.link, hosts.links))
    for key, url, allowed in addresses:
        if (host := urlsplit(url).hostname) not in allowed:
            yield RuleError(
                f"remedies/{remedy.id}/remedy.toml: {key}",
                f"'{host}' is no host that is known",
                "Look at it, and add it to remedies/hosts.toml.",
            )


def _compare(remedy: Remedy, remedies: list[Remedy]) -> Iterator[RuleError]:
    """A text that says less than the English one leaves its readers with less."""
    english = next((one for one in remedies if (one.id, one.language) == (remedy.id, ENGLISH)), remedy)
    if len(remedy.steps) != len(english.steps):
        yield RuleError(
            f"{_place(remedy)}: steps",
            f"it has {len(remedy.steps)}, and the English text {len(english.steps)}",
            "Name the same steps.",
        )
    if bool(remedy.uploaded) != bool(english.uploaded):
        yield RuleError(f"{_place(remedy)}: uploaded", "one says it, the English text or this", "Say it in both.")


def _place(remedy: Remedy) -> str:
    return f"remedies/{remedy.id}/texts/{remedy.language}.toml"
