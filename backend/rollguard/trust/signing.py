"""What maintainers sign: root, rules (targets), what is switched off (recall), what belongs together (snapshot)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from securesystemslib.exceptions import UnverifiedSignatureError
from securesystemslib.signer import Key
from tuf.api.exceptions import UnsignedMetadataError
from tuf.api.metadata import DelegatedRole, Delegations, Metadata, MetaFile, Root, Snapshot, TargetFile, Targets

from rollguard.errors import TrustError
from rollguard.rules.compiler import TARGET_PATH, Compiled
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.recalled import RECALL_PATH, RECALL_ROLE, Recalled
from rollguard.trust.release import Release
from rollguard.trust.repository import Repository
from rollguard.trust.verification import verify_first_root, verify_next_root, verify_release, verify_targets

LIFETIMES = {
    "root": timedelta(days=365),
    "targets": timedelta(days=90),
    "recall": timedelta(days=90),
    "snapshot": timedelta(days=30),
}
OFFLINE_ROLES = ("root", "targets", "snapshot")
_RECALL_IS_FRESH = timedelta(days=60)


def sign_root(keys: MaintainerKeys, timestamp_key: Key, now: datetime) -> bytes:
    """The first root: one maintainer for everything, but freshness, which is the service's."""
    root = Root(expires=now.astimezone(UTC) + LIFETIMES["root"], consistent_snapshot=True)
    for role in OFFLINE_ROLES:
        root.add_key(keys.signer.public_key, role)
    root.add_key(timestamp_key, "timestamp")
    return _sign(Metadata(root).to_bytes(), keys, [keys.signer.public_key.keyid])


def sign_first_release(keys: MaintainerKeys, bundle: Compiled, now: datetime) -> Release:
    """Version 1 of targets, recall and snapshot."""
    root = verify_first_root(keys.root)
    draft = Release(_draft_targets(root, 1, bundle, now), b"", b"", bundle)
    signed = sign_draft(root, draft, keys)
    recall = _sign_recall(verify_targets(root, signed.targets), 1, Recalled(), keys, now)
    whole = replace(signed, recall=recall, files={**bundle, RECALL_PATH: Recalled().to_bytes()})
    return _sign_snapshot(root, whole, keys, 1, now)


def sign_release(repository: Repository, keys: MaintainerKeys, bundle: Compiled, now: datetime) -> Release:
    """The version after what `repository` holds, where one maintainer's signature is enough.

    Raises:
        SignatureError: the repository's root does not know this maintainer, or wants more of them.
    """
    draft = sign_draft(repository.root, draft_release(repository, bundle, now), keys)
    return finish_release(repository, draft, keys, now)


def sign_recall(repository: Repository, keys: MaintainerKeys, recalled: Recalled, now: datetime) -> Release:
    """Only what is switched off changes: one maintainer is enough, however many the rules want.

    Raises:
        SignatureError: the repository's targets do not name this maintainer.
    """
    recall = _sign_recall(repository.targets, repository.recall.version + 1, recalled, keys, now)
    files = {**repository.release.files, RECALL_PATH: recalled.to_bytes()}
    whole = replace(repository.release, recall=recall, files=files)
    return _sign_snapshot(repository.root, whole, keys, repository.snapshot.version + 1, now)


def draft_release(repository: Repository, bundle: Compiled, now: datetime, root: bytes | None = None) -> Release:
    """What several maintainers may have to sign of the version after what `repository` holds, unsigned yet.

    The same moment and the same rules give the same bytes, so that each of them can make it herself and compare.
    Recall and snapshot are not in it: one signature is enough for them, and comes last.

    Args:
        repository: what is public.
        bundle: the compiled rules and texts.
        now: when it is begun; the moment is signed.
        root: the next root, where keys change. Then the rules are signed anew, so that nothing hangs on an old key.
    """
    newest = repository.root if root is None else Metadata[Root].from_bytes(root).signed
    targets = _draft_targets(newest, repository.targets.version + 1, bundle, now)
    return Release(targets, b"", b"", bundle, () if root is None else (root,))


def sign_draft(root: Root, draft: Release, keys: MaintainerKeys) -> Release:
    """Add this maintainer's signatures wherever one of her keys is named; those of others stay.

    Args:
        root: the public one.
        draft: begun by her or by another maintainer.
        keys: hers.
    """
    roots = []
    for data in draft.roots:
        following = Metadata[Root].from_bytes(data).signed
        roots.append(_sign(data, keys, {*root.roles["root"].keyids, *following.roles["root"].keyids}))
        root = following
    return replace(draft, roots=tuple(roots), targets=_sign(draft.targets, keys, root.roles["targets"].keyids))


