"""Where a service's files are kept, and how the first release comes there."""

from pathlib import Path

from rollguard.service.object_store import open_object_store
from rollguard.service.publishing import Shelf
from rollguard.trust.repository import read_repository
from rollguard.trust.storage import FolderStorage, Storage
from rollguard.trust.writing import TIMESTAMP_PATH


def open_shelf(data_dir: Path, storage: str, poll_interval: int) -> Shelf:
    """The shelf of a service; an empty object store is filled with what `keys init` has put into the data folder.

    Args:
        data_dir: the service's folder.
        storage: `s3://…`, or nothing for the folder `repository` in it.
        poll_interval: how often clients shall ask, in seconds.

    Raises:
        TrustError: the address is none, or there is nothing to serve.
    """
    folder = FolderStorage(data_dir / "repository")
    if not storage:
        return Shelf(data_dir, folder, poll_interval)
    store = open_object_store(storage)
    with store.exclusive():
        if not any(name.endswith(".root.json") for name in store.names("metadata")):
            _copy(folder, store)
    return Shelf(data_dir, store, poll_interval)


def _copy(folder: FolderStorage, store: Storage) -> None:
    """Everything that is there, so that deltas and old versions come along; what makes it public comes last."""
    read_repository(folder)
    names = [
        f"{room}/{name}" for room in ("targets", "targets/texts", "deltas", "metadata") for name in folder.names(room)
    ]
    for path in sorted(names, key=lambda path: (path == TIMESTAMP_PATH, path.endswith(".root.json"))):
        store.write(path, folder.read(path) or b"")
