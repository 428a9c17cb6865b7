"""A repository in an S3-compatible object store, which a CDN reads without us.

Objects are replaced whole, so readers see the old or the new one. Writers take a lease, an object of its own; one that
was killed holds it for `LEASE_SECONDS` at most. The timestamp is replaced only if it still is the one that was read.
"""

import secrets
import threading
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from rollguard.errors import RollguardError, TrustError
from rollguard.service.caching import cache_control, content_type
from rollguard.trust.writing import TIMESTAMP_PATH

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

LEASE_SECONDS = 60.0
_LEASE = "lease"
_TRY_AGAIN_SECONDS = 0.2
_STAMP_SECONDS = 1.0
"""A push is seen by other machines so much later; in return the store is not asked at every read."""


class StoreError(OSError):
    """The object store did not do what it was asked; named like a full disk, because it is one to whoever publishes."""


class ObjectStorage:
    """A bucket, or a folder of it."""

    def __init__(self, client: "S3Client", bucket: str, prefix: str = "", lease_seconds: float = LEASE_SECONDS) -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._stamps: dict[str, tuple[float, str | None]] = {}
        self._lease_seconds = lease_seconds
        self._held = threading.local()

    def __str__(self) -> str:
        return f"s3://{self._bucket}/{self._prefix}"

    def read(self, path: str) -> bytes | None:
        found = self._get(path)
        return found[0] if found else None

    def write(self, path: str, data: bytes) -> None:
        condition: dict[str, str] = {}
        if path == TIMESTAMP_PATH and hasattr(self._held, "timestamp"):
            before = self._held.timestamp
            condition = {"IfMatch": before} if before else {"IfNoneMatch": "*"}
        with _said(path):
            answer = self._client.put_object(
                Bucket=self._bucket,
                Key=self._prefix + path,
                Body=data,
                ContentType=content_type(path),
                CacheControl=cache_control(path),
                **condition,  # type: ignore[arg-type]
            )
        if condition:
            self._held.timestamp = answer["ETag"]
        self._stamps.pop(path, None)

    def remove(self, path: str) -> None:
        with _said(path):
            self._client.delete_object(Bucket=self._bucket, Key=self._prefix + path)
        self._stamps.pop(path, None)

    def names(self, folder: str) -> list[str]:
        start = f"{self._prefix}{folder}/"
        with _said(folder):
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=start)
            keys = [found["Key"].removeprefix(start) for page in pages for found in page.get("Contents", [])]
        return sorted(key for key in keys if "/" not in key)

    def stamp(self, path: str) -> Hashable:
        asked, stamp = self._stamps.get(path, (-_STAMP_SECONDS, None))
        if time.monotonic() - asked >= _STAMP_SECONDS:
            stamp = self._tag(path)
            self._stamps[path] = time.monotonic(), stamp
        return stamp

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        token = self._take_lease()
        try:
            self._held.timestamp = self._tag(TIMESTAMP_PATH)
            yield
        finally:
            del self._held.timestamp
            self._drop_lease(token)

    def _take_lease(self) -> str:
        pause = threading.Event()
        last = time.monotonic() + 2 * LEASE_SECONDS
        while time.monotonic() < last:
            found = self._get(_LEASE)
            condition = {"IfNoneMatch": "*"}
            if found is not None:
                if float(found[0].split()[0]) > time.time():
                    pause.wait(_TRY_AGAIN_SECONDS)
                    continue
                condition = {"IfMatch": found[1]}  # its holder was killed
            body = f"{time.time() + self._lease_seconds} {secrets.token_hex(8)}".encode()
            with suppress(_LostError), _said(_LEASE):
                answer = self._client.put_object(
                    Bucket=self._bucket,
                    Key=self._prefix + _LEASE,
                    Body=body,
                    CacheControl="no-store",
                    **condition,  # type: ignore[arg-type]
                )
                return answer["ETag"]
        raise StoreError(f"{self}{_LEASE} is held by another writer")

    def _drop_lease(self, token: str) -> None:
        # Not a conditional delete, which few stores know: who was so slow that another has taken it leaves it alone.
        if self._tag(_LEASE) == token:
            self.remove(_LEASE)

    def _get(self, path: str) -> tuple[bytes, str] | None:
        try:
            with _said(path):
                answer = self._client.get_object(Bucket=self._bucket, Key=self._prefix + path)
                return answer["Body"].read(), answer["ETag"]
        except FileNotFoundError:
            return None

    def _tag(self, path: str) -> str | None:
        try:
            with _said(path):
                return self._client.head_object(Bucket=self._bucket, Key=self._prefix + path)["ETag"]
        except FileNotFoundError:
            return None


class _LostError(StoreError):
    """Somebody else has written it in between."""


@contextmanager
def _said(path: str) -> Iterator[None]:
    """The store's refusals, in the words of a file system."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - an optional dependency

    try:
        yield
    except ClientError as error:
        status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
        if status == 404:
            raise FileNotFoundError(path) from error
        kind = _LostError if status in {409, 412} else StoreError
        raise kind(0, f"the object store answered {status}", path) from error
    except BotoCoreError as error:
        raise StoreError(0, f"the object store cannot be asked: {error}", path) from error


def open_object_store(address: str) -> ObjectStorage:
    """`s3://BUCKET/FOLDER?endpoint=https://…&region=…`; who may write comes from the environment, as boto3 reads it.

    Raises:
        RollguardError: boto3 is not installed.
        TrustError: the address is none.
    """
    parts = urlsplit(address)
    options = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if parts.scheme != "s3" or not parts.netloc or options.keys() - {"endpoint", "region"}:
        raise TrustError(address, "it is no address of an object store", "s3://BUCKET/FOLDER?endpoint=https://…")
    try:
        import boto3  # noqa: PLC0415 - an optional dependency
        from botocore.config import Config  # noqa: PLC0415
    except ImportError as error:
        raise RollguardError(address, "boto3 is not installed", "pip install 'rollguard[s3]'") from error
    client = boto3.client(
        "s3",
        endpoint_url=options.get("endpoint"),
        region_name=options.get("region", "us-east-1"),
        config=Config(connect_timeout=5, read_timeout=20, retries={"max_attempts": 3, "mode": "standard"}),
    )
    return ObjectStorage(client, parts.netloc, parts.path)
