"""What was published, by which keys, when: a log to which is only ever added, each entry sealed with the one before.

Whoever kept an entry's hash can tell whether anything up to it was altered since.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rollguard.trust.history import NOTHING_BEFORE, Entry, Kind, Published

FILE = "audit.sqlite"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (sequence INTEGER PRIMARY KEY, entry TEXT NOT NULL) STRICT;
CREATE TRIGGER IF NOT EXISTS entries_stay BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END;
CREATE TRIGGER IF NOT EXISTS entries_are_kept BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END;
"""


class AuditLog:
    """The log in a service's data folder. Additions are made under the repository's lock, reading needs none."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / FILE

    def record(self, published: Published, now: datetime) -> Entry | None:
        """Add what is public now; nothing where the last entry says it already."""
        with self._open() as database:
            last = _last(database)
            if last and last.published() == published:
                return None
            sequence = last.sequence + 1 if last else 1
            draft = Entry(
                **published.model_dump(),
                sequence=sequence,
                time=f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
                kind=_kind(last, published, self._rules_before(database)),
                previous=last.hash if last else NOTHING_BEFORE,
                hash="",
            )
            entry = draft.model_copy(update={"hash": draft.seal()})
            database.execute("INSERT INTO entries VALUES (?, ?)", (sequence, entry.model_dump_json()))
            return entry

    def entries(self, after: int = 0, limit: int = 500) -> list[Entry]:
        """Oldest first."""
        with self._open() as database:
            return list(_read(database, "WHERE sequence > ? ORDER BY sequence LIMIT ?", (after, limit)))

    def newest(self, limit: int) -> list[Entry]:
        """Newest first."""
        with self._open() as database:
            return list(_read(database, "ORDER BY sequence DESC LIMIT ?", (limit,)))

    @staticmethod
    def _rules_before(database: sqlite3.Connection) -> set[tuple[str, str]]:
        query = "SELECT DISTINCT entry ->> 'rules_sha256', entry ->> 'texts_sha256' FROM entries"
        return set(database.execute(query))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            database = sqlite3.connect(self._path, timeout=20)
        except sqlite3.OperationalError as error:
            raise OSError(0, str(error), str(self._path)) from error
        try:
            database.execute("PRAGMA synchronous = FULL")
            database.executescript(_SCHEMA)
            with database:
                yield database
        except sqlite3.OperationalError as error:  # a full disk, above all
            raise OSError(0, str(error), str(self._path)) from error
        finally:
            database.close()


def _kind(last: Entry | None, published: Published, rules_before: set[tuple[str, str]]) -> Kind:
    if last is None:
        return "founded"
    rules = published.rules_sha256, published.texts_sha256
    if rules != (last.rules_sha256, last.texts_sha256) and rules in rules_before:
        return "rollback"
    if published.versions["targets"] != last.versions["targets"]:
        return "rules"
    if published.versions.get("recall") != last.versions.get("recall"):
        return "recall"
    return "root"


def _last(database: sqlite3.Connection) -> Entry | None:
    return next(_read(database, "ORDER BY sequence DESC LIMIT 1", ()), None)


def _read(database: sqlite3.Connection, which: str, values: tuple[int, ...]) -> Iterator[Entry]:
    for (entry,) in database.execute(f"SELECT entry FROM entries {which}", values):  # noqa: S608 - our own clauses
        yield Entry.model_validate_json(entry)
