"""The options page in real Chromium, for states that a test gives."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from tests.ui.warnings import EXTENSION, tables

PAGES = EXTENSION / "src" / "pages"
SETTINGS = {"speedBump": True, "highlight": True, "ledger": True, "sync": False, "language": ""}
SITES = {
    "builtIn": ["*://*.facebook.com/*", "*://photos.google.com/*", "*://*.facebook.com/story/*"],
    "granted": ["https://news.example/*"],
    "isNotifying": False,
}
CHANNEL = {
    "version": 7, "publishedAt": "", "checkedAt": "", "error": "", "isExpired": False, "ruleCount": 8, "skipped": [],
}  # fmt: skip


def mute(number: int, *, scope: str = "site", site: str = "", rule: str = "", until: str = "") -> dict[str, str]:
    since = f"2026-11-{1 + number % 20:02}T08:00:00.000Z"
    site = site or f"site{number}.example"
    return {"id": f"m{number}", "scope": scope, "site": site, "rule": rule, "print": "", "since": since, "until": until}


def entry(number: int, **changes: Any) -> dict[str, Any]:
    usual = {
        "id": f"e{number}",
        "seen": f"2026-{1 + number // 28 % 12:02}-{1 + number % 28:02}T10:30:00.000Z",
        "site": f"site{number}.example",
        "host": f"site{number}.example",
        "rule": "facebook_cloud_processing",
        "product": "Facebook",
        "severity": "warning",
        "print": "p",
        "choice": "declined",
        "rulesVersion": 7,
    }
    return {**usual, **changes}


class OptionsStage:
    def __init__(self, page: Page, harness: str) -> None:
        self.page = page
        # A secure context, like an extension's page.
        page.route("https://options.test/*", lambda route: route.fulfill(path=PAGES / route.request.url.split("/")[-1]))
        page.route("https://options.test/options.js", lambda route: route.fulfill(body=harness))
        page.goto("https://options.test/options.html")

    def draw(
        self,
        *,
        language: str = "en",
        settings: dict[str, Any] | None = None,
        sites: dict[str, Any] | None = None,
        **state: Any,
    ) -> None:
        own = {"managed": [], "mutes": [], "ledger": [], "mutedSites": [], "notes": [], **state}
        setting = {
            "state": {**own, "settings": {**SETTINGS, **(settings or {})}},
            "sites": sites or SITES,
            "channel": CHANNEL,
            "tables": tables(),
            "language": language,
        }
        self.page.evaluate("setting => drawOptions(setting)", setting)

    @property
    def asked(self) -> list[Any]:
        """What the worker was asked for, one list each."""
        asked: list[Any] = self.page.evaluate("asked")
        return asked

    def section(self, name: str) -> Locator:
        return self.page.locator(f"section#{name}")

    def saved_by(self, button: str) -> str:
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name=button).click()
        path = waiting.value.path()
        return Path(path).read_text("utf-8")
