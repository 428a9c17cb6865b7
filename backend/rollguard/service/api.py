"""What programs ask: push, health, metrics, and the description of all that."""

import json
from importlib.metadata import version

from flask import Blueprint, Response, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from werkzeug.exceptions import RequestEntityTooLarge

from rollguard.errors import RollguardError, TrustError
from rollguard.service.bodies import read_within
from rollguard.service.health import report_health
from rollguard.service.inputs import read_push
from rollguard.service.logs import log
from rollguard.service.openapi import describe
from rollguard.service.problems import DiskError, MediaTypeError, TooLargeError, refuse, status_of
from rollguard.service.publishing import publish
from rollguard.service.settings import Settings
from rollguard.trust.history import Published
from rollguard.trust.release import MAX_PUSH_BYTES, Release
from rollguard.trust.repository import read_repository


def api_routes(settings: Settings) -> Blueprint:
    routes = Blueprint("api", __name__)

    @routes.post("/push")
    def push() -> Response:
        try:
            _require_fitting()  # before taking a place: what is refused unread keeps nobody waiting
            settings.limits.count(request.remote_addr or "")
            with settings.limits.place():
                public = _publish(settings, read_push(_read_body(settings.limits.body_seconds)))
        except RollguardError as error:
            status = status_of(error)
            settings.counters.pushes.labels("refused").inc()
            log().warning("push refused", status=status, place=error.place[:200], reason=error.reason[:500])
            return refuse(error)
        settings.counters.pushes.labels("published").inc()
        log().info("published", versions=public.versions)
        return _json({"version": public.versions["targets"], "versions": public.versions}, 200)

    @routes.get("/healthz")
    def healthz() -> Response:
        health = report_health(settings.storage, settings.now())
        return _json(health.model_dump(mode="json", exclude_none=True), 200 if health.is_usable else 503)

    @routes.get("/metrics")
    def metrics() -> Response:
        _measure(settings)
        response = Response(generate_latest(settings.counters.registry), content_type=CONTENT_TYPE_LATEST)
        response.headers["Cache-Control"] = "no-store"
        return response

    @routes.get("/openapi.json")
    def openapi() -> Response:
        return _json(describe(version("rollguard")), 200)

    return routes


def _publish(settings: Settings, release: Release) -> Published:
    try:
        return publish(settings.shelf, release, settings.check_bundle, settings.now())
    except OSError as error:
        reason = f"it cannot be written: {error.strerror}; what was public stays public"
        raise DiskError(
            "the service's data folder", reason, "Ask its operator to make room, then push again."
        ) from error


def _require_fitting() -> None:
    if (request.content_length or 0) > MAX_PUSH_BYTES:
        raise _too_large()
    # A page in a browser can send a form or plain text anywhere without asking, but not JSON.
    if request.mimetype != "application/json":
        raise MediaTypeError("the pushed body", "its Content-Type is not application/json", "Say that it is JSON.")


def _read_body(seconds: float) -> bytes:
    try:
        return read_within(request, seconds)
    except RequestEntityTooLarge as error:  # a body that did not say how long it is
        raise _too_large() from error


def _too_large() -> TooLargeError:
    reason = f"it is larger than {MAX_PUSH_BYTES} bytes"
    return TooLargeError("the pushed body", reason, "Remove what no client needs.")


def _measure(settings: Settings) -> None:
    try:
        repository = read_repository(settings.storage)
    except TrustError:
        return  # `/healthz` says why; counts are still told
    counters = settings.counters
    counters.root_version.set(repository.root.version)
    counters.rules_version.set(repository.targets.version)
    counters.recall_version.set(repository.recall.version)
    counters.recalled.set(len(repository.recalled.rules))
    for role, signed in repository.roles().items():
        counters.expires.labels(role).set(signed.expires.timestamp())


def _json(content: object, status: int) -> Response:
    response = current_app.response_class(json.dumps(content, indent=1) + "\n", status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
