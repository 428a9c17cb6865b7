"""The Flask app, put together: published files in front, then the interface for programs, then pages for people."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from rollguard.rules.checker import check_bundle as check_against_pages
from rollguard.service.api import api_routes
from rollguard.service.counters import Counters
from rollguard.service.installs import install_routes
from rollguard.service.pages import page_routes
from rollguard.service.published import PublishedFiles
from rollguard.service.publishing import CheckBundle
from rollguard.service.settings import Settings
from rollguard.trust.release import MAX_PUSH_BYTES
from rollguard.trust.timestamp import DEFAULT_POLL_INTERVAL


def _utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    data_dir: Path,
    *,
    poll_interval: int = DEFAULT_POLL_INTERVAL,
    install_dir: Path | None = None,
    now: Callable[[], datetime] = _utc_now,
    check_bundle: CheckBundle = check_against_pages,
) -> Flask:
    """A WSGI app over one data folder.

    Args:
        data_dir: holds `repository/` and `keys/timestamp.pem`.
        poll_interval: how often clients shall ask, in seconds; signed into every timestamp.
        install_dir: where `build.py` has put its results.
        now: the clock.
        check_bundle: what a push must pass beside its signatures.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_PUSH_BYTES
    counters = Counters()
    settings = Settings(data_dir, poll_interval, install_dir, now, check_bundle, counters)
    app.register_blueprint(api_routes(settings))
    app.register_blueprint(install_routes(settings))
    app.register_blueprint(page_routes(settings))
    app.wsgi_app = PublishedFiles(app.wsgi_app, settings.repository, counters)  # type: ignore[method-assign]
    return app
