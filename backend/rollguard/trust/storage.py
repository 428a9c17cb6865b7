"""Where a repository is kept: files that are either old or new, never torn, and one writer at a time.

`Storage` is the interface; a folder is its back end here, an object store the one in `object_store`.
"""

import fcntl
import os
import tempfile
from collections.abc import Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from rollguard.errors import TrustError

_LEFTOVER = ".part"


def target_path(path: str, sha256: str) -> str:
    """Where a target lies: its hash goes before its name, not before its folder."""
    folder, slash, name = path.rpartition("/")
    return f"targets/{folder}{slash}{sha256}.{name}"


class Storage(Protocol):
    """A repository's files, by their path in its layout (`metadata/1.root.json`)."""

    def read(self, path: str) -> bytes | None:
        """The bytes; None where there is no such file."""

    def write(self, path: str, data: bytes) -> None:
        """Whoever reads at any moment finds the old bytes or the new ones."""

    def remove(self, path: str) -> None:
        """It may be gone already."""

    def names(self, folder: str) -> list[str]:
        """The files in a folder, sorted."""

    def stamp(self, path: str) -> Hashable:
        """Something that is another one after every write; None where there is no such file."""

    def exclusive(self) -> AbstractContextManager[None]:
        """One writer at a time; a writer that is killed does not shut out the next one for good."""


class FolderStorage:
    """A folder, which any web server can hand out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._root = str(folder)

    def __str__(self) -> str:
        return str(self.folder)

    def read(self, path: str) -> bytes | None:
        try:
            return (self.folder / path).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None

    def write(self, path: str, data: bytes) -> None:
        write_atomically(self.folder / path, data)

    def remove(self, path: str) -> None:
        (self.folder / path).unlink(missing_ok=True)

    def names(self, folder: str) -> list[str]:
        return sorted(path.name for path in (self.folder / folder).glob("[!.]*") if path.is_file())

    def stamp(self, path: str) -> Hashable:
        try:
            status = os.stat(f"{self._root}/{path}")  # noqa: PTH116 - at every read, and several times as fast
        except FileNotFoundError:
            return None
        return status.st_mtime_ns, status.st_ino  # the clocks of file systems tick slowly

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        if not self.folder.parent.is_dir():
            next_step = "Make one with `rollguard keys init`, or name another folder."
            raise TrustError(str(self.folder), "there is no repository in it", next_step)
        with exclusive(self.folder.parent):
            remove_leftovers(self.folder)
            yield


def write_atomically(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Whoever reads `path` at any moment, or after a power cut, finds the old bytes or the new ones."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=_LEFTOVER)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def remove_leftovers(folder: Path) -> None:
    """What a writer left that was killed. Only under the lock: another writer's file looks the same."""
    for path in folder.glob(f"**/.*{_LEFTOVER}"):
        path.unlink(missing_ok=True)


@contextmanager
def exclusive(data_dir: Path) -> Iterator[None]:
    """One writer at a time, across threads and processes; the lock ends with its holder, however that ends."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _sync_folder(folder: Path) -> None:
    # A rename is on the disk only when its folder is.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
