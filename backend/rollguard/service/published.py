"""Published files, answered before Flask is asked: always 200 or 404, the same bytes for everybody, from memory.

Only what a timestamp has made public is shown: the next release's files may already lie in the folder, half written.
"""

import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from rollguard.errors import TrustError
from rollguard.service.counters import Counters
from rollguard.trust.repository import read_repository

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_METADATA = re.compile(r"/metadata/(?:timestamp|([1-9]\d{0,9})\.(root|snapshot|targets))\.json", re.ASCII)
_TARGET = re.compile(r"/targets/[0-9a-f]{64}\.[a-z0-9][a-z0-9_.-]{0,60}", re.ASCII)
_TIMESTAMP = "/metadata/timestamp.json"
_FRESH = "public, max-age=60, stale-while-revalidate=30, stale-if-error=86400"
_FOREVER = "public, max-age=31536000, immutable"
_NEXT_ROOT = "public, max-age=60"
_NEVER = "no-store"
_KEPT_FILES = 256
_EVERY_ANSWER = [
    ("Access-Control-Allow-Origin", "*"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Vary", "Accept-Encoding"),
    ("X-Content-Type-Options", "nosniff"),
]


_Stamp = tuple[int, int]
"""When a file was written, and which one it is: clocks of file systems tick slowly."""


@dataclass(frozen=True)
class _File:
    plain: bytes
    gzipped: bytes


class PublishedFiles:
    """A WSGI layer in front of `app`."""

    def __init__(self, app: "WSGIApplication", folder: Path, counters: Counters) -> None:
        self._app = app
        self._folder = folder
        self._counters = counters
        # Keyed by what the file system says of the timestamp, so that a worker sees what another one has published.
        self._file = lru_cache(_KEPT_FILES)(self._load)
        self._versions = lru_cache(1)(self._load_versions)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(("/metadata/", "/targets/")):
            return self._app(environ, start_response)
        method = environ["REQUEST_METHOD"]
        if method not in {"GET", "HEAD"}:
            return _answer(start_response, "405 Method Not Allowed", [("Allow", "GET, HEAD")], b"")
        kind = path.split("/")[1]
        try:
            file = self._find(path)
        except FileNotFoundError:
            self._counters.reads.labels(kind, "404").inc()
            cache = _NEXT_ROOT if path.endswith(".root.json") else _NEVER
            return _answer(start_response, "404 Not Found", [("Cache-Control", cache)], b"")
        self._counters.reads.labels(kind, "200").inc()
        headers = [
            ("Cache-Control", _FRESH if path == _TIMESTAMP else _FOREVER),
            ("Content-Type", "application/json" if kind == "metadata" else "application/octet-stream"),
        ]
        body = file.plain
        if _accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")) and len(file.gzipped) < len(file.plain):
            headers.append(("Content-Encoding", "gzip"))
            body = file.gzipped
        return _answer(start_response, "200 OK", headers, body, is_head=method == "HEAD")

    def _find(self, path: str) -> _File:
        metadata = _METADATA.fullmatch(path)
        if not metadata and not _TARGET.fullmatch(path):
            raise FileNotFoundError(path)
        stamp = self._stamp()
        if path == _TIMESTAMP:
            return self._file(path, stamp)
        if metadata and metadata[2] != "root" and int(metadata[1]) > self._versions(stamp)[metadata[2]]:
            raise FileNotFoundError(path)
        return self._file(path, None)

    def _stamp(self) -> _Stamp:
        status = (self._folder / "metadata/timestamp.json").stat()
        return status.st_mtime_ns, status.st_ino

    def _load(self, path: str, _stamp: _Stamp | None) -> _File:
        plain = (self._folder / path[1:]).read_bytes()
        return _File(plain, gzip.compress(plain, 9, mtime=0))

    def _load_versions(self, _stamp: _Stamp | None) -> dict[str, int]:
        try:
            repository = read_repository(self._folder)
        except TrustError as error:
            # What does not verify is not handed out; `/healthz` says why.
            raise FileNotFoundError(error.place) from error
        return {"snapshot": repository.snapshot.version, "targets": repository.targets.version}


def _answer(
    start_response: "StartResponse", status: str, headers: list[tuple[str, str]], body: bytes, *, is_head: bool = False
) -> list[bytes]:
    start_response(status, [*_EVERY_ANSWER, *headers, ("Content-Length", str(len(body)))])
    return [] if is_head else [body]


def _accepts_gzip(accept_encoding: str) -> bool:
    for part in accept_encoding.lower().split(","):
        name, _, quality = part.replace(" ", "").partition(";")
        if name == "gzip":
            return quality not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
