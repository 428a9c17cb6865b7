"""What programs ask: push, health, metrics, and the description of all that."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from threading import BoundedSemaphore

from flask import Blueprint, Response, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from werkzeug.exceptions import RequestEntityTooLarge

from rollguard.errors import PublishError, RollguardError, TrustError
from rollguard.service.health import report_health
from rollguard.service.publishing import VersionConflictError, publish
from rollguard.service.settings import Settings
from rollguard.trust.release import MAX_PUSH_BYTES, Release
from rollguard.trust.repository import read_repository
from rollguard.trust.verification import SignatureError

_log = logging.getLogger(__name__)
_DESCRIPTION = Path(__file__).with_name("openapi.json")
PUSHES_AT_ONCE = 2
"""Whoever sends a body slowly holds a thread for as long: fewer than the server has, so that reading goes on."""


class BusyError(PublishError):
    """Others are pushing already."""


class DiskError(PublishError):
    """The service's disk takes no more."""


def api_routes(settings: Settings) -> Blueprint:
    routes = Blueprint("api", __name__)
    places = BoundedSemaphore(PUSHES_AT_ONCE)

    @routes.post("/push")
    def push() -> Response:
        try:
            _require_fitting_length()  # before taking a place: what is refused unread keeps nobody waiting
            with _taking(places):
                release = Release.from_json(_read_body())
                published = _publish(settings, release)
        except RollguardError as error:
            settings.counters.pushes.labels("refused").inc()
            _log.warning("Refused a push: %s: %s", error.place, error.reason)
            return _refuse(error)
        settings.counters.pushes.labels("published").inc()
        _log.info("Published rules version %d", published)
        return _json({"version": published}, 200)

    @routes.get("/healthz")
    def healthz() -> Response:
        is_usable, health = report_health(settings.repository, settings.now())
        return _json(health, 200 if is_usable else 503)

    @routes.get("/metrics")
    def metrics() -> Response:
        _measure(settings)
        return Response(generate_latest(settings.counters.registry), content_type=CONTENT_TYPE_LATEST)

    @routes.get("/openapi.json")
    def openapi() -> Response:
        description = json.loads(_DESCRIPTION.read_text("utf-8"))
        description["info"]["version"] = version("rollguard")
        return _json(description, 200)

    return routes


def _publish(settings: Settings, release: Release) -> int:
    try:
        return publish(settings.data_dir, release, settings.check_bundle, settings.now(), settings.poll_interval)
    except OSError as error:
        reason = f"it cannot be written: {error.strerror}; what was public stays public"
        raise DiskError(
            "the service's data folder", reason, "Ask its operator to make room, then push again."
        ) from error


@contextmanager
def _taking(places: BoundedSemaphore) -> Iterator[None]:
    if not places.acquire(blocking=False):
        raise BusyError("/push", f"{PUSHES_AT_ONCE} others are pushing right now", "Push again in a minute.")
    try:
        yield
    finally:
        places.release()


def _require_fitting_length() -> None:
    if (request.content_length or 0) > MAX_PUSH_BYTES:
        raise _too_large()


def _read_body() -> bytes:
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge as error:  # a body that did not say how long it is
        raise _too_large() from error


def _too_large() -> PublishError:
    return PublishError("the pushed body", f"it is larger than {MAX_PUSH_BYTES} bytes", "Remove what no client needs.")


def _refuse(error: RollguardError) -> Response:
    status = 400
    if isinstance(error, SignatureError):
        status = 403
    elif isinstance(error, VersionConflictError):
        status = 409
    elif isinstance(error, BusyError):
        status = 503
    elif isinstance(error, DiskError):
        status = 507
    return _json({"place": error.place, "reason": error.reason, "next_step": error.next_step}, status)


def _measure(settings: Settings) -> None:
    try:
        repository = read_repository(settings.repository)
    except TrustError:
        return  # `/healthz` says why; counts are still told
    settings.counters.rules_version.set(repository.targets.version)
    for role, signed in repository.roles().items():
        settings.counters.expires.labels(role).set(signed.expires.timestamp())


def _json(content: dict[str, object], status: int) -> Response:
    response = Response(json.dumps(content, indent=1) + "\n", status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
