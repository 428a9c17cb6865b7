"""What maintainers sign: the root, and releases (targets and snapshot in one sitting)."""

from datetime import UTC, datetime, timedelta

from securesystemslib.signer import CryptoSigner, Key
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets

from rollguard.rules.compiler import TARGET_PATH
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.release import Release
from rollguard.trust.repository import Repository
from rollguard.trust.verification import verify_first_root, verify_release

LIFETIMES = {"root": timedelta(days=365), "targets": timedelta(days=90), "snapshot": timedelta(days=30)}
_OFFLINE_ROLES = ("root", "targets", "snapshot")


def sign_root(signer: CryptoSigner, timestamp_key: Key, now: datetime) -> bytes:
    """The first root: one maintainer for everything, but freshness, which is the service's."""
    root = Root(expires=now.astimezone(UTC) + LIFETIMES["root"], consistent_snapshot=True)
    for role in _OFFLINE_ROLES:
        root.add_key(signer.public_key, role)
    root.add_key(timestamp_key, "timestamp")
    metadata = Metadata(root)
    metadata.sign(signer)
    return metadata.to_bytes()


def sign_first_release(keys: MaintainerKeys, bundle: bytes, now: datetime) -> Release:
    """Version 1 of targets and snapshot."""
    drafts = (Targets(version=1), Snapshot(version=1))
    return _sign(verify_first_root(keys.root), keys.signer, bundle, now, drafts)


def sign_release(repository: Repository, keys: MaintainerKeys, bundle: bytes, now: datetime) -> Release:
    """The version after what `repository` holds.

    Raises:
        SignatureError: the repository's root does not know this maintainer.
    """
    targets = Targets(version=repository.targets.version + 1, delegations=repository.targets.delegations)
    snapshot = Snapshot(version=repository.snapshot.version + 1, meta=dict(repository.snapshot.meta))
    return _sign(repository.root, keys.signer, bundle, now, (targets, snapshot))


def _sign(root: Root, signer: CryptoSigner, bundle: bytes, now: datetime, drafts: tuple[Targets, Snapshot]) -> Release:
    targets, snapshot = drafts
    now = now.astimezone(UTC)
    file = TargetFile.from_data(TARGET_PATH, bundle, ["sha256"])
    file.unrecognized_fields["custom"] = {"published": f"{now:%Y-%m-%dT%H:%M:%SZ}"}
    targets.targets = {TARGET_PATH: file}
    targets.expires = now + LIFETIMES["targets"]
    targets_bytes = _sign_metadata(Metadata(targets), signer)
    snapshot.meta["targets.json"] = MetaFile.from_data(targets.version, targets_bytes, ["sha256"])
    snapshot.expires = now + LIFETIMES["snapshot"]
    release = Release(targets_bytes, _sign_metadata(Metadata(snapshot), signer), {TARGET_PATH: bundle})
    verify_release(root, release)
    return release


def _sign_metadata(metadata: Metadata[Targets] | Metadata[Snapshot], signer: CryptoSigner) -> bytes:
    metadata.sign(signer)
    return metadata.to_bytes()
