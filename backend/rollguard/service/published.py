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
from rollguard.service.headers import EXPOSED, HSTS
from rollguard.service.variants import PACKED, pack
from rollguard.trust.repository import read_repository
from rollguard.trust.storage import Storage
from rollguard.trust.writing import TIMESTAMP_PATH

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_METADATA = re.compile(r"metadata/(?:timestamp|([1-9]\d{0,9})\.(root|snapshot|targets|recall))\.json", re.ASCII)
_TARGET = re.compile(r"targets/(?:texts/)?[0-9a-f]{64}\.[A-Za-z0-9][A-Za-z0-9_.-]{0,60}", re.ASCII)
_DELTA = re.compile(r"deltas/[0-9a-f]{64}\.[0-9a-f]{64}\.json", re.ASCII)
_TEXTS = "targets/texts/"
_ROOMS = frozenset({"metadata", "targets", "deltas"})
_KEPT_TEXTS = 128
_KEPT_FILES = 24
"""A bundle is some megabytes, and whoever asks for every old one must not fill the memory."""
_KEPT_ANSWERS = 512
_EVERY_ANSWER = [
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", EXPOSED),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Vary", "Accept-Encoding"),
    ("X-Content-Type-Options", "nosniff"),
]


Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class _Body:
    headers: Headers
    data: bytes


@dataclass(frozen=True)
class _File:
    plain: _Body
    gzipped: _Body | None


class PublishedFiles:
    """A WSGI layer in front of `app`."""

    def __init__(self, app: "WSGIApplication", storage: Storage, counters: Counters) -> None:
        self._app = app
        self._storage = storage
        self._count = {
            (room, status): counters.reads.labels(room, status).inc for room in _ROOMS for status in ("200", "404")
        }
        # Keyed by what the storage says of the timestamp, so that a worker sees what another one has published.
        self._is_public = lru_cache(_KEPT_ANSWERS)(self._judge)
        self._versions = lru_cache(1)(self._load_versions)
        self._file = lru_cache(_KEPT_FILES)(self._load)
        self._texts = lru_cache(_KEPT_TEXTS)(self._load)  # small, and of many languages

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")[1:]
        room, slash, _name = path.partition("/")
        if room not in _ROOMS or not slash:
            return self._app(environ, start_response)
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return _answer(environ, start_response, "405 Method Not Allowed", _body([("Allow", "GET, HEAD")]))
        file = self._find(path)
        if file is None:
            self._count[room, "404"]()
            headers = [("Cache-Control", missing_cache_control(path))]
            return _answer(environ, start_response, "404 Not Found", _body(headers))
        self._count[room, "200"]()
        is_packed = file.gzipped is not None and _accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        return _answer(environ, start_response, "200 OK", file.gzipped if is_packed and file.gzipped else file.plain)

    def _find(self, path: str) -> _File | None:
        stamp = self._storage.stamp(TIMESTAMP_PATH)
        try:
            if stamp is None or not self._is_public(path, stamp):
                return None
            load = self._texts if path.startswith(_TEXTS) else self._file
            return load(path, stamp if path == TIMESTAMP_PATH else None)
        except FileNotFoundError:  # which no cache remembers: once the file is restored, it is found
            return None

    def _judge(self, path: str, stamp: Hashable) -> bool:
        metadata = _METADATA.fullmatch(path)
        if metadata and path != TIMESTAMP_PATH:
            return int(metadata[1]) <= self._versions(stamp)[metadata[2]]
        return bool(metadata or _TARGET.fullmatch(path) or _DELTA.fullmatch(path))

    def _load(self, path: str, _stamp: Hashable) -> _File:
        plain = self._storage.read(path)
        if plain is None:
            raise FileNotFoundError(path)
        # Made at publishing; the first release of all has none.
        packed = (self._storage.read(path + PACKED) if path != TIMESTAMP_PATH else None) or pack(plain)
        headers = [("Cache-Control", cache_control(path)), ("Content-Type", content_type(path))]
        gzipped = _body([*headers, ("Content-Encoding", "gzip")], packed) if packed else None
        return _File(_body(headers, plain), gzipped)

    def _load_versions(self, _stamp: Hashable) -> dict[str, int]:
        try:
            repository = read_repository(self._storage)
        except TrustError as error:
            # What does not verify is not handed out; `/healthz` says why.
            raise FileNotFoundError(error.place) from error
        if not repository.is_announced:
            raise FileNotFoundError("nothing in it is public until the timestamp is signed")
        return {role: signed.version for role, signed in repository.roles().items()}


def _body(headers: Headers, data: bytes = b"") -> _Body:
    return _Body([*_EVERY_ANSWER, *headers, ("Content-Length", str(len(data)))], data)


def _answer(environ: "WSGIEnvironment", start_response: "StartResponse", status: str, body: _Body) -> list[bytes]:
    headers = body.headers
    if environ.get("wsgi.url_scheme") == "https":
        headers = [*headers, ("Strict-Transport-Security", HSTS)]
    start_response(status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body.data]


@lru_cache(64)
def _accepts_gzip(accept_encoding: str) -> bool:
    for part in accept_encoding.lower().split(","):
        name, _, quality = part.replace(" ", "").partition(";")
        if name == "gzip":
            return quality not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
