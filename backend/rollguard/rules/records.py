"""Records ↔ lines: one per line as JSON, sorted, fixed to the byte, so that a change is a few lines of difference."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from rollguard.errors import RuleError
from rollguard.rules.shapes import Model

Key = tuple[str, str]
"""Kind and name: what no two records of a file have in common."""
_NAMED_BY = {"lexicon": "language", "remedy": "id", "rule": "id", "text": "rule"}


def write_records(header: Mapping[str, object], records: Iterable[tuple[str, Model]]) -> bytes:
    """A header line, then one line per record; each comes with its kind."""
    # What says nothing is left out: a client that does not know the key yet must not skip the record for it.
    dumped = ({"kind": kind, **record.model_dump(mode="json", exclude_none=True)} for kind, record in records)
    lines = sorted((key_of(record), _line(record)) for record in dumped)
    return "".join(f"{line}\n" for line in [json.dumps(header), *(line for _key, line in lines)]).encode()


def read_records(
    path: str, data: bytes, header: Mapping[str, object], models: Mapping[str, type[Model]]
) -> list[Model]:
    """Read what `write_records` wrote.

    Raises:
        RuleError: naming the line that is wrong.
    """
    try:
        first, *lines = data.decode().split("\n")[:-1]
    except ValueError as error:
        raise RuleError(path, f"it is empty, or not UTF-8: {error}", "Compile the bundle again.") from error
    if _read_line(path, 1, first) != header:
        raise RuleError(f"{path}: line 1", "this is no file that we read", f"Its header: {json.dumps(header)}.")
    return [_parse(path, number, line, models) for number, line in enumerate(lines, 2)]


def order_problem(path: str, data: bytes) -> str | None:
    """Why bytes are not in the order in which `write_records` writes; None where they are.

    A delta names lines and puts them back in this order, so another order would never come out of one.
    """
    _header, *lines = data.decode().split("\n")
    if not lines or lines.pop():
        return "its last line does not end"
    keys = []
    for number, line in enumerate(lines, 2):
        record = _read_line(path, number, line)
        if line != _line(record):
            return f"line {number} is not written as the compiler writes it"
        keys.append(key_of(record))
    return None if keys == sorted(set(keys)) else "its lines are not sorted, or one comes twice"


def key_of(record: Mapping[str, Any]) -> Key:
    """What a record is sorted by, and a delta names it by.

    Raises:
        KeyError: it is of a kind that is not known here, or has no name.
    """
    kind = record["kind"]
    return kind, str(record[_NAMED_BY[kind]])


def _parse(path: str, number: int, line: str, models: Mapping[str, type[Model]]) -> Model:
    record = _read_line(path, number, line)
    model = models.get(str(record.pop("kind", "")))
    if model is None:
        raise RuleError(f"{path}: line {number}", "its kind is unknown", f"Known: {', '.join(models)}.")
    try:
        return model.model_validate(record)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        place = f"{path}: line {number}: {key}"
        raise RuleError(place, str(first["msg"]), "Mend the rule and compile again.") from error


def _read_line(path: str, number: int, line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RuleError(f"{path}: line {number}", f"it is not JSON: {error}", "Compile again.") from error
    if not isinstance(record, dict):
        raise RuleError(f"{path}: line {number}", "it is no record", "Compile the bundle again.")
    return record


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
