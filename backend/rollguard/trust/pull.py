"""What a service has published, verified against the maintainer's own root: what the next release is built on."""

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import TargetFile

from rollguard.errors import PublishError, TrustError
from rollguard.rules.compiler import TARGET_PATH, Compiled
from rollguard.trust.repository import Repository, follow_roots, load_repository
from rollguard.trust.service_client import ServiceClient
from rollguard.trust.storage import target_path
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


def pull_old_rules(service_url: str, root: bytes, version: int, *, with_texts: bool = True) -> Compiled:
    """Rules and texts of an earlier version, as the maintainers of that time have signed them.

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
            listed = verify_targets(known, data).targets
        except SignatureError:
            continue
        wanted = [path for path in listed if with_texts or path == TARGET_PATH]
        return {path: _pull_file(client, version, path, listed[path]) for path in wanted}
    reason = "no maintainer of any root since yours has signed it"
    raise SignatureError(place, reason, "Take a version that you know from /history.")


def _pull_file(client: ServiceClient, version: int, path: str, target: TargetFile) -> bytes:
    data = client.get(target_path(path, target.hashes["sha256"]), _MAX_BYTES)
    if data is None:
        raise PublishError(f"version {version}", f"the service has lost its {path}", "Check the commit out, and push.")
    try:
        target.verify_length_and_hashes(data)
    except RepositoryError as error:
        reason = f"it is not the file that was signed: {error}"
        raise TrustError(path, reason, "Ask the service's operator.") from error
    return data
