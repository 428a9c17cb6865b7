"""A maintainer's private key. Nothing that the service imports may import this module."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner

from rollguard.errors import TrustError
from rollguard.trust.storage import write_atomically

KEY_FILE = "maintainer.pem"
ROOT_FILE = "root.json"
PASSPHRASE_VARIABLE = "ROLLGUARD_KEY_PASSPHRASE"  # noqa: S105 - where it is found, not what it is
_ONLY_OWNER = 0o600


@dataclass(frozen=True)
class MaintainerKeys:
    """What a maintainer signs with, and whom she trusts."""

    signer: CryptoSigner = field(repr=False)
    root: bytes = field(repr=False)
    """The root that her trust begins with: what a service says is verified against this one, not against its own."""


def load_keys(folder: Path) -> MaintainerKeys:
    """Read a maintainer's folder; the passphrase comes from the environment, so that no history keeps it.

    Raises:
        TrustError: a file is missing, or the passphrase is wrong.
    """
    path = folder / KEY_FILE
    try:
        pem, root = path.read_bytes(), (folder / ROOT_FILE).read_bytes()
    except FileNotFoundError as error:
        raise TrustError(
            str(error.filename), "there is no such file", "Make keys with `rollguard keys init`, or name their folder."
        ) from error
    passphrase = _passphrase()
    try:
        key = load_pem_private_key(pem, passphrase)
    except TypeError as error:
        reason = "it is not encrypted, but a passphrase was given" if passphrase else "it is encrypted"
        raise TrustError(str(path), reason, f"Set {PASSPHRASE_VARIABLE}, or leave it out.") from error
    except ValueError as error:
        raise TrustError(
            str(path), "it is no private key, or the passphrase is wrong", f"Check {PASSPHRASE_VARIABLE}."
        ) from error
    return MaintainerKeys(CryptoSigner(key), root)


def write_keys(folder: Path, keys: MaintainerKeys, private_key: Ed25519PrivateKey) -> None:
    """Write a maintainer's folder, for her eyes only; encrypted where the environment has a passphrase."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_private_key(folder / KEY_FILE, private_key, _passphrase())
    write_atomically(folder / ROOT_FILE, keys.root, _ONLY_OWNER)


def write_private_key(path: Path, private_key: Ed25519PrivateKey, passphrase: bytes | None = None) -> None:
    encryption: KeySerializationEncryption = NoEncryption()
    if passphrase:
        encryption = BestAvailableEncryption(passphrase)
    write_atomically(path, private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption), _ONLY_OWNER)


def _passphrase() -> bytes | None:
    return os.environ.get(PASSPHRASE_VARIABLE, "").encode() or None
