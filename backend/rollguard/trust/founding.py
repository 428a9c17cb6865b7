"""The first day: keys, root and the first release, into empty folders."""

from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner

from rollguard.errors import TrustError
from rollguard.trust.keys import KEY_FILE, MaintainerKeys, write_keys, write_private_key
from rollguard.trust.repository import write_release, write_root, write_timestamp
from rollguard.trust.signing import sign_first_release, sign_root
from rollguard.trust.timestamp import sign_timestamp
from rollguard.trust.verification import verify_first_root


def init_keys(keys_dir: Path, data_dir: Path, bundle: bytes, now: datetime) -> MaintainerKeys:
    """Make a maintainer's key and a service's timestamp key, and publish `bundle` as the first release.

    Raises:
        TrustError: there are keys or a repository already; nothing is ever overwritten.
    """
    require_empty(data_dir)
    if (keys_dir / KEY_FILE).exists():
        raise TrustError(
            str(keys_dir / KEY_FILE), "there is a key already", "Name another folder, or move this one away."
        )
    private_key, timestamp_key = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    signer = CryptoSigner(private_key)
    keys = MaintainerKeys(signer, sign_root(signer, CryptoSigner(timestamp_key).public_key, now))
    write_keys(keys_dir, keys, private_key)
    found_service(data_dir, keys, timestamp_key, bundle, now)
    return keys


def found_service(
    data_dir: Path, keys: MaintainerKeys, timestamp_key: Ed25519PrivateKey, bundle: bytes, now: datetime
) -> None:
    """Fill a service's data folder."""
    write_private_key(data_dir / "keys" / "timestamp.pem", timestamp_key)
    found_repository(data_dir / "repository", keys, timestamp_key, bundle, now)


def found_repository(
    folder: Path, keys: MaintainerKeys, timestamp_key: Ed25519PrivateKey, bundle: bytes, now: datetime
) -> None:
    """A complete repository: the first release with its timestamp, ready to be served or baked into a build."""
    release = sign_first_release(keys, bundle, now)
    root = verify_first_root(keys.root)
    timestamp = sign_timestamp(root, release, CryptoSigner(timestamp_key), now)
    # A folder without a root counts as empty, so a founding that was cut short before it can be repeated.
    write_release(folder, release)
    write_root(folder, keys.root)
    write_timestamp(folder, timestamp)


def require_empty(data_dir: Path) -> None:
    """Refuse to found a service where there is one.

    Raises:
        TrustError: there is a root in it.
    """
    if any((data_dir / "repository" / "metadata").glob("*.root.json")):
        raise TrustError(
            str(data_dir), "there is a repository already", "Name another folder with --data, or move this one away."
        )
