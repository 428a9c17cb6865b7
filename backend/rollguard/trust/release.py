"""What a maintainer pushes: signed metadata with the files that it speaks of, as exact bytes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from rollguard.errors import PublishError
from rollguard.rules.compiler import TEXTS_FOLDER, Compiled, is_compiled_path

MAX_PUSH_BYTES = 8_000_000
"""Rules of the largest size, and the texts of all languages; more than a push has ever been."""
_KEYS = {"targets", "snapshot", "recall", "files", "roots"}


@dataclass(frozen=True)
class Release:
    """Bytes as they were signed; nobody serialises them again."""

    targets: bytes
    snapshot: bytes
    recall: bytes
    """Metadata of the delegated role that switches rules off."""
    files: Mapping[str, bytes]
    """Target path → content. On the wire, what is public already may be left out."""
    roots: tuple[bytes, ...] = ()
    """Roots that follow the public one, oldest first."""

    @property
    def compiled(self) -> Compiled:
        """Rules and texts, without what is recalled."""
        return {path: data for path, data in self.files.items() if is_compiled_path(path)}

    def to_json(self) -> bytes:
        """The body of `POST /push`."""
        return json.dumps(
            {
                "targets": self.targets.decode(),
                "snapshot": self.snapshot.decode(),
                "recall": self.recall.decode(),
                "files": {path: data.decode() for path, data in self.files.items()},
                "roots": [root.decode() for root in self.roots],
            },
            ensure_ascii=False,  # else each letter of most languages takes six bytes, and the limit is near
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
        if not isinstance(push, dict) or push.keys() != _KEYS:
            raise _refusal(f"its keys are not exactly {', '.join(sorted(_KEYS))}")
        files, roots = push["files"], push["roots"]
        if not isinstance(files, dict):
            raise _refusal("files is no object")
        if not isinstance(roots, list):
            raise _refusal("roots is no list")
        return cls(
            targets=_to_bytes(push["targets"], "targets"),
            snapshot=_to_bytes(push["snapshot"], "snapshot"),
            recall=_to_bytes(push["recall"], "recall"),
            files={path: _to_bytes(text, path) for path, text in files.items()},
            roots=tuple(_to_bytes(text, f"root {number}") for number, text in enumerate(roots, 1)),
        )

    def without(self, public: "Release") -> "Release":
        """For the wire: without the files that are public as they are."""
        files = {path: data for path, data in self.files.items() if public.files.get(path) != data}
        return replace(self, files=files)

    def completed_from(self, public: "Release") -> "Release":
        """Off the wire: a file that was left out is the public one. Whether it fits, verification says.

        A language that is given up is spoken of by nobody any more, and not brought back.
        """
        kept = {path: data for path, data in public.files.items() if not _is_given_up(path, self.targets)}
        return replace(self, files={**kept, **self.files})


def _is_given_up(path: str, targets: bytes) -> bool:
    return path.startswith(TEXTS_FOLDER) and json.dumps(path).encode() not in targets


def _to_bytes(text: object, name: str) -> bytes:
    if not isinstance(text, str):
        raise _refusal(f"{name} is no text")
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise _refusal(f"{name} is no Unicode text") from error


def _refusal(reason: str) -> PublishError:
    return PublishError("the pushed body", reason, "Push with `rollguard rules push`, which writes it as it must be.")
