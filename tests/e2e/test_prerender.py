"""A page that is made ready before anybody opens it: silent until it is seen, then warned about at once.

Chromium prerenders nothing for a page that a driver is attached to, so the pages drive and report themselves.
"""

import subprocess
from pathlib import Path

from rollguard.browsers import extension_arguments, find_chromium, sandbox_arguments
from tests.e2e.asking import DIALOG
from tests.e2e.conftest import Service, build
from tests.e2e.site import Site

SECONDS = 40
FIRST = """<!doctype html><title>first</title>
<script type="speculationrules">{"prerender": [{"urls": ["/next"], "eagerness": "immediate"}]}</script>
<script>addEventListener("storage", () => location.href = "/next");
addEventListener("visibilitychange", () => fetch("/covered"));</script>"""
NEXT = f"""<!doctype html><title>next</title>{DIALOG}<script>
const warning = () => document.querySelector("rollguard-warning");
const prerendering = document.prerendering;
let early = false;
setTimeout(() => {{ early = warning() !== null; localStorage.setItem("ready", "yes"); }}, 1500);
document.addEventListener("prerenderingchange", () => {{
  const look = () => warning() === null ? requestAnimationFrame(look)
    : fetch(`/report?prerendering=${{prerendering}}&early=${{early}}&rule=${{warning().dataset.rule}}`);
  look();
}});
</script>"""


def test_a_prerendered_page_is_warned_about_when_it_is_opened_and_not_before(
    site: Site, service: Service, tmp_path: Path
) -> None:
    site.show("https://prerender.example/", FIRST)
    site.show("https://prerender.example/next", NEXT)
    extension = build(tmp_path / "dist", service.url, "--target", "chrome", "--all-sites") / "chrome"
    command = [str(find_chromium()), "--headless=new", *sandbox_arguments(), *extension_arguments(extension)]
    command += [f"--user-data-dir={tmp_path / 'profile'}", "--ignore-certificate-errors", "--disable-quic"]
    command += [f"--host-resolver-rules=MAP * 127.0.0.1:{site.port}, EXCLUDE 127.0.0.1"]
    # On the first day the welcome page comes in front, and behind another tab nothing is prerendered.
    assert run(command, site, "prerender.example/covered") != ""
    report = run(command, site, "prerender.example/report")
    assert report == "prerender.example/report?prerendering=true&early=false&rule=photo_consent"


def run(command: list[str], site: Site, awaited: str) -> str:
    """A browser until the page has asked for this; what it asked for, or nothing when the time is over."""
    with subprocess.Popen([*command, "https://prerender.example/"], stderr=subprocess.DEVNULL) as chromium:
        try:
            return site.waits_for(awaited, SECONDS)
        finally:
            chromium.terminate()
