"""Pages for people: what this is, how to get it, what it knows, and a dialog to try it on."""

from collections.abc import Hashable
from functools import lru_cache

from flask import Blueprint, render_template

from rollguard.service.catalogue import Catalogue, read_catalogue
from rollguard.service.settings import Settings
from rollguard.trust.writing import TIMESTAMP_PATH


def page_routes(settings: Settings) -> Blueprint:
    routes = Blueprint("pages", __name__)

    @lru_cache(1)
    def catalogue(_stamp: Hashable) -> Catalogue | None:
        return read_catalogue(settings.storage)

    @routes.get("/")
    def home() -> str:
        return render_template("home.html", catalogue=catalogue(settings.storage.stamp(TIMESTAMP_PATH)))

    @routes.get("/demo")
    def demo() -> str:
        return render_template("demo.html")

    @routes.get("/demo/second")
    def demo_second() -> str:
        return render_template("demo_second.html")

    return routes
