"""The files of one browser's package: a closed list, so that nothing strays in."""

import json

from rollguard.build.plan import EXTENSION, ROOT
from rollguard.build.recogniser import PINNED, recogniser_files
from rollguard.build.render import locale_files, read_locales, render_manifest
from rollguard.build.trusted_set import TrustedSet
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
    "LICENSE.txt": "../LICENSE",
    "design.css": "src/pages/design.css",
    "managed_schema.json": "managed_schema.json",
    **{f"{page}.{kind}": f"src/pages/{page}.{kind}" for page in PAGES for kind in ("html", "css")},
    **{f"icons/rollguard-{size}.png": f"icons/rollguard-{size}.png" for size in (16, 32, 48, 128)},
}
MADE = ("manifest.json", "baked.json", "languages.json")


def allowed_files(browser: str, trusted: TrustedSet) -> set[str]:
    """Exactly these paths, no more, no less."""
    _trust, texts = trusted.apart()
    return {*SCRIPTS, *COPIED, *MADE, *PINNED, *texts, *locale_files(browser, read_locales())}


def package_files(
    browser: str, scripts: dict[str, str], trusted: TrustedSet, *, matches: list[str], service_url: str
) -> Files:
    """Everything that goes into the package of one browser.

    Args:
        browser: `chrome` or `firefox`.
        scripts: entry → bundled code.
        trusted: what `baked.json` and the texts beside it hold.
        matches: match patterns of the content script.
        service_url: the rule service.
    """
    trust, texts = trusted.apart()
    baked = {"serviceUrl": service_url, "trust": trust}
    made = {
        "manifest.json": render_manifest(browser, matches=matches, service_url=service_url),
        "baked.json": json.dumps(baked, ensure_ascii=False, sort_keys=True) + "\n",
        # A page cannot list the folders of its own package.
        "languages.json": json.dumps({"languages": sorted(read_locales())}) + "\n",
        **{path: scripts[entry] for path, entry in SCRIPTS.items()},
        **texts,
        **locale_files(browser, read_locales()),
    }
    copied = {path: _read(source) for path, source in COPIED.items()}
    return {**copied, **recogniser_files(), **{path: text.encode() for path, text in made.items()}}


def _read(source: str) -> bytes:
    path = EXTENSION / source
    if not path.is_file():
        raise BuildError(str(path.relative_to(ROOT)), "there is no such file", "Restore it; every package needs it.")
    return path.read_bytes()
