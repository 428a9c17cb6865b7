"""A rule repository of which every key is known: what honest maintainers sign, and what a thief of some keys can sign.

Three maintainers; two of them for root and rules, one for the snapshot and for what is recalled; one online key.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Key,
    Metadata,
    MetaFile,
    Root,
    Signed,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from rollguard.rules.compiler import Compiled
from rollguard.trust.keys import write_private_key
from rollguard.trust.recalled import RECALL_PATH, RECALL_ROLE, Recalled
from rollguard.trust.storage import target_path

RULES = "rules.jsonl"
LIFETIMES = {"root": 365, "timestamp": 2, "snapshot": 30, "targets": 90, "recall": 90}
Signers = list[CryptoSigner]


def in_days(days: float) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)


class Forge:
    """Change the roles as you like; `publish` signs them into the folder, where any server can serve them from."""

    def __init__(self, data: Path, bundle: Compiled) -> None:
        self.data = data
        self.folder = data / "repository"
        self.maintainers: Signers = [CryptoSigner.generate_ed25519() for _ in range(3)]
        timestamp_key = Ed25519PrivateKey.generate()
        self.online = CryptoSigner(timestamp_key)
        write_private_key(data / "keys" / "timestamp.pem", timestamp_key)
        self.root = Root(expires=in_days(LIFETIMES["root"]))
        self.timestamp = Timestamp(expires=in_days(LIFETIMES["timestamp"]))
        self.snapshot = Snapshot(expires=in_days(LIFETIMES["snapshot"]))
        self.targets = Targets(expires=in_days(LIFETIMES["targets"]))
        self.recall = Targets(expires=in_days(LIFETIMES["recall"]))
        self.signers: dict[str, Signers] = {}
        for role in ("root", "targets", "snapshot"):
            self.trust(role, self.maintainers, threshold=1 if role == "snapshot" else 2)
        self.trust("timestamp", [self.online], threshold=1)
        self.write("1.root.json", self.root, self.signers["root"])
        self.appoint()
        self.add_files(bundle)
        self.add_file(self.recall, RECALL_PATH, Recalled().to_bytes())
        self.publish("targets", "recall", "snapshot", "timestamp", step=0)

    def trust(self, role: str, signers: Signers, threshold: int) -> None:
        """The root's word; takes effect with the next root."""
        for keyid in list(self.root.roles[role].keyids):
            self.root.revoke_key(keyid, role)
        for signer in signers:
            self.root.add_key(signer.public_key, role)
        self.root.roles[role].threshold = threshold
        self.signers[role] = signers

    def appoint(self) -> None:
        """Whoever signs rules may recall them, alone."""
        self.signers["recall"] = self.signers["targets"]
        keys: dict[str, Key] = {signer.public_key.keyid: signer.public_key for signer in self.signers["targets"]}
        role = DelegatedRole(RECALL_ROLE, list(keys), 1, terminating=True, paths=[RECALL_PATH])
        self.targets.delegations = Delegations(keys, {RECALL_ROLE: role})

    def publish_root(self, before: Signers) -> None:
        self.root.version += 1
        self.write(f"{self.root.version}.root.json", self.root, list({*before, *self.signers["root"]}))

    def release(self, bundle: Compiled) -> None:
        """What honest maintainers do."""
        self.add_files(bundle)
        self.publish("targets", "snapshot", "timestamp")

    def recall_rules(self, recalled: Recalled, by: Signers | None = None) -> None:
        self.add_file(self.recall, RECALL_PATH, recalled.to_bytes())
        self.publish("recall", "snapshot", "timestamp", by=by)

    def add_files(self, bundle: Compiled) -> None:
        self.targets.targets.clear()
        for path, data in bundle.items():
            self.add_file(self.targets, path, data)

    def add_file(self, role: Targets, path: str, data: bytes) -> Path:
        role.targets[path] = TargetFile.from_data(path, data, ["sha256"])
        file = self.folder / target_path(path, hashlib.sha256(data).hexdigest())
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return file

    def publish(self, *roles: str, by: Signers | None = None, step: int = 1) -> None:
        """Sign these roles anew, in this order. `by`: who has stolen which keys; the timestamp is signed by its own."""
        for role in roles:
            signed: Signed = getattr(self, role)
            signed.version += step
            signers = by if by is not None and role != "timestamp" else self.signers[role]
            data = self.write(self.name_of(role), signed, signers)
            if role == "snapshot":
                self.timestamp.snapshot_meta = MetaFile.from_data(signed.version, data, ["sha256"])
            elif role in {"targets", "recall"}:
                self.snapshot.meta[f"{role}.json"] = MetaFile.from_data(signed.version, data, ["sha256"])

    def name_of(self, role: str) -> str:
        signed: Signed = getattr(self, role)
        return "timestamp.json" if role == "timestamp" else f"{signed.version}.{role}.json"

    def path_of(self, role: str) -> Path:
        """Where the newest of this role lies."""
        if file := self.targets.targets.get(role) or self.recall.targets.get(role):
            return self.folder / target_path(role, file.hashes["sha256"])
        return self.folder / "metadata" / self.name_of(role)

    def write(self, name: str, signed: Signed, signers: Signers) -> bytes:
        metadata: Metadata[Any] = Metadata(signed)  # python-tuf wants to know the kind, which is the caller's
        for signer in signers:
            metadata.sign(signer, append=True)
        data = metadata.to_bytes()
        path = self.folder / "metadata" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return data
