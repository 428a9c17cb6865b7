"""Published files, answered before Flask is asked: always 200 or 404, the same bytes for everybody, from memory.

Only what a timestamp has made public is shown: the next release's files may already lie there, half written.
"""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rollguard.errors import TrustError
from rollguard.service.caching import cache_control, content_type, missing_cache_control
from rollguard.service.counters import Counters
from rollguard.service.headers import HSTS
from rollguard.service.variants import PACKED, pack
from rollguard.trust.repository import read_repository
from rollguard.trust.storage import Storage
from rollguard.trust.writing import TIMESTAMP_PATH

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_METADATA = re.compile(r"metadata/(?:timestamp|([1-9]\d{0,9})\.(root|snapshot|targets|recall))\.json", re.ASCII)
_TARGET = re.compile(r"targets/[0-9a-f]{64}\.[a-z0-9][a-z0-9_.-]{0,60}", re.ASCII)
_DELTA = re.compile(r"deltas/[0-9a-f]{64}\.[0-9a-f]{64}\.json", re.ASCII)
_ROOMS = ("/metadata/", "/targets/", "/deltas/")
_KEPT_FILES = 256
_EVERY_ANSWER = [
    ("Access-Control-Allow-Origin", "*"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Vary", "Accept-Encoding"),
    ("X-Content-Type-Options", "nosniff"),
]


@dataclass(frozen=True)
class _File:
    plain: bytes
    gzipped: bytes | None


class PublishedFiles:
    """A WSGI layer in front of `app`."""

    def __init__(self, app: "WSGIApplication", storage: Storage, counters: Counters) -> None:
        self._app = app
        self._storage = storage
        self._counters = counters
        # Keyed by what the storage says of the timestamp, so that a worker sees what another one has published.
        self._file = lru_cache(_KEPT_FILES)(self._load)
        self._versions = lru_cache(1)(self._load_versions)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(_ROOMS):
            return self._app(environ, start_response)
        path = path[1:]
        method = environ["REQUEST_METHOD"]
        if method not in {"GET", "HEAD"}:
            return _answer(environ, start_response, "405 Method Not Allowed", [("Allow", "GET, HEAD")], b"")
        kind = path.partition("/")[0]
        try:
            file = self._find(path)
        except FileNotFoundError:
            self._counters.reads.labels(kind, "404").inc()
            headers = [("Cache-Control", missing_cache_control(path))]
            return _answer(environ, start_response, "404 Not Found", headers, b"")
        self._counters.reads.labels(kind, "200").inc()
        headers = [("Cache-Control", cache_control(path)), ("Content-Type", content_type(path))]
        body = file.plain
        if file.gzipped is not None and _accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            headers.append(("Content-Encoding", "gzip"))
            body = file.gzipped
        return _answer(environ, start_response, "200 OK", headers, body)

    def _find(self, path: str) -> _File:
        metadata = _METADATA.fullmatch(path)
        if not metadata and not _TARGET.fullmatch(path) and not _DELTA.fullmatch(path):
            raise FileNotFoundError(path)
        stamp = self._storage.stamp(TIMESTAMP_PATH)
        if stamp is None:
            raise FileNotFoundError(path)
        if path == TIMESTAMP_PATH:
            return self._file(path, stamp)
        if metadata and int(metadata[1]) > self._versions(stamp)[metadata[2]]:
            raise FileNotFoundError(path)
        return self._file(path, None)

    def _load(self, path: str, _stamp: Hashable) -> _File:
        plain = self._storage.read(path)
        if plain is None:
            raise FileNotFoundError(path)
        # Made at publishing; the first release of all has none.
        return _File(plain, (self._storage.read(path + PACKED) if path != TIMESTAMP_PATH else None) or pack(plain))

    def _load_versions(self, _stamp: Hashable) -> dict[str, int]:
        try:
            repository = read_repository(self._storage)
        except TrustError as error:
            # What does not verify is not handed out; `/healthz` says why.
            raise FileNotFoundError(error.place) from error
        if not repository.is_announced:
            raise FileNotFoundError("nothing in it is public until the timestamp is signed")
        return {role: signed.version for role, signed in repository.roles().items()}


def _answer(
    environ: "WSGIEnvironment",
    start_response: "StartResponse",
    status: str,
    headers: list[tuple[str, str]],
    body: bytes,
) -> list[bytes]:
    if environ.get("wsgi.url_scheme") == "https":
        headers.append(("Strict-Transport-Security", HSTS))
    start_response(status, [*_EVERY_ANSWER, *headers, ("Content-Length", str(len(body)))])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _accepts_gzip(accept_encoding: str) -> bool:
    for part in accept_encoding.lower().split(","):
        name, _, quality = part.replace(" ", "").partition(";")
        if name == "gzip":
            return quality not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