def finish_release(repository: Repository, draft: Release, keys: MaintainerKeys, now: datetime) -> Release:
    """Add recall and snapshot to what enough maintainers have signed.

    Raises:
        SignatureError: there are not enough signatures yet, or not the right ones.
        TrustError: the parts do not fit together.
    """
    root = repository.root
    for data in draft.roots:
        root = verify_next_root(root, data)
    targets = verify_targets(root, draft.targets)
    recall = repository.release.recall
    if not _may_stay(repository, draft, targets, now):
        recall = _sign_recall(targets, repository.recall.version + 1, repository.recalled, keys, now)
    files = {**draft.files, RECALL_PATH: repository.recalled.to_bytes()}
    whole = replace(draft, recall=recall, files=files)
    return _sign_snapshot(root, whole, keys, repository.snapshot.version + 1, now)


def _may_stay(repository: Repository, draft: Release, targets: Targets, now: datetime) -> bool:
    """The public recall metadata is of the same keys, and lives long enough."""
    return (
        not draft.roots
        and set(_recall_keyids(repository.targets)) == set(_recall_keyids(targets))
        and repository.recall.expires - now.astimezone(UTC) >= _RECALL_IS_FRESH
    )


def _sign_snapshot(root: Root, whole: Release, keys: MaintainerKeys, version: int, now: datetime) -> Release:
    snapshot = Snapshot(version=version, expires=now.astimezone(UTC) + LIFETIMES["snapshot"], meta={})
    for name, data in (("targets.json", whole.targets), ("recall.json", whole.recall)):
        number = Metadata[Targets].from_bytes(data).signed.version
        snapshot.meta[name] = MetaFile.from_data(number, data, ["sha256"])
    release = replace(whole, snapshot=_sign(Metadata(snapshot).to_bytes(), keys, root.roles["snapshot"].keyids))
    verify_release(root, release)
    return release


def _draft_targets(root: Root, version: int, bundle: Compiled, now: datetime) -> bytes:
    now = now.astimezone(UTC)
    files = {path: TargetFile.from_data(path, data, ["sha256"]) for path, data in bundle.items()}
    files[TARGET_PATH].unrecognized_fields["custom"] = {"published": f"{now:%Y-%m-%dT%H:%M:%SZ}"}
    keyids = root.roles["targets"].keyids
    role = DelegatedRole(RECALL_ROLE, list(keyids), 1, terminating=True, paths=[RECALL_PATH])
    targets = Targets(
        version=version,
        expires=now + LIFETIMES["targets"],
        targets=files,
        delegations=Delegations({keyid: root.keys[keyid] for keyid in keyids}, {RECALL_ROLE: role}),
    )
    return Metadata(targets).to_bytes()


def _sign_recall(targets: Targets, version: int, recalled: Recalled, keys: MaintainerKeys, now: datetime) -> bytes:
    file = TargetFile.from_data(RECALL_PATH, recalled.to_bytes(), ["sha256"])
    expires = now.astimezone(UTC) + LIFETIMES["recall"]
    recall = Targets(version=version, expires=expires, targets={RECALL_PATH: file})
    return _sign(Metadata(recall).to_bytes(), keys, _recall_keyids(targets))


def _recall_keyids(targets: Targets) -> list[str]:
    return list(targets.get_delegated_role(RECALL_ROLE).keyids)


def _sign(data: bytes, keys: MaintainerKeys, named: Collection[str]) -> bytes:
    # python-tuf wants to know the kind, which does not matter to a signature.
    metadata: Metadata[Any] = Metadata.from_bytes(data)
    for signer in keys.signers:
        if signer.public_key.keyid in named and not _has_signed(metadata, signer.public_key):
            try:
                metadata.sign(signer, append=True)
            except UnsignedMetadataError as error:
                reason = f"it cannot sign: {error.__cause__ or error}"
                next_step = "Is the device there and unlocked, the service reachable?"
                raise TrustError(f"key {signer.public_key.keyid[:8]}", reason, next_step) from error
    return metadata.to_bytes()


def _has_signed(metadata: Metadata[Any], key: Key) -> bool:
    """A device need not be touched twice; a signature that does not hold is replaced."""
    signature = metadata.signatures.get(key.keyid)
    try:
        if signature is not None:
            key.verify_signature(signature, metadata.signed_bytes)
    except UnverifiedSignatureError:
        return False
    return signature is not None
