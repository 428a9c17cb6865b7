"""Keys that everybody knows, for fresh checkouts: the whole line works at once, and protects nobody.

A build that trusts them may only speak to a service on its own machine; `is_development_root` tells.
"""

import hashlib
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner

from rollguard.rules.compiler import Compiled
from rollguard.trust.founding import found_repository, found_service, require_empty
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.signing import sign_root
from rollguard.trust.verification import verify_first_root


def development_keys(now: datetime) -> MaintainerKeys:
    """The maintainer that everybody can be."""
    signer = CryptoSigner(_derive("maintainer"))
    root = sign_root(MaintainerKeys(signer, b""), CryptoSigner(_derive("timestamp")).public_key, now)
    return MaintainerKeys(signer, root)


def is_development_root(root: bytes) -> bool:
    """Whether a key that everybody knows may say anything under this root.

    Raises:
        TrustError: it is no root.
    """
    public = {CryptoSigner(_derive(label)).public_key.keyval["public"] for label in ("maintainer", "timestamp")}
    return any(key.keyval.get("public") in public for key in verify_first_root(root).keys.values())


def bootstrap_development(data_dir: Path, bundle: Compiled, now: datetime) -> None:
    """Fill a service's empty data folder.

    Raises:
        TrustError: it is not empty.
    """
    require_empty(data_dir)
    found_service(data_dir, development_keys(now), _derive("timestamp"), bundle, now)


def development_repository(folder: Path, bundle: Compiled, now: datetime) -> None:
    """A complete repository in `folder`; the same bundle and time give the same bytes."""
    found_repository(folder, development_keys(now), _derive("timestamp"), bundle, now)


def _derive(label: str) -> Ed25519PrivateKey:
    seed = hashlib.sha256(f"rollguard development key, known to everybody: {label}".encode()).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)
