"""The next root: who may sign from now on, and how many of them it takes. Pure; who signs it is `signing`'s matter."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime

from securesystemslib.signer import Key
from tuf.api.metadata import Metadata, Root

from rollguard.errors import TrustError
from rollguard.trust.signing import LIFETIMES, OFFLINE_ROLES

_SHOWN = 8


@dataclass(frozen=True)
class RootChange:
    """What a ceremony does; nothing of it: the same keys, for another year."""

    add: tuple[Key, ...] = ()
    remove: tuple[str, ...] = ()
    """Ids of maintainers' keys, or how they begin."""
    timestamp: Key | None = None
    """The service's next key."""
    root_threshold: int | None = None
    threshold: int | None = None
    """How many maintainers it takes to publish rules."""


def next_root(root: Root, change: RootChange, now: datetime) -> bytes:
    """The unsigned root after `root`.

    Raises:
        TrustError: the change cannot be made.
    """
    following = deepcopy(root)
    following.version += 1
    following.expires = (now.astimezone(UTC) + LIFETIMES["root"]).replace(microsecond=0)
    for key in change.add:
        _require_new(root, key)
        for role in OFFLINE_ROLES:
            following.add_key(key, role)
    for beginning in change.remove:
        keyid = _find(root, beginning)
        for role in OFFLINE_ROLES:
            following.revoke_key(keyid, role)
    if change.timestamp is not None:
        _require_new(root, change.timestamp)
        for keyid in list(following.roles["timestamp"].keyids):
            following.revoke_key(keyid, "timestamp")
        following.add_key(change.timestamp, "timestamp")
    _set_threshold(following, "root", change.root_threshold, "--root-threshold")
    _set_threshold(following, "targets", change.threshold, "--threshold")
    return Metadata(following).to_bytes()


def describe_root_change(old: Root, new: Root) -> list[str]:
    """What a maintainer agrees to by signing, in words."""
    lines = [f"Root version {old.version} → {new.version}, valid until {new.expires:%Y-%m-%d}."]
    before, after = old.roles["root"].keyids, new.roles["root"].keyids
    lines += [f"+ maintainer {_words(new, keyid)}" for keyid in after if keyid not in before]
    lines += [f"− maintainer {_words(old, keyid)}" for keyid in before if keyid not in after]
    if old.roles["timestamp"].keyids != new.roles["timestamp"].keyids:
        keyids = ", ".join(_words(new, keyid) for keyid in new.roles["timestamp"].keyids)
        lines.append(f"~ the service's own key: now {keyids}")
    for role, what in (("root", "To change keys"), ("targets", "To publish rules")):
        was, now = (f"{r.roles[role].threshold} of {len(r.roles[role].keyids)}" for r in (old, new))
        lines.append(f"{what}: {now} maintainers" + (f" (was {was})" if was != now else "") + ".")
    return lines


def require_plain(old: Root, new: Root, moment: datetime) -> None:
    """A root that another maintainer has drafted is one that `next_root` could have made.

    Raises:
        TrustError: saying what it holds beside that.
    """
    named = {keyid for role in new.roles.values() for keyid in role.keyids}
    maintainers = {tuple(sorted(new.roles[role].keyids)) for role in OFFLINE_ROLES}
    online = set(new.roles["timestamp"].keyids)
    lifetime = new.expires - moment
    for is_wrong, reason in (
        (new.version != old.version + 1, f"its version is {new.version} where {old.version + 1} belongs"),
        (len(maintainers) != 1, "not every maintainer may sign for every role"),
        (named != new.keys.keys(), "it carries keys that may sign for nothing"),
        (bool(online & set(new.roles["root"].keyids)), "the service's key would be a maintainer's"),
        (len({str(key.keyval) for key in new.keys.values()}) != len(new.keys), "it lists one key twice"),
        (new.roles["snapshot"].threshold != 1 or new.roles["timestamp"].threshold != 1, "odd thresholds"),
        (not new.consistent_snapshot, "it does without consistent snapshots"),
        (bool(new.unrecognized_fields), "it says things that nobody reads"),
        (abs(lifetime - LIFETIMES["root"]).total_seconds() > 1, "it is not valid for one year"),
    ):
        if is_wrong:
            raise TrustError(f"{new.version}.root.json", reason, "Do not sign it; ask who drafted it.")


def _require_new(root: Root, key: Key) -> None:
    # By the key itself: the same one under another id would count as two maintainers.
    if any(known.keyval == key.keyval for known in root.keys.values()):
        raise TrustError(f"key {key.keyid[:_SHOWN]}", "the root names it already", "Add another one.")


def _find(root: Root, beginning: str) -> str:
    found = [keyid for keyid in root.roles["root"].keyids if keyid.startswith(beginning)]
    if len(found) == 1:
        return found[0]
    reason = "several maintainers' keys begin so" if found else "no maintainer's key begins so"
    raise TrustError(f"key {beginning}", reason, "`rollguard keys status` lists them.")


def _set_threshold(root: Root, role: str, threshold: int | None, option: str) -> None:
    if threshold is not None:
        root.roles[role].threshold = threshold
    needed, there = root.roles[role].threshold, len(root.roles[role].keyids)
    if not 1 <= needed <= there:
        what = "change keys" if role == "root" else "publish rules"
        raise TrustError(
            "the next root",
            f"it would take {needed} maintainers to {what}, but there are {there}",
            f"Choose {option} between 1 and {there}." if there else "Add a maintainer before the last one goes.",
        )


def _words(root: Root, keyid: str) -> str:
    return f"{keyid[:_SHOWN]} ({root.keys[keyid].scheme})"
