"""The Flask app, put together: published files in front, then the interface for programs, then pages for people."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from rollguard.rules.checker import check_bundle as check_against_pages
from rollguard.service.api import api_routes
from rollguard.service.counters import Counters
from rollguard.service.guides import guide_routes
from rollguard.service.headers import register_headers
from rollguard.service.history import history_routes
from rollguard.service.installs import install_routes
from rollguard.service.limits import BODY_SECONDS, WRITES_PER_MINUTE, WriteLimits
from rollguard.service.pages import page_routes
from rollguard.service.problems import register_problems
from rollguard.service.published import PublishedFiles
from rollguard.service.publishing import CheckBundle, Shelf
from rollguard.service.settings import Settings
from rollguard.trust.release import MAX_PUSH_BYTES
from rollguard.trust.storage import FolderStorage, Storage
from rollguard.trust.timestamp import DEFAULT_POLL_INTERVAL


def _utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(  # noqa: PLR0913 - each of them is one thing that an operator may choose
    data_dir: Path,
    *,
    storage: Storage | None = None,
    poll_interval: int = DEFAULT_POLL_INTERVAL,
    install_dir: Path | None = None,
    now: Callable[[], datetime] = _utc_now,
    check_bundle: CheckBundle = check_against_pages,
    writes_per_minute: int = WRITES_PER_MINUTE,
    body_seconds: float = BODY_SECONDS,
    proxies: int = 0,
) -> Flask:
    """A WSGI app over one data folder.

    Args:
        data_dir: holds `keys/timestamp.pem`, the log, and `repository/` where no other storage is named.
        storage: where the public files are kept.
        poll_interval: how often clients shall ask, in seconds; signed into every timestamp.
        install_dir: where `build.py` has put its results.
        now: the clock.
        check_bundle: what a push must pass beside its signatures.
        writes_per_minute: how often one address may try to push.
        body_seconds: how long a push may take to come in.
        proxies: how many proxies stand in front, whose word about the sender and about TLS is taken.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_PUSH_BYTES
    shelf = Shelf(data_dir, storage or FolderStorage(data_dir / "repository"), poll_interval)
    limits = WriteLimits(time.monotonic, writes_per_minute, body_seconds)
    settings = Settings(shelf, install_dir, now, check_bundle, Counters(), limits)
    register_problems(app)
    register_headers(app)
    for routes in (api_routes, guide_routes, history_routes, install_routes, page_routes):
        app.register_blueprint(routes(settings))
    wsgi = PublishedFiles(app.wsgi_app, shelf.storage, settings.counters)
    app.wsgi_app = ProxyFix(wsgi, x_for=proxies, x_proto=proxies, x_host=proxies) if proxies else wsgi  # type: ignore[method-assign]
    return app
