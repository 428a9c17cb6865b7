"""How long whoever stands between us and a client may keep a published file; an object store is told the same."""

from rollguard.trust.writing import TIMESTAMP_PATH

_FRESH = "public, max-age={seconds}, stale-while-revalidate=10, stale-if-error=86400"
_FOREVER = "public, max-age=31536000, immutable"
NOT_YET = "public, max-age={seconds}"
"""For the root after the newest: every client asks for it at every check."""
NEVER = "no-store"
FRESH_SECONDS = 15
"""What it adds to the time that a push takes to everybody, at most, for each cache on the way."""


def cache_control(path: str, fresh_seconds: int = FRESH_SECONDS) -> str:
    """Of a file that is there."""
    return _FRESH.format(seconds=fresh_seconds) if path == TIMESTAMP_PATH else _FOREVER


def missing_cache_control(path: str, fresh_seconds: int = FRESH_SECONDS) -> str:
    """Of a file that is not there."""
    return NOT_YET.format(seconds=fresh_seconds) if path.endswith(".root.json") else NEVER


def content_type(path: str) -> str:
    return "application/octet-stream" if path.startswith("targets/") else "application/json"
