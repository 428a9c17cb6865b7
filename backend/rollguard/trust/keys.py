"""A maintainer's private keys. Nothing that the service imports may import this module.

A folder holds one key or several: `maintainer*.pem`, or `signer*.json` for a key that never leaves a device or a key
service. Of these, each signs what a root names it for; so a new key can lie there before the root names it.
"""

import json
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
from securesystemslib.signer import CryptoSigner, Key, Signer

from rollguard.errors import TrustError
from rollguard.trust.public_key import require_readable_by_clients
from rollguard.trust.storage import write_atomically

KEY_FILE = "maintainer.pem"
SIGNER_FILE = "signer.json"
ROOT_FILE = "root.json"
PASSPHRASE_VARIABLE = "ROLLGUARD_KEY_PASSPHRASE"  # noqa: S105 - where it is found, not what it is
_ONLY_OWNER = 0o600


@dataclass(frozen=True)
class MaintainerKeys:
    """What a maintainer signs with, and whom she trusts."""

    signer: Signer = field(repr=False)
    root: bytes = field(repr=False)
    """The root that her trust begins with: what a service says is verified against this one, not against its own."""
    others: tuple[Signer, ...] = field(default=(), repr=False)
    """Older or newer keys of hers."""

    @property
    def signers(self) -> tuple[Signer, ...]:
        return (self.signer, *self.others)


def has_keys(folder: Path) -> bool:
    return bool(_key_files(folder))


def load_keys(folder: Path) -> MaintainerKeys:
    """Read a maintainer's folder; the passphrase comes from the environment, so that no history keeps it.

    Raises:
        TrustError: a file is missing, or the passphrase is wrong.
    """
    files = _key_files(folder)
    if not files:
        raise _missing(folder / KEY_FILE)
    try:
        root = (folder / ROOT_FILE).read_bytes()
    except FileNotFoundError as error:
        raise _missing(folder / ROOT_FILE) from error
    first, *others = (load_signer(path) for path in files)
    return MaintainerKeys(first, root, tuple(others))


def load_signer(path: Path) -> Signer:
    """One key of a maintainer's folder.

    Raises:
        TrustError: it cannot be read, or the passphrase is wrong.
    """
    return _load_remote(path) if path.suffix == ".json" else _load_pem(path)


def write_pinned_root(folder: Path, root: bytes) -> None:
    """What a maintainer's trust begins with."""
    write_atomically(folder / ROOT_FILE, root, _ONLY_OWNER)


def write_private_key(path: Path, private_key: Ed25519PrivateKey, passphrase: bytes | None = None) -> None:
    encryption: KeySerializationEncryption = NoEncryption()
    if passphrase:
        encryption = BestAvailableEncryption(passphrase)
    write_atomically(path, private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption), _ONLY_OWNER)


def write_remote_signer(path: Path, uri: str, public_key: Key) -> None:
    """Where a key is found that is no file: any address that securesystemslib knows (`hsm:`, `awskms:`, …)."""
    content = {"uri": uri, "keyid": public_key.keyid, "public": public_key.to_dict()}
    write_atomically(path, json.dumps(content, indent=1).encode(), _ONLY_OWNER)


def free_path(folder: Path, name: str) -> Path:
    """`maintainer.pem`, then `maintainer-2.pem`, …: no key is ever overwritten."""
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
    return path


def passphrase() -> bytes | None:
    return os.environ.get(PASSPHRASE_VARIABLE, "").encode() or None


def _key_files(folder: Path) -> list[Path]:
    return [*sorted(folder.glob("maintainer*.pem"), key=_age), *sorted(folder.glob("signer*.json"), key=_age)]


def _age(path: Path) -> tuple[int, str]:
    return len(path.name), path.name


def _load_pem(path: Path) -> Signer:
    secret = passphrase()
    try:
        key = load_pem_private_key(path.read_bytes(), secret)
    except TypeError as error:
        reason = "it is not encrypted, but a passphrase was given" if secret else "it is encrypted"
        raise TrustError(str(path), reason, f"Set {PASSPHRASE_VARIABLE}, or leave it out.") from error
    except ValueError as error:
        raise TrustError(
            str(path), "it is no private key, or the passphrase is wrong", f"Check {PASSPHRASE_VARIABLE}."
        ) from error
    signer = CryptoSigner(key)
    require_readable_by_clients(str(path), signer.public_key)
    return signer


def _load_remote(path: Path) -> Signer:
    try:
        content = json.loads(path.read_bytes())
        public_key = Key.from_dict(content["keyid"], dict(content["public"]))
        return Signer.from_priv_key_uri(content["uri"], public_key, _ask_secret)
    except Exception as error:  # a driver, a device or a key service says no in its own words
        next_step = f"Is the device there, the service reachable, its PIN in {PASSPHRASE_VARIABLE}?"
        raise TrustError(str(path), f"its key cannot be reached: {error}", next_step) from error


def _ask_secret(_name: str) -> str:
    return (passphrase() or b"").decode()


def _missing(path: Path) -> TrustError:
    next_step = "Make keys with `rollguard keys init`, or name their folder."
    return TrustError(str(path), "there is no such file", next_step)
