"""The maintainer's side of a push: send what was signed, and say in the service's words what became of it."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rollguard.errors import PublishError
from rollguard.rules.compiler import Compiled
from rollguard.trust.development import development_keys
from rollguard.trust.draft import Draft, cosign
from rollguard.trust.keys import MaintainerKeys, has_keys, load_keys
from rollguard.trust.pull import pull
from rollguard.trust.release import MAX_PUSH_BYTES, Release
from rollguard.trust.repository import Repository
from rollguard.trust.service_client import ServiceClient
from rollguard.trust.signing import finish_release, sign_release
from rollguard.trust.verification import SignatureError

_MAX_ANSWER_BYTES = 100_000


@dataclass(frozen=True)
class Submitted:
    """What became of a draft."""

    draft: Draft
    """With this maintainer's signatures."""
    version: int | None
    """The version that is now public; None where others must sign first."""


def keys_or_development(keys_dir: Path, now: datetime) -> MaintainerKeys:
    """Without keys of one's own the development key signs; only a service that was made with it accepts that.

    Raises:
        TrustError: the keys cannot be read.
    """
    return load_keys(keys_dir) if has_keys(keys_dir) else development_keys(now)


def push_rules(service_url: str, keys_dir: Path, bundle: Compiled, now: datetime) -> int:
    """Sign `bundle` as the version after the public one, and publish it, where one signature is enough.

    Returns:
        The version that is now public.

    Raises:
        TrustError: the keys cannot be read, or are not those of this service.
        PublishError: the service refused, or could not be reached.
    """
    keys = keys_or_development(keys_dir, now)
    repository = pull(service_url, keys.root)
    return push(service_url, sign_release(repository, keys, bundle, now).without(repository.release))


def submit(service_url: str, repository: Repository, draft: Draft, keys: MaintainerKeys, now: datetime) -> Submitted:
    """Sign, and publish where that was the last signature that was missing.

    Args:
        service_url: the service.
        repository: what it has published.
        draft: reviewed by the maintainer.
        keys: hers.
        now: her clock.

    Raises:
        SignatureError: none of her keys adds anything.
        PublishError: the service refused, or could not be reached.
    """
    signed = cosign(repository, draft, keys)
    try:
        release = finish_release(repository, signed.release, keys, now)
    except SignatureError:
        return Submitted(_require_more(draft, signed), None)
    return Submitted(signed, push(service_url, release.without(repository.release)))


def sign_only(repository: Repository, draft: Draft, keys: MaintainerKeys) -> Draft:
    """With this maintainer's signatures.

    Raises:
        SignatureError: none of her keys adds anything.
    """
    return _require_more(draft, cosign(repository, draft, keys))


def _require_more(draft: Draft, signed: Draft) -> Draft:
    if signed == draft:
        reason = "your signature adds nothing to it: your keys are not named, or have signed it already"
        raise SignatureError("the draft", reason, "Another maintainer must sign it.")
    return signed


def push(service_url: str, release: Release) -> int:
    """Publish `release`.

    Returns:
        The version that is now public.

    Raises:
        PublishError: the service refused, or could not be reached.
    """
    body = release.to_json()
    if len(body) > MAX_PUSH_BYTES:
        raise PublishError("the release", f"it is larger than {MAX_PUSH_BYTES} bytes", "Remove what no client needs.")
    status, answer = ServiceClient(service_url).post("push", body, _MAX_ANSWER_BYTES)
    words = _read_answer(service_url, status, answer)
    if status == 200 and isinstance(words.get("version"), int):
        return int(words["version"])
    raise PublishError(
        str(words.get("place", service_url)),
        str(words.get("reason", f"the service answered {status}")),
        str(words.get("next_step", "Ask its operator.")),
    )


def _read_answer(service_url: str, status: int, answer: bytes) -> dict[str, str | int]:
    try:
        words = json.loads(answer)
    except (ValueError, RecursionError):
        words = None
    if isinstance(words, dict):
        return words
    raise PublishError(service_url, f"it answered {status} in words that no rule service uses", "Is the address right?")
