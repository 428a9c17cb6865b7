"""Bundle ↔ files: rules and words in one, texts in one per language, so that a client fetches only its own."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import ValidationError

from rollguard.errors import RuleError
from rollguard.rules.model import BUNDLE_FORMAT, TEXTS_FORMAT, Bundle, CompiledLexicon, Lexicon, Rule, RuleText
from rollguard.rules.records import order_problem, read_records, write_records
from rollguard.rules.remedy import Remedy
from rollguard.rules.slots import normal_phrase

if TYPE_CHECKING:
    from rollguard.rules.shapes import Model

Compiled = Mapping[str, bytes]
"""Path in the TUF repository → bytes: what maintainers sign."""

TARGET_PATH = "rules.jsonl"
MAX_BYTES = 4_000_000
MAX_TEXTS_BYTES = 256_000
"""Of each language."""
TEXTS_FOLDER = "texts/"
_HEADER = {"kind": "bundle", "format": BUNDLE_FORMAT}
_TEXTS = re.compile(r"texts/([a-z]{2,3}(?:-[A-Z][a-zA-Z]{1,3})?)\.jsonl", re.ASCII)
"""With the language as `model.Language` allows it."""


def texts_path(language: str) -> str:
    """Where the texts of one language lie."""
    return f"{TEXTS_FOLDER}{language}.jsonl"


def is_compiled_path(path: str) -> bool:
    """A file of this name belongs to a bundle."""
    return path == TARGET_PATH or _TEXTS.fullmatch(path) is not None


def compile_bundle(bundle: Bundle) -> dict[str, bytes]:
    """The files that are signed: the bundle with rules and lexicons, and what is said in each language that has any."""
    records: list[tuple[str, Model]] = [
        *(("lexicon", _compile_lexicon(lexicon)) for lexicon in bundle.lexicons),
        *(("rule", rule) for rule in bundle.rules),
    ]
    texts: dict[str, list[tuple[str, Model]]] = {}
    for text in bundle.texts:
        texts.setdefault(text.language, []).append(("text", text))
    for remedy in bundle.remedies:
        texts.setdefault(remedy.language, []).append(("remedy", remedy))
    return {
        TARGET_PATH: write_records(_HEADER, records),
        **{texts_path(language): write_records(_texts_header(language), texts[language]) for language in sorted(texts)},
    }


def parse_bundle(compiled: Compiled) -> Bundle:
    """Read what `compile_bundle` wrote.

    Raises:
        RuleError: naming the file and the line that is wrong.
    """
    if TARGET_PATH not in compiled:
        raise RuleError(TARGET_PATH, "it is missing", "Compile the bundle again.")
    _require_small(TARGET_PATH, compiled[TARGET_PATH], MAX_BYTES)
    models: dict[str, type[Model]] = {"lexicon": CompiledLexicon, "rule": Rule}
    records = read_records(TARGET_PATH, compiled[TARGET_PATH], _HEADER, models)
    said = [record for path in sorted(compiled.keys() - {TARGET_PATH}) for record in _parse_texts(path, compiled)]
    return Bundle(
        rules=tuple(record for record in records if isinstance(record, Rule)),
        lexicons=tuple(_read_lexicon(record) for record in records if isinstance(record, CompiledLexicon)),
        texts=tuple(record for record in said if isinstance(record, RuleText)),
        remedies=tuple(record for record in said if isinstance(record, Remedy)),
    )


def order_error(compiled: Compiled) -> RuleError | None:
    """The first file that is not written, to the byte, as the compiler writes it."""
    for path, data in compiled.items():
        if reason := order_problem(path, data):
            return RuleError(path, reason, "Push with `rollguard rules push`, which compiles it.")
    return None


def _parse_texts(path: str, compiled: Compiled) -> list[RuleText | Remedy]:
    named = _TEXTS.fullmatch(path)
    if named is None:
        raise RuleError(path, "no file of a bundle is called so", "Compile the bundle again.")
    _require_small(path, compiled[path], MAX_TEXTS_BYTES)
    models: dict[str, type[Model]] = {"text": RuleText, "remedy": Remedy}
    records = read_records(path, compiled[path], _texts_header(named[1]), models)
    texts = [record for record in records if isinstance(record, RuleText | Remedy)]
    if strangers := {text.language for text in texts} - {named[1]}:
        raise RuleError(path, f"there is a text in '{min(strangers)}' in it", "Compile the bundle again.")
    return texts


def _texts_header(language: str) -> dict[str, object]:
    return {"kind": "texts", "format": TEXTS_FORMAT, "language": language}


def _require_small(path: str, data: bytes, limit: int) -> None:
    if len(data) > limit:
        raise RuleError(path, f"it is larger than {limit} bytes", "Remove what no client needs.")


def _compile_lexicon(lexicon: Lexicon) -> CompiledLexicon:
    phrases = {slot: list(dict.fromkeys(map(normal_phrase, texts))) for slot, texts in lexicon.slots.items()}
    starts = {slot: dict.fromkeys(phrase.split(" ", 1)[0] for phrase in found) for slot, found in phrases.items()}
    return CompiledLexicon(
        language=lexicon.language,
        slots={slot: "|".join(found) for slot, found in phrases.items()},
        starts={slot: " ".join(found) for slot, found in starts.items()},
    )


def _read_lexicon(compiled: CompiledLexicon) -> Lexicon:
    slots = {slot: tuple(phrases.split("|")) if phrases else () for slot, phrases in compiled.slots.items()}
    try:
        return Lexicon(language=compiled.language, slots=slots)
    except ValidationError as error:
        place = f"{TARGET_PATH}: lexicon {compiled.language}"
        raise RuleError(place, str(error.errors(include_url=False)[0]["msg"]), "Mend the lexicon.") from error
