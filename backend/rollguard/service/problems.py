"""Refusals on the wire: RFC 9457, with the place, the reason and the next step that every refusal of ours has."""

from http import HTTPStatus

from flask import Flask, Response, render_template, request
from pydantic import BaseModel
from werkzeug.exceptions import HTTPException

from rollguard.errors import PublishError, RollguardError
from rollguard.trust.verification import SignatureError

MEDIA_TYPE = "application/problem+json"
_MAX_WORDS = 2_000
"""A reason may quote what was sent; nobody is sent a megabyte back."""


class Problem(BaseModel):
    """`type` is a name, not an address: there is nothing to fetch."""

    type: str
    title: str
    status: int
    detail: str
    place: str
    reason: str
    next_step: str


class VersionConflictError(PublishError):
    """Somebody else has published since this release was begun."""


class BusyError(PublishError):
    """Others are pushing already."""


class TooManyError(PublishError):
    """This sender has tried too often within a minute."""


class TooLargeError(PublishError):
    """The body is larger than any release."""


class TooSlowError(PublishError):
    """The body took too long to come in."""


class MediaTypeError(PublishError):
    """The body is not said to be JSON."""


class DiskError(PublishError):
    """The service's disk, or its object store, takes no more."""


class ShuttingDownError(PublishError):
    """The service is being stopped."""


_NAMES: dict[type[RollguardError], tuple[str, int]] = {
    SignatureError: ("signature", 403),
    VersionConflictError: ("version-conflict", 409),
    TooSlowError: ("too-slow", 408),
    TooLargeError: ("too-large", 413),
    MediaTypeError: ("media-type", 415),
    TooManyError: ("too-many", 429),
    BusyError: ("busy", 503),
    ShuttingDownError: ("shutting-down", 503),
    DiskError: ("disk", 507),
}
_REFUSED = ("refused", 400)
_RETRY_SECONDS = {429: 60, 503: 10}


def status_of(error: RollguardError) -> int:
    return _name(error)[1]


def refuse(error: RollguardError) -> Response:
    """The answer to what was refused."""
    name, status = _name(error)
    return answer(status, name, error.place, error.reason, error.next_step)


def answer(status: int, name: str, place: str, reason: str, next_step: str) -> Response:
    problem = Problem(
        type=f"urn:rollguard:problem:{name}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=f"{place}: {reason}"[:_MAX_WORDS],
        place=place[:_MAX_WORDS],
        reason=reason[:_MAX_WORDS],
        next_step=next_step,
    )
    response = Response(problem.model_dump_json(indent=1) + "\n", status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    if status in _RETRY_SECONDS:
        response.headers["Retry-After"] = str(_RETRY_SECONDS[status])
    if status == HTTPStatus.REQUEST_TIMEOUT:
        response.headers["Connection"] = "close"  # what is still to come, nobody will read
    return response


def register_problems(app: Flask) -> None:
    """Whatever Flask refuses by itself is said in the same words; a person gets a page."""

    @app.errorhandler(RollguardError)
    def refused(error: RollguardError) -> Response:
        return refuse(error)

    @app.errorhandler(HTTPException)
    def failed(error: HTTPException) -> Response | tuple[str, int]:
        status = error.code or 500
        if "text/html" in request.headers.get("Accept", ""):
            return render_template("error.html", status=status, title=HTTPStatus(status).phrase), status
        response = answer(status, HTTPStatus(status).phrase.lower().replace(" ", "-"), "the request", *_words(error))
        response.headers.extend(
            [(name, value) for name, value in error.get_headers() if name in {"Allow", "Location", "Retry-After"}]
        )
        return response


def _words(error: HTTPException) -> tuple[str, str]:
    if error.code == 404:
        return "there is nothing at this address", "What there is, /openapi.json says."
    if error.code == 405:
        return "this is not how the address is asked", "The Allow header and /openapi.json say how."
    if (error.code or 500) >= 500:
        return "the service failed; its operator finds why in its log", "Try again later."
    return (error.description or error.name).rstrip("."), "/openapi.json says what is expected."


def _name(error: RollguardError) -> tuple[str, int]:
    return next((name for kind, name in _NAMES.items() if isinstance(error, kind)), _REFUSED)
