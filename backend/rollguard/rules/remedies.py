"""Remedies: what a person can switch off, or object to, in a product. Files → records, and what speaks against them.

A remedy that bears the id of a rule completes that rule: link and device are its own, and where it names no steps, the
rule's `turn_off` are its steps. Other remedies stand for themselves.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, StringConstraints, ValidationError

from rollguard.errors import RuleError
from rollguard.rules.loader import SOURCES, read_model
from rollguard.rules.model import Bundle, Language, Line, Model, RuleId, Source
from rollguard.rules.texts import unreadable_sign

ENGLISH = "en"

Way = Annotated[str, StringConstraints(pattern="^(switch|objection)$")]
Link = Annotated[str, StringConstraints(pattern=r"^(https://[^\s\"<>]+)?$", max_length=400)]
Where = Annotated[str, StringConstraints(pattern="^(web|phone|computer)$")]


class RemedyFile(Model):
    """`remedy.toml`. The folder's name is the remedy's id."""

    product: Line
    way: Way
    where: Where
    """On which device it can be done."""
    link: Link = ""
    """As deep into the product as links go; empty where no address leads nearer."""
    sources: tuple[Source, ...] = Field(min_length=1, max_length=4)


class RemedyTextFile(Model):
    """`texts/<language>.toml`."""

    title: Line
    steps: tuple[Line, ...] = Field(default=(), max_length=8)
    uploaded: Annotated[str, StringConstraints(max_length=400, strip_whitespace=True)] = ""
    """What happens to pictures that are already there; empty where nobody has said."""


class Remedy(RemedyFile, RemedyTextFile):
    """A remedy in one language, as the check-up page gets it."""

    id: RuleId
    language: Language


class Hosts(Model):
    """`hosts.toml`: where a person may be sent, and who may be cited."""

    links: tuple[str, ...]
    sources: tuple[str, ...]


def remedy_records(language: str, sources: Path = SOURCES) -> list[Remedy]:
    """All remedies in this language, in English where it lacks one, in a fixed order.

    Raises:
        RuleError: a file is missing, is no TOML, or does not fit its model.
    """
    chosen = {}
    for remedy in load_remedies(sources):
        if remedy.language == language or (remedy.language == ENGLISH and remedy.id not in chosen):
            chosen[remedy.id] = remedy
    return [chosen[name] for name in sorted(chosen)]


def load_remedies(sources: Path = SOURCES) -> list[Remedy]:
    """Every remedy in every language that it is written in.

    Raises:
        RuleError: as `remedy_records`.
    """
    folders = sorted(path for path in (sources / "remedies").glob("*") if path.is_dir())
    return [remedy for folder in folders for remedy in _load_folder(folder)]


def _load_folder(folder: Path) -> Iterator[Remedy]:
    file = read_model(folder / "remedy.toml", RemedyFile)
    for path in sorted((folder / "texts").glob("*.toml")):
        words = read_model(path, RemedyTextFile)
        try:
            yield Remedy(id=folder.name, language=path.stem, **dict(file), **dict(words))
        except ValidationError as error:
            raise RuleError(str(path), "folder or file has no valid name", "<id>/texts/<language>.toml") from error


def lint_remedies(bundle: Bundle, sources: Path = SOURCES) -> list[RuleError]:
    """Everything that is wrong with the remedies, not only the first thing. A checkout without any is fine."""
    if not (sources / "remedies").is_dir():
        return []
    hosts = read_model(sources / "remedies" / "hosts.toml", Hosts)
    remedies = load_remedies(sources)
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
