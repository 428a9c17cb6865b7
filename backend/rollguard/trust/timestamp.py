"""The timestamp: how fresh everything is. Its key is the only one that the service holds, and can say nothing else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, MetaFile, Root, Timestamp

from rollguard.errors import TrustError
from rollguard.trust.release import Release
from rollguard.trust.repository import ROOT_VERSION_KEY, Repository, read_repository
from rollguard.trust.storage import FolderStorage, Storage
from rollguard.trust.verification import verify_release, verify_timestamp
from rollguard.trust.writing import write_timestamp

LIFETIME = timedelta(days=2)
SIGN_AGAIN_AFTER = timedelta(hours=1)
DEFAULT_POLL_INTERVAL = 60
_POLL_INTERVAL_KEY = "poll_interval"


def load_timestamp_key(data_dir: Path, root: Root | None = None) -> CryptoSigner:
    """The service's own key: of those in its folder the one that `root` names.

    So the next key can lie there before the root names it, and the old one may stay.

    Raises:
        TrustError: it is missing, or no key.
    """
    folder = data_dir / "keys"
    paths = sorted(folder.glob("timestamp*.pem"), key=lambda path: (len(path.name), path.name))
    if not paths:
        path = folder / "timestamp.pem"
        raise TrustError(str(path), "there is no such file", "Make keys with `rollguard keys init`.")
    signers = [_load(path) for path in paths]
    named = root.roles["timestamp"].keyids if root else ()
    return next((signer for signer in signers if signer.public_key.keyid in named), signers[0])


def sign_timestamp(  # noqa: PLR0913 - each of them is in the signed bytes, or decides them
    root: Root,
    release: Release,
    signer: CryptoSigner,
    now: datetime,
    *,
    previous: Timestamp | None = None,
    poll_interval: int = DEFAULT_POLL_INTERVAL,
) -> bytes:
    """A timestamp for `release`.

    Its version is the second it was signed in, and more than the previous one's: so a service that was restored from an
    old backup is still ahead of what its clients have seen, and need not be refused as a rollback.
    """
    now = now.astimezone(UTC)
    snapshot = verify_release(root, release).snapshot
    signed = Timestamp(
        version=max(int(now.timestamp()), previous.version + 1 if previous else 1),
        expires=now + LIFETIME,
        snapshot_meta=MetaFile.from_data(snapshot.version, release.snapshot, ["sha256"]),
        unrecognized_fields={_POLL_INTERVAL_KEY: poll_interval, ROOT_VERSION_KEY: root.version},
    )
    metadata = Metadata(signed)
    metadata.sign(signer)
    data = metadata.to_bytes()
    verify_timestamp(root, data)
    return data


def refresh_timestamp(
    data_dir: Path, now: datetime, poll_interval: int = DEFAULT_POLL_INTERVAL, storage: Storage | None = None
) -> bool:
    """Sign again what is published, where that is due; the first of all timestamps makes the first release public.

    Args:
        data_dir: holds `keys/`, and `repository/` where no other storage is named.
        now: the clock.
        poll_interval: how often clients shall ask, in seconds.
        storage: where the repository is kept.

    Returns:
        Whether it was due.

    Raises:
        TrustError: what is published does not verify, or the key is missing or wrong.
    """
    storage = storage or FolderStorage(data_dir / "repository")
    with storage.exclusive():
        repository = read_repository(storage)
        if not _is_due(repository, now, poll_interval):
            return False
        timestamp = sign_timestamp(
            repository.root,
            repository.release,
            load_timestamp_key(data_dir, repository.root),
            now,
            previous=repository.timestamp,
            poll_interval=poll_interval,
        )
        write_timestamp(storage, timestamp)
        return True


def _is_due(repository: Repository, now: datetime, poll_interval: int) -> bool:
    timestamp = repository.timestamp
    if timestamp is None or not repository.is_announced:
        return True
    said = {_POLL_INTERVAL_KEY: poll_interval, ROOT_VERSION_KEY: repository.root.version}
    if any(timestamp.unrecognized_fields.get(key) != value for key, value in said.items()):
        return True
    left = timestamp.expires - now.astimezone(UTC)
    # More than a lifetime: it was signed while the clock was ahead, and would pass for fresh for too long.
    return not LIFETIME - SIGN_AGAIN_AFTER <= left <= LIFETIME


def _load(path: Path) -> CryptoSigner:
    try:
        return CryptoSigner(load_pem_private_key(path.read_bytes(), None))
    except (ValueError, TypeError) as error:
        raise TrustError(str(path), "it is no unencrypted private key", "Restore the file from your backup.") from error
