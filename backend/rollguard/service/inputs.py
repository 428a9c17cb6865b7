"""What comes in from outside, validated before anything else looks at it; `/openapi.json` shows these very models."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rollguard.errors import PublishError
from rollguard.trust.release import Release

_MAX_ROOTS = 32
_MAX_FILES = 100
"""The bundle, and the texts of each language."""
_Text = Annotated[str, Field(strict=True)]
Path = Annotated[str, Field(max_length=100)]


class Push(BaseModel):
    """The exact text of what maintainers have signed. Files that are public already may be left out."""

    model_config = ConfigDict(extra="forbid", strict=True)

    targets: _Text = Field(description="The text of the targets metadata, new or as it is public.")
    snapshot: _Text = Field(description="The text of the new snapshot metadata.")
    recall: _Text = Field(description="The text of the recall metadata, new or as it is public.")
    files: dict[Path, _Text] = Field(description="Target path to text.", max_length=_MAX_FILES)
    roots: list[_Text] = Field(default=[], description="Roots that follow the public one.", max_length=_MAX_ROOTS)

    def to_release(self) -> Release:
        return Release(
            targets=self.targets.encode(),
            snapshot=self.snapshot.encode(),
            recall=self.recall.encode(),
            files={path: text.encode() for path, text in self.files.items()},
            roots=tuple(root.encode() for root in self.roots),
        )


class HistoryQuery(BaseModel):
    """Which part of the history is asked for."""

    model_config = ConfigDict(extra="forbid")

    after: int = Field(0, ge=0, le=2**53, description="Only entries with a greater sequence.")
    limit: int = Field(500, ge=1, le=500, description="No more entries than this.")


def read_push(body: bytes) -> Release:
    """Read a pushed body.

    Raises:
        PublishError: it is something else.
    """
    try:
        return Push.model_validate_json(body).to_release()
    except ValidationError as error:
        next_step = "Push with `rollguard rules push`, which writes it as it must be."
        raise PublishError("the pushed body", _words(error), next_step) from error


def read_history_query(arguments: dict[str, str]) -> HistoryQuery:
    """Read the query of `/history.json`.

    Raises:
        PublishError: it asks for something else.
    """
    try:
        return HistoryQuery.model_validate(arguments)
    except ValidationError as error:
        raise PublishError("the query", _words(error), "/openapi.json says what can be asked.") from error


def _words(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    if first["type"] == "json_invalid":
        return f"it is not JSON: {first['msg'].removeprefix('Invalid JSON: ')}"
    return f"{where}: {first['msg']}" if where else first["msg"]
