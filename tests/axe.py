"""What axe-core finds in a page, one line for each finding."""

import json
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from rollguard.build.bundler import deno

AXE = "4.14.1"

_RUN = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
}"""


@cache
def axe_source() -> str:
    """A script that makes `axe` a global of the page. Fetched once, from the npm registry."""
    deno("cache", f"npm:axe-core@{AXE}")
    kept = Path(json.loads(deno("info", "--json").stdout)["npmCache"])
    return (kept / "registry.npmjs.org" / "axe-core" / AXE / "axe.min.js").read_text("utf-8")


def violations(page: Page) -> list[str]:
    """Every finding, from the page's and its frames' open trees; a closed shadow root is beyond it."""
    page.evaluate(axe_source())
    found: list[str] = page.evaluate(_RUN)
    return found
