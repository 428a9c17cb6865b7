"""Files that are either old or new, never torn, and one writer at a time."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LEFTOVER = ".part"


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
    for path in folder.glob(f"*/.*{_LEFTOVER}"):
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
