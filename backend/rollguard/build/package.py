"""The files of one browser's package: a closed list, so that nothing strays in."""

import json
from typing import Any

from rollguard.build.plan import EXTENSION, ROOT
from rollguard.build.recogniser import PINNED, recogniser_files
from rollguard.build.render import locale_files, read_locales, render_manifest
from rollguard.build.verify import Files
from rollguard.errors import BuildError

PAGES = ("popup", "options", "welcome", "checkup", "screenshot")
SCRIPTS = {
    "content.js": "content/main.ts",
    "background.js": "background/main.ts",
    **{f"{page}.js": f"pages/{page}.ts" for page in PAGES},
    "recogniser.js": "recognise/worker.ts",
}
COPIED = {
    "design.css": "src/pages/design.css",
    **{f"{page}.{kind}": f"src/pages/{page}.{kind}" for page in PAGES for kind in ("html", "css")},
    **{f"icons/rollguard-{size}.png": f"icons/rollguard-{size}.png" for size in (16, 32, 48, 128)},
}
MADE = ("manifest.json", "baked.json")


def allowed_files(browser: str) -> set[str]:
    """Exactly these paths, no more, no less."""
    return {*SCRIPTS, *COPIED, *MADE, *PINNED, *locale_files(browser, read_locales())}


def package_files(
    browser: str, scripts: dict[str, str], baked: dict[str, Any], *, matches: list[str], service_url: str
) -> Files:
    """Everything that goes into the package of one browser.

    Args:
        browser: `chrome` or `firefox`.
        scripts: entry → bundled code.
        baked: what `baked.json` holds.
        matches: match patterns of the content script.
        service_url: the rule service.
    """
    texts = {
        "manifest.json": render_manifest(browser, matches=matches, service_url=service_url),
        "baked.json": json.dumps(baked, ensure_ascii=False, sort_keys=True) + "\n",
        **{path: scripts[entry] for path, entry in SCRIPTS.items()},
        **locale_files(browser, read_locales()),
    }
    copied = {path: _read(source) for path, source in COPIED.items()}
    return {**copied, **recogniser_files(), **{path: text.encode() for path, text in texts.items()}}


def _read(source: str) -> bytes:
    path = EXTENSION / source
    if not path.is_file():
        raise BuildError(str(path.relative_to(ROOT)), "there is no such file", "Restore it; every package needs it.")
    return path.read_bytes()
