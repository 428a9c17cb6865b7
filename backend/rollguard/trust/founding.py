"""The first day: keys, root and the first release, into empty folders. Or a second maintainer's first day."""

from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner, Signer

from rollguard.errors import TrustError
from rollguard.rules.compiler import Compiled
from rollguard.trust.keys import (
    KEY_FILE,
    SIGNER_FILE,
    MaintainerKeys,
    free_path,
    has_keys,
    load_signer,
    passphrase,
    write_pinned_root,
    write_private_key,
    write_remote_signer,
)
from rollguard.trust.public_key import public_pem, read_public_key
from rollguard.trust.signing import sign_first_release, sign_root
from rollguard.trust.storage import write_atomically
from rollguard.trust.timestamp import sign_timestamp
from rollguard.trust.verification import verify_first_root
from rollguard.trust.writing import write_release, write_root, write_timestamp

Remote = tuple[str, Path]
"""Address and public key (a PEM file) of a key that is in a device or a key service already."""


def init_keys(
    keys_dir: Path, data_dir: Path, bundle: Compiled, now: datetime, remote: Remote | None = None
) -> MaintainerKeys:
    """Make a maintainer's key and a service's timestamp key, and publish `bundle` as the first release.

    Raises:
        TrustError: there are keys or a repository already; nothing is ever overwritten.
    """
    require_empty(data_dir)
    _require_no_keys(keys_dir)
    timestamp_key = Ed25519PrivateKey.generate()
    keys = MaintainerKeys(make_signer(keys_dir, remote), b"")
    root = sign_root(keys, CryptoSigner(timestamp_key).public_key, now)
    write_pinned_root(keys_dir, root)
    keys = MaintainerKeys(keys.signer, root)
    found_service(data_dir, keys, timestamp_key, bundle, now)
    return keys


def join_keys(keys_dir: Path, root: bytes, remote: Remote | None = None) -> MaintainerKeys:
    """Make a key for a service that others have founded; one of them adds it.

    Args:
        keys_dir: the new maintainer's folder.
        root: as a maintainer has handed it over; her trust begins with it.
        remote: where the key is, if it is no file.

    Raises:
        TrustError: there are keys already, or that is no root.
    """
    verify_first_root(root)
    _require_no_keys(keys_dir)
    signer = make_signer(keys_dir, remote)
    write_pinned_root(keys_dir, root)
    return MaintainerKeys(signer, root)


def make_signer(keys_dir: Path, remote: Remote | None = None) -> Signer:
    """A new private key in the folder, or the address of one elsewhere; with the public half as a file to hand on."""
    keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = free_path(keys_dir, SIGNER_FILE if remote else KEY_FILE)
    if remote:
        uri, public = remote
        write_remote_signer(path, uri, read_public_key(public))
    else:
        write_private_key(path, Ed25519PrivateKey.generate(), passphrase())
    try:
        signer = load_signer(path)
    except TrustError:
        path.unlink()  # an address that leads nowhere
        raise
    write_atomically(path.with_suffix(".pub"), public_pem(signer.public_key))
    return signer


def make_timestamp_key(data_dir: Path) -> Path:
    """The service's next key, beside the present one; it signs once a root names it.

    Returns:
        The file with its public half.
    """
    private_key = Ed25519PrivateKey.generate()
    path = free_path(data_dir / "keys", "timestamp.pem")
    write_private_key(path, private_key)
    public = path.with_suffix(".pub")
    write_atomically(public, public_pem(CryptoSigner(private_key).public_key))
    return public


def found_service(
    data_dir: Path, keys: MaintainerKeys, timestamp_key: Ed25519PrivateKey, bundle: Compiled, now: datetime
) -> None:
    """Fill a service's data folder."""
    write_private_key(data_dir / "keys" / "timestamp.pem", timestamp_key)
    found_repository(data_dir / "repository", keys, timestamp_key, bundle, now)


def found_repository(
    folder: Path, keys: MaintainerKeys, timestamp_key: Ed25519PrivateKey, bundle: Compiled, now: datetime
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


def _require_no_keys(keys_dir: Path) -> None:
    if has_keys(keys_dir):
        raise TrustError(str(keys_dir), "there is a key already", "Name another folder, or move this one away.")
