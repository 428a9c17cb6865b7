"""Bundle ↔ bytes: one record per line, sorted, fixed to the byte, so that a change is a few lines of difference."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from rollguard.errors import RuleError
from rollguard.rules.model import BUNDLE_FORMAT, Bundle, CompiledLexicon, Lexicon, Model, Rule, RuleText
from rollguard.rules.slots import normal_phrase

TARGET_PATH = "rules.jsonl"
"""The bundle's name in the TUF repository."""
MAX_BYTES = 4_000_000
_KINDS: dict[str, type[Model]] = {"lexicon": CompiledLexicon, "rule": Rule, "text": RuleText}


def compile_bundle(bundle: Bundle) -> bytes:
    """The bytes that are signed: a header line, then one record per rule, lexicon and text."""
    records = [
        *(_line("lexicon", lexicon.language, _compile_lexicon(lexicon)) for lexicon in bundle.lexicons),
        *(_line("rule", rule.id, rule) for rule in bundle.rules),
        *(_line("text", f"{text.rule}/{text.language}", text) for text in bundle.texts),
    ]
    lines = [
        json.dumps({"kind": "bundle", "format": BUNDLE_FORMAT}),
        *(line for _key, line in sorted(records)),
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def order_problem(data: bytes) -> str | None:
    """Why bytes are not in the order in which `compile_bundle` writes; None where they are.

    A delta names lines and puts them back in this order, so another order would never come out of one.
    """
    _header, *lines = data.decode().split("\n")
    if not lines or lines.pop():
        return "its last line does not end"
    keys = []
    for number, line in enumerate(lines, 2):
        record = _read_line(number, line)
        if line != json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")):
            return f"line {number} is not written as the compiler writes it"
        keys.append(_key(record))
    return None if keys == sorted(set(keys)) else "its lines are not sorted, or one comes twice"


def _key(record: Mapping[str, Any]) -> tuple[str, str]:
    kind = str(record.get("kind"))
    keys = {"lexicon": record.get("language"), "rule": record.get("id")}
    return kind, str(keys.get(kind, f"{record.get('rule')}/{record.get('language')}"))


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
    return Lexicon(language=compiled.language, slots=slots)


def parse_bundle(data: bytes) -> Bundle:
    """Read what `compile_bundle` wrote.

    Raises:
        RuleError: naming the line that is wrong.
    """
    if len(data) > MAX_BYTES:
        raise RuleError(TARGET_PATH, f"it is larger than {MAX_BYTES} bytes", "Remove what no client needs.")
    try:
        header, *lines = data.decode().split("\n")[:-1]
    except ValueError as error:
        raise RuleError(TARGET_PATH, f"it is empty, or not UTF-8: {error}", "Compile the bundle again.") from error
    if _read_line(1, header) != {"kind": "bundle", "format": BUNDLE_FORMAT}:
        raise RuleError(f"{TARGET_PATH}: line 1", "this is not a bundle that we read", f"Its format: {BUNDLE_FORMAT}.")
    records = [_parse_record(number, line) for number, line in enumerate(lines, 2)]
    return Bundle(
        rules=tuple(record for record in records if isinstance(record, Rule)),
        lexicons=tuple(record for record in records if isinstance(record, Lexicon)),
        texts=tuple(record for record in records if isinstance(record, RuleText)),
    )


def _parse_record(number: int, line: str) -> Model:
    record = _read_line(number, line)
    model = _KINDS.get(str(record.pop("kind", "")))
    if model is None:
        raise RuleError(f"{TARGET_PATH}: line {number}", "its kind is unknown", f"Known: {', '.join(_KINDS)}.")
    try:
        read = model.model_validate(record)
        return _read_lexicon(read) if isinstance(read, CompiledLexicon) else read
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        place = f"{TARGET_PATH}: line {number}: {key}"
        raise RuleError(place, str(first["msg"]), "Mend the rule and compile again.") from error


def _read_line(number: int, line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RuleError(f"{TARGET_PATH}: line {number}", f"it is not JSON: {error}", "Compile again.") from error
    if not isinstance(record, dict):
        raise RuleError(f"{TARGET_PATH}: line {number}", "it is no record", "Compile the bundle again.")
    return record


def _line(kind: str, key: str, record: Model) -> tuple[tuple[str, str], str]:
    # What says nothing is left out: a client that does not know the key yet must not skip the rule for it.
    data = {"kind": kind, **record.model_dump(mode="json", exclude_none=True)}
    return (kind, key), json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
