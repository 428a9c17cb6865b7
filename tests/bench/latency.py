"""From a maintainer's push to an open tab: a real service, real browsers, and a rule that comes and goes by turns.

Several browsers watch one service, and each push gives a sample per browser; the moments of the pushes are random. The
page itself notes when a warning comes or goes: nobody has to look at the right moment.
"""

import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from rollguard.demo.stage import maintainers_sources
from rollguard.rules.loader import SOURCES
from tests.bench.latency_report import MARKER, Report, Sample, Setting, build_report, histogram, markdown
from tests.bench.quote import README, with_quote
from tests.bench.traffic import measure_traffic
from tests.e2e.conftest import build, push, running_browser, running_service
from tests.e2e.site import running_site

PUSHES = 20
BROWSERS = 5
POLL_SECONDS = 60
REPORT = Path(__file__).with_name("latency.json")
RULE = "snapvault_faces"
_PATIENCE = 3
"""In intervals: a tab that knows nothing of a push by then is counted as lost."""
_NOTE = """rule => {
  window.noted = [];
  const selector = `rollguard-warning[data-rule="${rule}"]`;
  const look = () => {
    const isShown = document.querySelector(selector) !== null;
    if (window.noted.at(-1)?.isShown !== isShown) window.noted.push({ isShown, at: Date.now() / 1000 });
  };
  new MutationObserver(look).observe(document, { attributes: true, childList: true, subtree: true });
  look();
}"""


def run(pushes: int = PUSHES, poll_seconds: int = POLL_SECONDS, browsers: int = BROWSERS, *, keep: bool = False) -> str:
    """The report, in words; `keep` writes it and the README's quote of it, after each push anew."""
    folder = Path(tempfile.mkdtemp(prefix="latency"))
    with_rule, without_rule = _sources(folder)
    traffic = measure_traffic(folder / "traffic")
    samples: list[Sample] = []
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        site = stack.enter_context(running_site(folder))
        service = stack.enter_context(running_service(folder / "data", poll_seconds))
        extension = build(folder / "dist", service.url, "--target", "chrome", "--all-sites") / "chrome"
        pages = []
        for number in range(browsers):
            profile = folder / f"profile {number}"
            browser = stack.enter_context(running_browser(playwright, site, extension, profile))
            pages.append(browser.open(f"{service.url}/demo/second"))
            pages[-1].evaluate(_NOTE, RULE)
        session = pages[0].context.new_cdp_session(pages[0])
        chromium = str(session.send("Browser.getVersion")["product"]).partition("/")[2]
        for number in range(pushes):
            _wait(pages, random.uniform(0, poll_seconds))  # noqa: S311 - only when
            is_shown = number % 2 == 0
            begun = time.time()
            push(service.url, with_rule if is_shown else without_rule)
            pushed = time.time()
            samples += [_sample(page, begun, pushed, poll_seconds, is_shown=is_shown) for page in pages]
            report = build_report(samples, Setting(number + 1, browsers, poll_seconds, chromium), traffic)
            sys.stderr.write(f"push {number + 1}: {[sample.from_return for sample in samples[-browsers:]]}\n")
            if keep:
                _keep(report)
    return f"{histogram(report)}\n\n{markdown(report)}"


def _sources(folder: Path) -> tuple[Path, Path]:
    shipped = folder / "shipped"
    for name in ("rules", "lexicon", "decoys"):
        shutil.copytree(SOURCES / name, shipped / name)
    return maintainers_sources(folder / "sources"), shipped


def _wait(pages: Sequence[Page], seconds: float) -> None:
    pages[0].wait_for_timeout(1000 * seconds)


def _sample(page: Page, begun: float, pushed: float, poll_seconds: int, *, is_shown: bool) -> Sample:
    page.wait_for_function(
        "isShown => window.noted.at(-1).isShown === isShown",
        arg=is_shown,
        timeout=1000 * _PATIENCE * poll_seconds,
    )
    at = float(page.evaluate("window.noted.at(-1).at"))
    return Sample(round(at - begun, 2), round(at - pushed, 2))


def _keep(report: Report) -> None:
    REPORT.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", "utf-8")
    README.write_text(with_quote(README.read_text("utf-8"), MARKER, markdown(report)), "utf-8")
