"""Verified files → folders and archives, the same bytes for the same files, put in place only when all are there."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from rollguard.build.verify import Files

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold
_UNIX = 3


def zip_bytes(files: Files) -> bytes:
    """An archive that depends on names and contents alone."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _LONG_AGO)
            entry.create_system = _UNIX  # whatever the machine is
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[path])
    return buffer.getvalue()


def write_folder(folder: Path, files: Files) -> None:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A folder beside `out` to build in. What stands there at the end replaces its namesakes; on error nothing does."""
    out.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    fresh, old = scratch / "new", scratch / "old"
    fresh.mkdir()
    old.mkdir()
    try:
        yield fresh
        out.mkdir(exist_ok=True)
        for entry in sorted(fresh.iterdir()):
            _swap(entry, out / entry.name, old / entry.name)
    finally:
        shutil.rmtree(scratch)


def _swap(new: Path, place: Path, aside: Path) -> None:
    had_one = place.exists()
    if had_one:
        place.rename(aside)
    try:
        new.rename(place)
    except OSError:
        if had_one:
            aside.rename(place)
        raise
