"""`/install/`: what `build.py` has made, to be installed once."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from rollguard.service.settings import Settings

_TYPES = {
    "rollguard-chrome.zip": "application/zip",
    "rollguard-firefox.xpi": "application/x-xpinstall",
    # Userscript managers offer to install whatever is shown under such a name.
    "rollguard.user.js": "text/javascript; charset=utf-8",
}


@dataclass(frozen=True)
class Installable:
    name: str
    kilobytes: int
    sha256: str


def install_routes(settings: Settings) -> Blueprint:
    routes = Blueprint("install", __name__, url_prefix="/install")

    @routes.get("")
    def slashless() -> AnyResponse:
        return redirect(url_for("install.index"))

    @routes.get("/")
    def index() -> str:
        return render_template("install.html", files=list_installables(settings.install_dir))

    @routes.get("/<name>")
    def download(name: str) -> Response:
        path = _path(settings.install_dir, name)
        if path is None:
            abort(404)
        response = Response(path.read_bytes(), content_type=_TYPES[name])
        response.headers["Cache-Control"] = "no-cache"
        if name.endswith(".zip"):
            response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    return routes


def list_installables(install_dir: Path | None) -> dict[str, Installable]:
    """What has been built, by name."""
    found = {}
    for name in _TYPES:
        if path := _path(install_dir, name):
            data = path.read_bytes()
            found[name] = Installable(name, -(-len(data) // 1000), hashlib.sha256(data).hexdigest())
    return found


def _path(install_dir: Path | None, name: str) -> Path | None:
    if install_dir is None or name not in _TYPES:
        return None
    path = install_dir / name
    return path if path.is_file() else None
