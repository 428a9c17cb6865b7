"""Repositories as hypothesis makes them up: keys, thresholds, delegations, and what is done to them, good and bad."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

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

from tests.trust.python_repository import NOW

TOP = ("root", "timestamp", "snapshot", "targets")
POOL = 9


@cache
def signer(number: int) -> CryptoSigner:
    """The pool's keys, of three kinds in turn; made once, because RSA keys take their time."""
    makers = (CryptoSigner.generate_ed25519, CryptoSigner.generate_ecdsa, CryptoSigner.generate_rsa)
    return makers[number % len(makers)]()


@dataclass(frozen=True)
class Appointment:
    """Who may sign, by number in the pool, and how many must."""

    keys: tuple[int, ...]
    threshold: int

    def signers(self) -> list[Signer]:
        return [signer(number) for number in self.keys]


@dataclass(frozen=True)
class Delegate:
    """A delegated role: by whom, for which paths, and what it lists."""

    name: str
    delegator: str
    appointment: Appointment
    paths: tuple[str, ...]
    is_terminating: bool
    lists: tuple[str, ...]


class RandomRepository:
    """Change `roles`, `appointments` or the files, then `publish`."""

    def __init__(
        self,
        folder: Path,
        appointments: Mapping[str, Appointment],
        lists: tuple[str, ...],
        delegates: tuple[Delegate, ...],
        *,
        is_consistent: bool,
    ) -> None:
        self.metadata, self.targets = folder / "metadata", folder / "targets"
        for made in (self.metadata, self.targets):
            made.mkdir(parents=True)
        self.appointments = {**appointments, **{delegate.name: delegate.appointment for delegate in delegates}}
        self.delegates = delegates
        self.is_consistent = is_consistent
        root = Root(expires=NOW + timedelta(days=365), consistent_snapshot=is_consistent)
        later = NOW + timedelta(days=30)
        self.roles: dict[str, Signed] = {"root": root, "timestamp": Timestamp(expires=later)}
        self.roles |= {"snapshot": Snapshot(expires=later), "targets": Targets(expires=later)}
        self.roles |= {delegate.name: Targets(expires=later) for delegate in delegates}
        self.list_files("targets", lists, "first")
        for delegate in delegates:
            self.list_files(delegate.name, delegate.lists, "first")
        self.appoint()
        self.write("root")
        for name in [delegate.name for delegate in reversed(delegates)]:
            self.announce(name)
        self.announce("targets")
        self.announce_snapshot()
        self.write("timestamp")

    def list_files(self, role: str, paths: tuple[str, ...], text: str) -> None:
        for path in paths:
            data = f"{path} of {role}: {text}\n".encode()
            file = TargetFile.from_data(path, data, ["sha256"])
            self.targets_of(role).targets[path] = file
            folder, _slash, name = path.rpartition("/")
            name = f"{file.hashes['sha256']}.{name}" if self.is_consistent else name
            (self.targets / folder).mkdir(exist_ok=True)
            (self.targets / folder / name).write_bytes(data)

    def targets_of(self, role: str) -> Targets:
        found = self.roles[role]
        assert isinstance(found, Targets)
        return found

    def appoint(self) -> None:
        """Write the keys of every role where its delegator names them."""
        root = self.roles["root"]
        assert isinstance(root, Root)
        for name in TOP:
            for keyid in list(root.roles[name].keyids):
                root.revoke_key(keyid, name)
            for key in self.appointments[name].signers():
                root.add_key(key.public_key, name)
            root.roles[name].threshold = self.appointments[name].threshold
        for role in ("targets", *(delegate.name for delegate in self.delegates)):
            self.targets_of(role).delegations = None
        for delegate in self.delegates:
            delegator = self.targets_of(delegate.delegator)
            delegator.delegations = delegator.delegations or Delegations({}, {})
            assert delegator.delegations.roles is not None
            delegator.delegations.roles[delegate.name] = DelegatedRole(
                delegate.name, [], delegate.appointment.threshold, delegate.is_terminating, list(delegate.paths)
            )
            for key in self.appointments[delegate.name].signers():
                delegator.add_key(key.public_key, delegate.name)

    def announce(self, role: str) -> None:
        """Sign one of the targets roles, and tell the snapshot."""
        snapshot = self.roles["snapshot"]
        assert isinstance(snapshot, Snapshot)
        data = self.write(role)
        snapshot.meta[f"{role}.json"] = MetaFile.from_data(self.roles[role].version, data, ["sha256"])

    def announce_snapshot(self) -> None:
        timestamp = self.roles["timestamp"]
        assert isinstance(timestamp, Timestamp)
        version = self.roles["snapshot"].version
        timestamp.snapshot_meta = MetaFile.from_data(version, self.write("snapshot"), ["sha512"])

    def write(self, role: str, also: tuple[Signer, ...] = ()) -> bytes:
        metadata: Metadata[Any] = Metadata(self.roles[role])
        for each in {each.public_key.keyid: each for each in (*self.appointments[role].signers(), *also)}.values():
            metadata.sign(each, append=True)
        data = metadata.to_bytes()
        self.file_of(role).write_bytes(data)
        return data

    def file_of(self, role: str) -> Path:
        name = f"{quote(role, safe='')}.json"
        is_numbered = role == "root" or (self.is_consistent and role != "timestamp")
        return self.metadata / (f"{self.roles[role].version}.{name}" if is_numbered else name)

    def publish(self, *changed: str) -> None:
        """The next version of these targets roles, and of what must follow."""
        for role in changed:
            self.roles[role].version += 1
            self.announce(role)
        self.roles["snapshot"].version += 1
        self.announce_snapshot()
        self.roles["timestamp"].version += 1
        self.write("timestamp")

    def publish_root(self, also: tuple[Signer, ...] = ()) -> None:
        self.roles["root"].version += 1
        self.appoint()
        self.write("root", also)
