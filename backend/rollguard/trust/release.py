"""What a maintainer pushes: signed targets and snapshot, with the files they speak of, as exact bytes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from rollguard.errors import PublishError

MAX_PUSH_BYTES = 5_000_000


@dataclass(frozen=True)
class Release:
    """Bytes as they were signed; nobody serialises them again."""

    targets: bytes
    snapshot: bytes
    files: Mapping[str, bytes]
    """Target path → content."""

    def to_json(self) -> bytes:
        """The body of `POST /push`."""
        return json.dumps(
            {
                "targets": self.targets.decode(),
                "snapshot": self.snapshot.decode(),
                "files": {path: data.decode() for path, data in self.files.items()},
            }
        ).encode()

    @classmethod
    def from_json(cls, body: bytes) -> "Release":
        """Read what `to_json` wrote.

        Raises:
            PublishError: the body is something else.
        """
        if len(body) > MAX_PUSH_BYTES:
            raise _refusal(f"it is larger than {MAX_PUSH_BYTES} bytes")
        try:
            push = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise _refusal(f"it is not JSON: {error}") from error
        if not isinstance(push, dict) or push.keys() != {"targets", "snapshot", "files"}:
            raise _refusal("its keys are not exactly targets, snapshot and files")
        files = push["files"]
        if not isinstance(files, dict):
            raise _refusal("files is no object")
        return cls(
            targets=_to_bytes(push["targets"], "targets"),
            snapshot=_to_bytes(push["snapshot"], "snapshot"),
            files={path: _to_bytes(text, path) for path, text in files.items()},
        )


def _to_bytes(text: object, name: str) -> bytes:
    if not isinstance(text, str):
        raise _refusal(f"{name} is no text")
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise _refusal(f"{name} is no Unicode text") from error


def _refusal(reason: str) -> PublishError:
    return PublishError("the pushed body", reason, "Push with `rollguard rules push`, which writes it as it must be.")
