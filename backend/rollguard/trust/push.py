"""The maintainer's side of a push: send what was signed, and say in the service's words what became of it."""

import json
from datetime import datetime
from pathlib import Path

from rollguard.errors import PublishError
from rollguard.trust.development import development_keys
from rollguard.trust.keys import has_keys, load_keys
from rollguard.trust.pull import pull
from rollguard.trust.release import MAX_PUSH_BYTES, Release
from rollguard.trust.service_client import ServiceClient
from rollguard.trust.signing import sign_release

_MAX_ANSWER_BYTES = 100_000


def push_rules(service_url: str, keys_dir: Path, bundle: bytes, now: datetime) -> int:
    """Sign `bundle` as the version after the public one, and publish it.

    Without keys of one's own the development key signs; only a service that was made with it accepts that.

    Returns:
        The version that is now public.

    Raises:
        TrustError: the keys cannot be read, or are not those of this service.
        PublishError: the service refused, or could not be reached.
    """
    keys = load_keys(keys_dir) if has_keys(keys_dir) else development_keys(now)
    return push(service_url, sign_release(pull(service_url, keys.root), keys, bundle, now))


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
