"""`/openapi.json`: the routes as written down beside this file, the data as the models say that validate it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from rollguard.service.health import Health
from rollguard.service.history import History
from rollguard.service.inputs import Push
from rollguard.service.problems import Problem

_ROUTES = Path(__file__).with_name("openapi.json")


class PushAnswer(BaseModel):
    """What became of a push."""

    version: int
    """Of the public rules."""
    versions: dict[str, int]


@cache
def describe(version: str) -> dict[str, Any]:
    """The OpenAPI document."""
    description: dict[str, Any] = json.loads(_ROUTES.read_text("utf-8"))
    description["info"]["version"] = version
    answers: tuple[type[BaseModel], ...] = (Health, History, Problem, PushAnswer)
    _refs, schemas = models_json_schema(
        [(Push, "validation"), *((answer, "serialization") for answer in answers)],
        ref_template="#/components/schemas/{model}",
    )
    description["components"]["schemas"] = schemas["$defs"]
    return description
