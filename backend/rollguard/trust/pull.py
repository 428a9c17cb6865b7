"""What a service has published, verified against the maintainer's own root: what the next release is built on."""

from rollguard.trust.repository import Repository, load_repository
from rollguard.trust.service_client import ServiceClient

_MAX_BYTES = 5_000_000


def pull(service_url: str, root: bytes) -> Repository:
    """Fetch and verify; it may have expired.

    Raises:
        PublishError: the service cannot be reached.
        TrustError: what it says does not verify.
    """
    client = ServiceClient(service_url)
    return load_repository(lambda path: client.get(path, _MAX_BYTES), root)
