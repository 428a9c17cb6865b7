"""The check-up page as built, in a plain browser tab: the worker's answer and the storage are the test's."""

import io
import json
from functools import cache
from typing import Any

import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Route

from rollguard.build.bundler import bundle_script
from rollguard.rules.loader import load_bundle
from rollguard.rules.model import Bundle
from rollguard.rules.remedy import Remedy
from tests.ui.warnings import EXTENSION, tables

PLACE = "https://extension.example/"
_BROWSER = """
const { catalogue, table, language } = SETTING;
const kept = () => JSON.parse(localStorage.getItem("kept") ?? "{}");
const fill = ({ message, placeholders = {} }, values) => message.replaceAll(/\\$(\\w+)\\$/g, (_all, name) =>
  values[Number(placeholders[name.toLowerCase()].content.slice(1)) - 1]);
globalThis.browser = {
  i18n: { getUILanguage: () => language, getMessage: (key, values = []) => table[key] ? fill(table[key], values) : "" },
  runtime: { sendMessage: async ({ type }) => type === "getCatalogue" ? catalogue ?? undefined : undefined },
  storage: { local: {
    get: async (key) => ({ [key]: kept()[key] }),
    set: async (items) => localStorage.setItem("kept", JSON.stringify({ ...kept(), ...items })),
  } },
};
"""


@cache
def shipped() -> Bundle:
    return load_bundle()


def remedies(language: str) -> list[Remedy]:
    """As the client words them: English where the language lacks one."""
    spoken = {remedy.id: remedy for remedy in shipped().remedies if remedy.language == "en"}
    spoken |= {remedy.id: remedy for remedy in shipped().remedies if remedy.language == language}
    return list(spoken.values())


def known(language: str = "en", **changes: Any) -> dict[str, Any]:
    """What the worker answers: the shipped rules and remedies."""
    bundle = shipped()
    texts = {text.rule: text for text in bundle.texts if text.language == "en"}
    texts |= {text.rule: text for text in bundle.texts if text.language == language}
    return {
        "rules": [rule.model_dump(mode="json") for rule in bundle.rules],
        "texts": [text.model_dump(mode="json") for text in texts.values()],
        "remedies": [remedy.model_dump(mode="json") for remedy in remedies(language)],
        "lexicons": [],
        "version": 7,
        **changes,
    }


class Stage:
    """A browser with one tab; `open` may be called again, and the ticks of before are there."""

    def __init__(self, browser: Browser, script: str, **options: Any) -> None:
        self.context = browser.new_context(reduced_motion="reduce", **options)
        self.asked: list[str] = []
        """Addresses that anything in the page asked for, beside its own files."""
        self.errors: list[str] = []
        self.context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self._files = {"checkup.js": script}
        for name in ("checkup.html", "checkup.css", "design.css"):
            self._files[name] = (EXTENSION / "src" / "pages" / name).read_text("utf-8")
        self.context.route("**/*", self._answer)

    def open(self, anchor: str = "", *, language: str = "en", catalogue: dict[str, Any] | None = None) -> Page:
        page = self.context.new_page()
        table = {**tables()["en"], **tables().get(language, {}), "language": {"message": language}}
        setting = {"catalogue": catalogue, "table": table, "language": language}
        page.add_init_script(_BROWSER.replace("SETTING", json.dumps(setting)))
        page.goto(f"{PLACE}checkup.html{anchor}")
        page.locator("main[aria-busy=false]").wait_for()
        return page

    def _answer(self, route: Route) -> None:
        name = route.request.url.removeprefix(PLACE).partition("#")[0]
        if name in self._files:
            kind = {"html": "text/html", "css": "text/css", "js": "text/javascript"}[name.rpartition(".")[2]]
            route.fulfill(body=self._files[name], content_type=f"{kind}; charset=utf-8")
        else:
            self.asked.append(route.request.url)
            route.abort()


def script_of_the_page(folder: Any) -> str:
    return bundle_script("pages/checkup.ts", folder)


def read_codes(shown: Locator) -> list[str]:
    """What a phone's camera reads in the picture of an element."""
    picture = Image.open(io.BytesIO(shown.screenshot()))
    return [found.text for found in zxingcpp.read_barcodes(picture) if found.format == zxingcpp.BarcodeFormat.QRCode]
