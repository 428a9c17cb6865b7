"""A userscript manager's API as the script sees it: storage that outlives the page, requests past the page's policy.

Not one of the managers: a harness of the `GM.*` promises that the script asks for, as Greasemonkey 4 documents them.
"""

import base64
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from playwright.sync_api import BrowserContext, Page

_SHIM = """
globalThis.GM = {
  getValue: (key) => rollguardTest({ verb: "get", key }),
  setValue: (key, value) => rollguardTest({ verb: "set", key, value }),
  deleteValue: (key) => rollguardTest({ verb: "delete", key }),
  registerMenuCommand: (title, act) => { (globalThis.rollguardMenu ??= {})[title] = act },
  xmlHttpRequest: (request) => {
    rollguardTest({ verb: "fetch", key: request.url }).then(({ status, body }) => {
      if (status === 0) return request.onerror();
      const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
      request.onprogress?.({ loaded: bytes.length });
      request.onload({ status, response: bytes.buffer, finalUrl: request.url });
    });
    return { abort() {} };
  },
};
"""


class Manager:
    """Installs one userscript into every page of a browser context, at document start."""

    def __init__(self, context: BrowserContext, userscript: Path) -> None:
        self.stored: dict[str, str] = {}
        self.asked: list[str] = []
        context.expose_binding("rollguardTest", lambda _source, message: self._answer(message))
        context.add_init_script(f"(() => {{{_SHIM}\n{userscript.read_text('utf-8')}\n}})()")
        self.context = context

    def open(self, url: str) -> Page:
        page = self.context.new_page()
        page.goto(url)
        return page

    def press(self, page: Page, title: str) -> None:
        """Choose a line of the manager's menu."""
        page.wait_for_function("title => globalThis.rollguardMenu?.[title]", arg=title)
        page.evaluate("title => rollguardMenu[title]()", title)

    def _answer(self, message: dict[str, str]) -> Any:
        key = message["key"]
        match message["verb"]:
            case "get":
                return self.stored.get(key)
            case "set":
                self.stored[key] = message["value"]
            case "delete":
                self.stored.pop(key, None)
            case "fetch":
                self.asked.append(key)
                return _fetch(key)
        return None


def _fetch(url: str) -> dict[str, Any]:
    try:
        with urlopen(url, timeout=10) as answer:  # noqa: S310 - the service of this test, on loopback
            return {"status": answer.status, "body": base64.b64encode(answer.read()).decode()}
    except HTTPError as error:
        return {"status": error.code, "body": ""}
    except URLError:
        return {"status": 0, "body": ""}
