"""What lies beside the signed files to save bytes: deltas between versions, and everything compressed beforehand."""

import gzip
import hashlib
import json
from collections.abc import Iterable

from rollguard.rules.compiler import TARGET_PATH
from rollguard.trust.deltas import KEPT_VERSIONS, delta_path, make_delta
from rollguard.trust.repository import Repository
from rollguard.trust.storage import Storage, target_path

PACKED = ".gz"
_WORTH_PACKING = 300


def pack(data: bytes) -> bytes | None:
    """The same bytes for the same bytes; None where it saves nothing."""
    if len(data) < _WORTH_PACKING:
        return None
    packed = gzip.compress(data, 9, mtime=0)
    return packed if len(packed) < len(data) else None


def write_precompressed(storage: Storage, files: Iterable[tuple[str, bytes]]) -> None:
    """Beside each immutable file, under its name with `.gz`: a web server hands it out as it is."""
    for path, data in files:
        _write_packed(storage, path, data)


def write_deltas(storage: Storage, public: Repository, rules: bytes) -> None:
    """From each of the last versions to `rules`, before anybody can know of `rules`.

    Those to the bundle that is public now stay, for who has just been told of it; older ones go.
    """
    new, current = hashlib.sha256(rules).hexdigest(), hashlib.sha256(public.bundle[TARGET_PATH]).hexdigest()
    if new == current:
        return
    kept = {new, current}
    for name in storage.names("deltas"):
        if name.split(".")[1] not in kept:
            storage.remove(f"deltas/{name}")
    for old in _last_bundles(storage, public):
        digest = hashlib.sha256(old).hexdigest()
        delta = make_delta(old, rules) if digest != new else None
        if delta is None or len(gzip.compress(delta)) > len(gzip.compress(rules)):
            continue
        path = delta_path(digest, new)
        storage.write(path, delta)
        _write_packed(storage, path, delta)


def _last_bundles(storage: Storage, public: Repository) -> list[bytes]:
    newest = public.targets.version
    digests: dict[str, None] = {}
    for version in range(newest, max(0, newest - KEPT_VERSIONS), -1):
        metadata = storage.read(f"metadata/{version}.targets.json")
        if metadata is not None:
            digests[json.loads(metadata)["signed"]["targets"][TARGET_PATH]["hashes"]["sha256"]] = None
    found = (storage.read(target_path(TARGET_PATH, digest)) for digest in digests)
    return [bundle for bundle in found if bundle is not None]


def _write_packed(storage: Storage, path: str, data: bytes) -> None:
    packed = pack(data)
    if packed is not None and storage.read(path + PACKED) != packed:
        storage.write(path + PACKED, packed)
