"""A repository in a folder, written by python-tuf alone: what the TypeScript client must be able to read."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from securesystemslib.signer import CryptoSigner, Signer
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Signed,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization.json import JSONSerializer

RULES = "rules.jsonl"
NOW = datetime.now(UTC).replace(microsecond=0)


class PythonRepository:
    """Roles of every kind of key; each change is made on the attributes and takes effect with `publish`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "metadata").mkdir(parents=True)
        (folder / "targets").mkdir()
        self.root, self.timestamp = Root(expires=in_days(365)), Timestamp(expires=in_days(2))
        self.snapshot, self.targets = Snapshot(expires=in_days(30)), Targets(expires=in_days(90))
        self.signers: dict[str, list[Signer]] = {
            "root": [CryptoSigner.generate_ed25519(), CryptoSigner.generate_ecdsa(), CryptoSigner.generate_rsa()],
            "timestamp": [CryptoSigner.generate_ed25519()],
            "snapshot": [CryptoSigner.generate_rsa()],
            "targets": [CryptoSigner.generate_ecdsa(), CryptoSigner.generate_ed25519()],
        }
        for role, signers in self.signers.items():
            self.trust(role, signers, threshold=len(signers))
        self.write("1.root.json", self.root, self.signers["root"])
        self.set_rules("old", version=1)
        self.publish("targets", "snapshot", "timestamp", is_first=True)

    def trust(self, role: str, signers: list[Signer], threshold: int = 1) -> None:
        for keyid in list(self.root.roles[role].keyids):
            self.root.revoke_key(keyid, role)
        for signer in signers:
            self.root.add_key(signer.public_key, role)
        self.root.roles[role].threshold = threshold
        self.signers[role] = signers

    def publish_root(self, also: list[Signer]) -> None:
        """A root signed by its own keys, and by those `also`."""
        self.root.version += 1
        self.write(f"{self.root.version}.root.json", self.root, [*self.signers["root"], *also])

    def release(self) -> None:
        self.set_rules(f"rules {self.targets.version + 1}", version=self.targets.version + 1)
        self.publish("targets", "snapshot", "timestamp")

    def set_rules(self, text: str, version: int) -> None:
        file = TargetFile.from_data(RULES, f"{text}, version {version}: é\n".encode(), ["sha256"])
        self.targets.targets[RULES] = file
        (self.folder / "targets" / f"{file.hashes['sha256']}.{RULES}").write_bytes(
            f"{text}, version {version}: é\n".encode()
        )

    def delegate_rules(self) -> None:
        """Move the rules from the targets role to one that it delegates to."""
        signer = CryptoSigner.generate_ecdsa()
        delegated = Targets(expires=in_days(90), targets={RULES: self.targets.targets.pop(RULES)})
        role = DelegatedRole("rules/main", [], 1, terminating=True, paths=["*.jsonl"])
        self.targets.delegations = Delegations({}, {role.name: role})
        self.targets.add_key(signer.public_key, role.name)
        self.write("1.rules%2Fmain.json", delegated, [signer])
        self.snapshot.meta["rules/main.json"] = MetaFile(1)
        self.publish("targets", "snapshot", "timestamp")

    def publish(self, *roles: str, is_first: bool = False) -> None:
        for role in roles:
            signed: Signed = getattr(self, role)
            signed.version += 0 if is_first else 1
            name = "timestamp.json" if role == "timestamp" else f"{signed.version}.{role}.json"
            data = self.write(name, signed, self.signers[role])
            if role == "targets":
                self.snapshot.meta["targets.json"] = MetaFile.from_data(signed.version, data, ["sha512"])
            elif role == "snapshot":
                self.timestamp.snapshot_meta = MetaFile.from_data(signed.version, data, ["sha256"])

    def write(self, name: str, signed: Signed, signers: list[Signer]) -> bytes:
        metadata: Metadata[Any] = Metadata(signed)  # python-tuf wants to know the kind, which is the caller's
        for signer in signers:
            metadata.sign(signer, append=True)
        data = metadata.to_bytes(JSONSerializer(compact=False))
        (self.folder / "metadata" / name).write_bytes(data)
        return data

    def edit(self, name: str, change: Callable[[dict[str, Any]], None]) -> None:
        """Change what a file says, without a signature."""
        path = self.folder / "metadata" / name
        document = json.loads(path.read_text("utf-8"))
        change(document)
        path.write_text(json.dumps(document), "utf-8")


def in_days(days: int) -> datetime:
    return NOW + timedelta(days=days)
