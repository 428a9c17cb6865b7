"""Pages for people: what this is, how to get it, what it knows, and a dialog to try it on."""

from flask import Blueprint, Response, render_template

from rollguard.service.catalogue import read_catalogue
from rollguard.service.settings import Settings

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


def page_routes(settings: Settings) -> Blueprint:
    routes = Blueprint("pages", __name__)

    @routes.get("/")
    def home() -> str:
        return render_template("home.html", catalogue=read_catalogue(settings.repository))

    @routes.get("/demo")
    def demo() -> str:
        return render_template("demo.html")

    @routes.get("/demo/second")
    def demo_second() -> str:
        return render_template("demo_second.html")

    @routes.after_app_request
    def guard(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.headers["Content-Security-Policy"] = _POLICY
            response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    return routes
