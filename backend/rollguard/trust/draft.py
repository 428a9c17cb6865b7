"""A release that not enough maintainers have signed yet: a file that goes from one to the next.

Each of them makes what it says anew, from what she has herself, and signs only if it is the same.
"""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, TypeVar, get_args

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Targets

from rollguard.errors import PublishError, TrustError
from rollguard.rules.compiler import TARGET_PATH, Compiled
from rollguard.trust.ceremony import require_plain
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.release import Release
from rollguard.trust.repository import Repository
from rollguard.trust.signing import draft_release, sign_draft

Kind = Literal["rules", "rollback", "keys"]
_FORMAT = 1
_OLDEST, _CLOCKS_DIFFER = timedelta(days=30), timedelta(hours=1)
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"
_BEGIN_AGAIN = "Begin it again from what is public now."
_DO_NOT_SIGN = "Do not sign it; ask who drafted it."
T = TypeVar("T", Root, Targets)


@dataclass(frozen=True)
class Draft:
    """What it is, and what was signed of it so far."""

    kind: Kind
    release: Release
    source: int = 0
    """The version whose rules come back, for a rollback."""

    def to_json(self) -> bytes:
        """The file."""
        release = json.loads(self.release.to_json())
        content = {"format": _FORMAT, "kind": self.kind, "source": self.source, "release": release}
        return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"

    @classmethod
    def from_json(cls, place: str, data: bytes) -> "Draft":
        """Read what `to_json` wrote.

        Raises:
            PublishError: it is something else.
        """
        next_step = "Ask for the file that `rollguard` has written."
        try:
            content = json.loads(data)
            kind, source, format_ = content["kind"], int(content["source"]), content["format"]
            release = Release.from_json(json.dumps(content["release"], ensure_ascii=False).encode())
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise PublishError(place, f"it is no draft: {error!r}", next_step) from error
        if format_ != _FORMAT or kind not in get_args(Kind):
            raise PublishError(place, "it is a draft of a kind or format that is not known here", next_step)
        return cls(kind, release, source)


def begin_draft(repository: Repository, bundle: Compiled, now: datetime, root: bytes | None = None) -> Draft:
    """The next version, of these rules and with these keys; unsigned yet."""
    moment = now.astimezone(UTC).replace(microsecond=0)
    return Draft("rules" if root is None else "keys", draft_release(repository, bundle, moment, root))


def require_same(repository: Repository, draft: Draft, bundle: Compiled, now: datetime) -> None:
    """What another maintainer has drafted is what this one would have made of the same rules at that moment.

    Args:
        repository: what is public, verified against her own root.
        draft: the other's.
        bundle: the rules as she has them: compiled from her own checkout, or as they are public.
        now: her clock.

    Raises:
        PublishError: the public version has moved on, or her rules are others.
        TrustError: the draft holds anything else.
    """
    release = draft.release
    targets = _read(release.targets, Targets, "targets.json")
    if targets.version != repository.targets.version + 1:
        reason = f"it was begun as version {targets.version}, but {repository.targets.version} is public"
        raise PublishError("the draft", reason, _BEGIN_AGAIN)
    if release.files != release.compiled or release.recall or release.snapshot or len(release.roots) > 1:
        raise TrustError("the draft", "it holds more or less than it should", _DO_NOT_SIGN)
    if others := [path for path in sorted({*release.files, *bundle}) if release.files.get(path) != bundle.get(path)]:
        first = others[0]
        theirs, ours = release.files.get(first, b""), bundle.get(first, b"")
        raise PublishError(
            f"the draft: {first}",
            f"its rules are not yours: {_first_difference(theirs, ours)}",
            "Take the same commit, or ask who drafted it.",
        )
    moment = _moment(targets)
    if not now - _OLDEST <= moment <= now + _CLOCKS_DIFFER:
        raise TrustError("the draft", f"it was begun at {moment:{_MOMENT}}: too long ago, or not yet", _BEGIN_AGAIN)
    root = release.roots[0] if release.roots else None
    if (draft.kind == "keys") != (root is not None):
        raise TrustError("the draft", "it changes keys, or does not, where its kind says otherwise", _DO_NOT_SIGN)
    if root is not None:
        require_plain(repository.root, _read(root, Root, "the next root"), moment)
    again = draft_release(repository, bundle, moment, root)
    if _read(again.targets, Targets, "targets.json") != targets:
        raise TrustError("the draft: targets.json", "it is not what these rules make", _DO_NOT_SIGN)


def cosign(repository: Repository, draft: Draft, keys: MaintainerKeys) -> Draft:
    """With this maintainer's signatures added, where any of her keys is named."""
    return replace(draft, release=sign_draft(repository.root, draft.release, keys))


def count_signatures(repository: Repository, draft: Draft) -> list[str]:
    """How many have signed what, in words."""
    release, root = draft.release, repository.root
    lines = []
    if release.roots:
        metadata = Metadata[Root].from_bytes(release.roots[0])
        for which, judge in (("the old keys", root), ("the new keys", metadata.signed)):
            result = judge.get_verification_result("root", metadata.signed_bytes, metadata.signatures)
            lines.append(f"root: {len(result.signed)} of {result.threshold} by {which}")
        root = metadata.signed
    targets = Metadata[Targets].from_bytes(release.targets)
    result = root.get_verification_result("targets", targets.signed_bytes, targets.signatures)
    return [*lines, f"rules: {len(result.signed)} of {result.threshold}"]


def _first_difference(theirs: bytes, ours: bytes) -> str:
    lines, own = theirs.splitlines(), ours.splitlines()
    only_theirs, only_ours = [x for x in lines if x not in set(own)], [x for x in own if x not in set(lines)]
    first = (only_theirs or only_ours or [b"the same lines in another order"])[0]
    words = first[:120].decode("utf-8", "replace")
    return f"{len(only_theirs)} line(s) only there, {len(only_ours)} only here; first: {words}"


def _moment(targets: Targets) -> datetime:
    try:
        custom = targets.targets[TARGET_PATH].custom or {}
        return datetime.strptime(str(custom["published"]), _MOMENT).replace(tzinfo=UTC)
    except (KeyError, ValueError, TypeError) as error:
        raise TrustError("the draft: targets.json", f"it does not say when: {error}", _DO_NOT_SIGN) from error


def _read(data: bytes, kind: type[T], place: str) -> T:
    try:
        signed = Metadata[T].from_bytes(data).signed
    except RepositoryError as error:
        raise TrustError(f"the draft: {place}", f"it is no metadata: {error}", _DO_NOT_SIGN) from error
    if not isinstance(signed, kind):
        raise TrustError(f"the draft: {place}", f"it is {signed.type} metadata", _DO_NOT_SIGN)
    return signed
