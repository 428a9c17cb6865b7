"""`/history`: what was published, by whose keys, when; for people, for programs, and for feed readers."""

from datetime import UTC, datetime

from flask import Blueprint, Response, render_template, request, url_for
from pydantic import BaseModel

from rollguard.service.inputs import read_history_query
from rollguard.service.settings import Settings
from rollguard.trust.history import Entry

FORMAT = 1
_SHOWN = 100
_IN_FEED = 50


class History(BaseModel):
    """A stretch of the log, oldest first. `head` is the hash of the newest entry of all."""

    format: int
    head: str | None
    entries: list[Entry]


def history_routes(settings: Settings) -> Blueprint:
    routes = Blueprint("history", __name__)

    @routes.get("/history")
    def page() -> str:
        return render_template("history.html", entries=settings.audit.newest(_SHOWN), words=WORDS)

    @routes.get("/history.json")
    def data() -> Response:
        query = read_history_query(request.args.to_dict())
        newest = settings.audit.newest(1)
        history = History(
            format=FORMAT,
            head=newest[0].hash if newest else None,
            entries=settings.audit.entries(query.after, query.limit),
        )
        response = Response(history.model_dump_json(indent=1) + "\n", content_type="application/json")
        response.headers["Cache-Control"] = "no-store"
        return response

    @routes.get("/history.atom")
    def feed() -> Response:
        entries = settings.audit.newest(_IN_FEED)
        updated = entries[0].time if entries else f"{datetime.fromtimestamp(0, UTC):%Y-%m-%dT%H:%M:%SZ}"
        text = render_template(
            "history.atom.xml",
            entries=entries,
            updated=updated,
            words=WORDS,
            page=url_for("history.page", _external=True),
            feed=url_for("history.feed", _external=True),
        )
        response = Response(text, content_type="application/atom+xml; charset=utf-8")
        response.headers["Cache-Control"] = "public, max-age=60"
        return response

    return routes


WORDS = {
    "founded": "The repository was founded",
    "rules": "Rules were published",
    "recall": "What is switched off has changed",
    "root": "The keys have changed",
    "rollback": "Earlier rules were brought back",
}
