"""Public keys of maintainers and services, as they travel: PEM files."""

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from securesystemslib.signer import Key, SSlibKey

from rollguard.errors import TrustError

_CLIENTS_READ = ("ed25519", "ecdsa-sha2-nistp256", "rsassa-pss-sha256")
"""P-384 is not among them: implementations disagree on its hash, so some clients would refuse what others take."""


def read_public_key(path: Path) -> Key:
    """The key in a PEM file.

    Raises:
        TrustError: it is none, or one that no browser can check.
    """
    try:
        key = SSlibKey.from_crypto(load_pem_public_key(path.read_bytes()))
    except FileNotFoundError as error:
        raise TrustError(str(path), "there is no such file", "Ask its owner for the file `maintainer.pub`.") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise TrustError(str(path), f"it is no public key: {error}", "Ask its owner for `maintainer.pub`.") from error
    require_readable_by_clients(str(path), key)
    return key


def public_pem(key: Key) -> bytes:
    """The file that is handed to another maintainer."""
    if not isinstance(key, SSlibKey):
        raise TrustError(f"key {key.keyid[:8]}", "it is of a kind that no browser can check", "Use Ed25519 or P-256.")
    if key.keytype == "ed25519":
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.keyval["public"]))
        return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return str(key.keyval["public"]).encode()


def require_readable_by_clients(place: str, key: Key) -> None:
    """Browsers verify with WebCrypto, which knows some schemes only.

    Raises:
        TrustError: this one is not among them.
    """
    if key.scheme not in _CLIENTS_READ:
        reason = f"no client can check signatures of scheme {key.scheme}"
        raise TrustError(place, reason, f"Make a key of {', '.join(_CLIENTS_READ[:-1])} or {_CLIENTS_READ[-1]}.")
