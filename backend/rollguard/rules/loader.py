"""Files → models: rule folders, lexicon files, texts. Refuses with file, key, reason and next step."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from rollguard.errors import RuleError
from rollguard.rules.model import Bundle, Lexicon, LexiconFile, Rule, RuleFile, RuleText, TextFile
from rollguard.rules.remedy import Remedy, RemedyFile, RemedyTextFile
from rollguard.rules.shapes import Model

SOURCES = Path(__file__).resolve().parents[2]
"""`backend/` of the checkout: rules, lexicon and decoys live beside the package, as data."""

M = TypeVar("M", bound=Model)


def load_bundle(sources: Path = SOURCES) -> Bundle:
    """All rules, lexicons and texts below `sources`, in a fixed order.

    Raises:
        RuleError: a file is missing, is no TOML, or does not fit its model.
    """
    folders = rule_folders(sources)
    return Bundle(
        rules=tuple(load_rule(folder) for folder in folders),
        lexicons=load_lexicons(sources / "lexicon"),
        texts=tuple(text for folder in folders for text in load_texts(folder)),
        remedies=load_remedies(sources),
    )


def rule_folders(sources: Path = SOURCES) -> list[Path]:
    """One folder per rule; its name is the rule's id."""
    folder = sources / "rules"
    if not folder.is_dir():
        raise RuleError(str(folder), "there is no such folder", "Name the folder that holds rules/ and lexicon/.")
    return sorted(path for path in folder.iterdir() if path.is_dir())


def load_rule(folder: Path) -> Rule:
    file = read_model(folder / "rule.toml", RuleFile)
    return _named(folder, Rule, id=folder.name, **dict(file))


def load_texts(folder: Path) -> list[RuleText]:
    return [
        _named(path, RuleText, rule=folder.name, language=path.stem, **dict(read_model(path, TextFile)))
        for path in sorted((folder / "texts").glob("*.toml"))
    ]


def load_lexicons(folder: Path) -> tuple[Lexicon, ...]:
    return tuple(
        _named(path, Lexicon, language=path.stem, **dict(read_model(path, LexiconFile)))
        for path in sorted(folder.glob("*.toml"))
        if path.name != "slots.toml"
    )


def load_slots(sources: Path = SOURCES) -> dict[str, str]:
    """Slot → what it means. The closed list that rules and lexicons may speak of."""
    path = sources / "lexicon" / "slots.toml"
    slots = _read_toml(path).get("slots")
    if not isinstance(slots, dict) or not all(isinstance(meaning, str) for meaning in slots.values()):
        raise RuleError(f"{path}: slots", "it is no table of name = meaning", "Write each slot as one line.")
    return {str(name): str(meaning) for name, meaning in slots.items()}


def read_model(path: Path, model: type[M]) -> M:
    """One TOML file as a model.

    Raises:
        RuleError: naming the file and the first key that is wrong.
    """
    try:
        return model.model_validate(_read_toml(path))
    except ValidationError as error:
        raise _refusal(path, error, model) from error


def _named(path: Path, model: type[M], **fields: object) -> M:
    """What a file says, with what its name says."""
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        raise _refusal(path, error, model) from error


def _read_toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise RuleError(str(path), "there is no such file", "Create it; `rollguard rules new` shows how.") from error
    except OSError as error:
        raise RuleError(str(path), f"it cannot be read: {error.strerror}", "Put a TOML file there.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RuleError(str(path), f"it is not TOML: {error}", "Mend the line that it names.") from error


def _refusal(path: Path, error: ValidationError, model: type[Model]) -> RuleError:
    first = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"]) or "the whole file"
    reason = str(first["msg"])
    advice = f"Mend '{key}'."
    if first["type"] == "extra_forbidden":
        reason = "there is no such key"
        advice = f"Known here: {', '.join(sorted(model.model_fields))}."
    elif first["type"] == "missing":
        reason, advice = "it is missing", f"Add '{key}'."
    more = len(error.errors()) - 1
    return RuleError(f"{path}: {key}", reason + (f" (and {more} more)" if more else ""), advice)


def load_remedies(sources: Path = SOURCES) -> tuple[Remedy, ...]:
    """Every remedy in every language that it is written in.

    Raises:
        RuleError: a file is missing, is no TOML, or does not fit its model.
    """
    folders = sorted(path for path in (sources / "remedies").glob("*") if path.is_dir())
    return tuple(remedy for folder in folders for remedy in _load_remedy(folder))


def _load_remedy(folder: Path) -> Iterator[Remedy]:
    file = read_model(folder / "remedy.toml", RemedyFile)
    for path in sorted((folder / "texts").glob("*.toml")):
        words = read_model(path, RemedyTextFile)
        yield _named(path, Remedy, id=folder.name, language=path.stem, **dict(file), **dict(words))
