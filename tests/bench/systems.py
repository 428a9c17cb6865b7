"""What is compared: a browser without any extension (twice: the control), with an idle observer, with autoconsent's own
add-on, with Rollguard on a site that it watches and on one that it does not.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Playwright

from rollguard.browsers import extension_arguments, find_chromium, sandbox_arguments
from rollguard.build.bundler import deno
from tests.bench.scoreboard_systems import AUTOCONSENT
from tests.e2e.site import Site

ROOT = Path(__file__).resolve().parents[2]
NONE, CONTROL, IDLE, AUTOCONSENT_ADDON = "none", "none again", "idle observer", "autoconsent"
OURS, ELSEWHERE = "rollguard", "rollguard elsewhere"
NO_SERVICE = "http://127.0.0.1:9"

_IDLE_SCRIPT = "new MutationObserver(() => {}).observe(document, { childList: true, subtree: true });\n"


def idle_extension(folder: Path) -> Path:
    """The least that anybody can do who watches a page: an observer that does nothing."""
    folder.mkdir(parents=True)
    script = {"matches": ["<all_urls>"], "js": ["idle.js"], "run_at": "document_start", "all_frames": True}
    manifest = {"manifest_version": 3, "name": "idle", "version": "1", "content_scripts": [script]}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    (folder / "idle.js").write_text(_IDLE_SCRIPT, "utf-8")
    return folder


def our_extension(folder: Path, *options: str) -> Path:
    command = [sys.executable, str(ROOT / "build.py"), "--out", str(folder), "--target", "chrome", *options]
    subprocess.run([*command, "--service-url", NO_SERVICE], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return folder / "chrome"


def autoconsent_addon() -> Path:
    """The add-on that its npm package holds, as deno keeps it."""
    deno("cache", f"npm:@duckduckgo/autoconsent@{AUTOCONSENT}")
    kept = Path(json.loads(deno("info", "--json").stdout)["npmCache"])
    return kept / "registry.npmjs.org" / "@duckduckgo" / "autoconsent" / AUTOCONSENT / "dist" / "addon-mv3"


@contextmanager
def running_systems(playwright: Playwright, site: Site, folder: Path) -> Iterator[dict[str, BrowserContext]]:
    """A browser each, all of them on this site."""
    extensions = {
        NONE: None,
        CONTROL: None,
        IDLE: idle_extension(folder / "idle"),
        AUTOCONSENT_ADDON: autoconsent_addon(),
        OURS: our_extension(folder / "dist", "--all-sites"),
        ELSEWHERE: our_extension(folder / "dist elsewhere"),
    }
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(_running(playwright, site, extension, folder / f"profile {name}"))
            for name, extension in extensions.items()
        }


def chromium_version(systems: dict[str, BrowserContext]) -> str:
    """A persistent context names no browser: a page of it does."""
    context = systems[NONE]
    session = context.new_cdp_session(context.new_page())
    return str(session.send("Browser.getVersion")["product"]).partition("/")[2]


@contextmanager
def _running(playwright: Playwright, site: Site, extension: Path | None, profile: Path) -> Iterator[BrowserContext]:
    own = sandbox_arguments() if extension is None else extension_arguments(extension)
    args = [*own, f"--host-resolver-rules=MAP * 127.0.0.1:{site.port}, EXCLUDE 127.0.0.1"]
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=find_chromium(),
        headless=True,
        args=[*args, "--ignore-certificate-errors", "--disable-quic", "--disable-background-networking"],
        ignore_default_args=["--disable-extensions"],
    )
    yield context
    context.close()
