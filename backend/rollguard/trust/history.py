"""Entries of the log of what was published, each sealed with the one before. Who keeps them is elsewhere."""

import hashlib
import json
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from rollguard.rules.compiler import TARGET_PATH, Compiled

NOTHING_BEFORE = "0" * 64
Kind = Literal["founded", "rules", "recall", "root", "rollback"]


class Published(BaseModel):
    """One state of the repository: what an entry is about."""

    model_config = ConfigDict(frozen=True)

    versions: dict[str, int]
    """Of root, targets, recall and snapshot."""
    snapshot_sha256: str
    rules_sha256: str
    texts_sha256: str
    """Of the lines that `sha256sum texts/*` would write, sorted by path."""
    recalled_sha256: str
    signed_by: dict[str, tuple[str, ...]]
    """Role → ids of the keys whose signatures hold."""


class Entry(Published):
    sequence: int
    time: str
    kind: Kind
    previous: str
    """The hash of the entry before."""
    hash: str
    """SHA-256 of everything else in here, as JSON with sorted keys and without spaces."""

    def published(self) -> Published:
        """Without what the log adds."""
        return Published(**self.model_dump(include=set(Published.model_fields)))

    def seal(self) -> str:
        """What `hash` must be."""
        content = self.model_dump(mode="json", exclude={"hash"})
        return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def digest_texts(compiled: Compiled) -> str:
    """One for all languages: of the lines that `sha256sum texts/*` writes."""
    paths = sorted(compiled.keys() - {TARGET_PATH})
    lines = [f"{hashlib.sha256(compiled[path]).hexdigest()}  {path}\n" for path in paths]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def first_break(entries: Sequence[Entry], previous: str = NOTHING_BEFORE, sequence: int = 0) -> int | None:
    """The first entry that does not follow from the one before it, or whose seal is broken."""
    for entry in entries:
        sequence += 1
        if (entry.sequence, entry.previous, entry.hash) != (sequence, previous, entry.seal()):
            return sequence
        previous = entry.hash
    return None
