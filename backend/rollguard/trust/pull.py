"""What a service has published, verified against the maintainer's own root: what the next release is built on."""

from tuf.api.exceptions import RepositoryError

from rollguard.errors import PublishError, TrustError
from rollguard.rules.compiler import TARGET_PATH
from rollguard.trust.repository import Repository, follow_roots, load_repository
from rollguard.trust.service_client import ServiceClient
from rollguard.trust.verification import SignatureError, verify_targets

_MAX_BYTES = 5_000_000


def pull(service_url: str, root: bytes) -> Repository:
    """Fetch and verify; it may have expired.

    Raises:
        PublishError: the service cannot be reached.
        TrustError: what it says does not verify.
    """
    client = ServiceClient(service_url)
    return load_repository(lambda path: client.get(path, _MAX_BYTES), root)


def pull_old_rules(service_url: str, root: bytes, version: int) -> bytes:
    """The rules of an earlier version, as the maintainers of that time have signed them.

    Raises:
        PublishError: the service cannot be reached, or has no such version.
        TrustError: what it says does not verify.
    """
    client = ServiceClient(service_url)
    place = f"metadata/{version}.targets.json"
    data = client.get(place, _MAX_BYTES)
    if data is None:
        raise PublishError(f"version {version}", "the service does not have it", "Its /history names the versions.")
    for known, _bytes in reversed(follow_roots(lambda path: client.get(path, _MAX_BYTES), root)):
        try:
            target = verify_targets(known, data).targets[TARGET_PATH]
        except (SignatureError, KeyError):
            continue
        rules = client.get(f"targets/{target.hashes['sha256']}.{TARGET_PATH}", _MAX_BYTES)
        if rules is None:
            raise PublishError(
                f"version {version}", "the service has lost its rules", "Check the commit out, and push."
            )
        try:
            target.verify_length_and_hashes(rules)
        except RepositoryError as error:
            reason = f"it is not the file that was signed: {error}"
            raise TrustError(TARGET_PATH, reason, "Ask the service's operator.") from error
        return rules
    reason = "no maintainer of any root since yours has signed it"
    raise SignatureError(place, reason, "Take a version that you know from /history.")
