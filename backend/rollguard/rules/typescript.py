"""Models → TypeScript: the page's types come from the same source as the maintainers'.

`rollguard rules schema --typescript` writes `extension/src/shared/bundle_types.ts`; a test holds the two together.
"""

import types
import typing
from typing import Any, get_args, get_origin

from rollguard.rules.model import (
    BUNDLE_FORMAT,
    ENGINE,
    TEXTS_FORMAT,
    CompiledLexicon,
    Consequence,
    Controls,
    Requirement,
    Rollout,
    Rule,
    RuleText,
    Scope,
)
from rollguard.rules.remedy import Remedy
from rollguard.rules.shapes import Model, Source

MODELS: tuple[type[Model], ...] = (
    Scope,
    Requirement,
    Controls,
    Source,
    Rollout,
    Rule,
    Consequence,
    RuleText,
    CompiledLexicon,
    Remedy,
)
_HEADER = """\
/** Generated from backend/rollguard/rules/model.py by `rollguard rules schema --typescript`; edit that instead. */

export type Severity = "warning" | "notice";
"""
_UNIONS = (types.UnionType, typing.Union)  # the second one where a part is annotated
_SCALARS: dict[Any, str] = {str: "string", int: "number", bool: "boolean"}


def typescript_types() -> str:
    """The whole module, formatted as `deno fmt` would."""
    formats = {"ENGINE": ENGINE, "BUNDLE_FORMAT": BUNDLE_FORMAT, "TEXTS_FORMAT": TEXTS_FORMAT}
    blocks = [_HEADER, "".join(f"export const {name} = {value};\n" for name, value in formats.items())]
    for model in MODELS:
        fields = "".join(
            f"  {name}{'?' if _may_be_left_out(field.annotation) else ''}: {_type(field.annotation)};\n"
            for name, field in model.model_fields.items()
        )
        blocks.append(f"export interface {model.__name__} {{\n{fields}}}\n")
    keys = "".join(
        f"  {model.__name__}: {{\n"
        + "".join(f'    {name}: "{_shape(field.annotation)}",\n' for name, field in model.model_fields.items())
        + "  },\n"
        for model in MODELS
    )
    blocks.append(
        f"/** Every key of every record, with its shape: what a received record is held against. */\n"
        f"export const SHAPES = {{\n{keys}}} as const;\n"
    )
    return "\n".join(blocks)


def _type(annotation: Any) -> str:
    annotation = _plain(annotation)
    if annotation in _SCALARS:
        return _SCALARS[annotation]
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is tuple:
        return f"{_type(args[0])}[]"
    if origin is dict:
        return f"Record<string, {_type(args[1])}>"
    if origin is typing.Literal:
        return "Severity"
    return str(annotation.__name__)


def _shape(annotation: Any) -> str:
    """The type as one word that a few lines of TypeScript can check: `string[]`, `{string[]}`, `Rollout?`."""
    if _may_be_left_out(annotation):
        return _shape(_plain(annotation)) + "?"
    annotation = _plain(annotation)
    if get_origin(annotation) is dict:
        return "{" + _shape(get_args(annotation)[1]) + "}"
    if get_origin(annotation) is tuple:
        return f"{_shape(get_args(annotation)[0])}[]"
    return "Severity" if get_origin(annotation) is typing.Literal else _type(annotation)


def _may_be_left_out(annotation: Any) -> bool:
    return get_origin(annotation) in _UNIONS and types.NoneType in get_args(annotation)


def _plain(annotation: Any) -> Any:
    while get_origin(annotation) in {typing.Annotated, *_UNIONS}:
        annotation = get_args(annotation)[0]
    return annotation
