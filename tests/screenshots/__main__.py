"""`python -m tests.screenshots`: the gallery of overlay and pages, taken from the real extension in real Chromium."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.e2e.conftest import Browser, build, running_browser, running_service, waits_for_warning
from tests.e2e.site import running_site

HERE = Path(__file__).parent
FIXTURES = HERE.parents[1] / "backend" / "rules"
STILL_MS = 800
"""Until everything that moves has come to rest."""
WIDE: ViewportSize = {"width": 1120, "height": 700}
NARROW: ViewportSize = {"width": 320, "height": 640}
ZOOMED: ViewportSize = {"width": 320, "height": 256}
"""What is left of 1280 × 1024 at 400 %."""
POPUP: ViewportSize = {"width": 360, "height": 600}


@dataclass(frozen=True)
class Picture:
    """`shown`: the demo, a rule and its page on which the overlay stands, or the name of a page of the extension."""

    name: str
    shown: str
    language: str = "en"
    scheme: Literal["light", "dark"] = "light"
    size: ViewportSize | None = None
    has_forced_colours: bool = False


OVERLAY = "demo"
FACEBOOK = "facebook_cloud_processing/match_en"
NOTICE = "ente_machine_learning/match_en"
GALLERY = (
    Picture("overlay-light", OVERLAY),
    Picture("overlay-dark", OVERLAY, scheme="dark"),
    Picture("overlay-forced-colours", OVERLAY, has_forced_colours=True),
    Picture("overlay-de", "facebook_cloud_processing/match_de", language="de"),
    Picture("overlay-ar", "photo_consent/match_ar", language="ar"),
    Picture("overlay-ja", "photo_consent/match_ja", language="ja", scheme="dark"),
    Picture("overlay-320", OVERLAY, size=NARROW),
    Picture("overlay-400-percent", OVERLAY, size=ZOOMED),
    Picture("notice", NOTICE),
    Picture("popup-light", "popup", size=POPUP),
    Picture("popup-dark", "popup", scheme="dark", size=POPUP),
    Picture("options-light", "options"),
    Picture("options-ar", "options", language="ar", scheme="dark"),
    Picture("welcome-light", "welcome"),
    Picture("welcome-dark", "welcome", scheme="dark"),
    Picture("checkup-light", "checkup"),
    Picture("checkup-320", "checkup", scheme="dark", size=NARROW),
    Picture("screenshot-light", "screenshot"),
    Picture("screenshot-ja", "screenshot", language="ja"),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with running_service(folder / "data") as service, running_site(folder) as site, sync_playwright() as playwright:
            extension = build(folder / "dist", service.url, "--target", "chrome", "--all-sites") / "chrome"
            with running_browser(playwright, site, extension, folder / "profile") as browser:
                for picture in GALLERY:
                    take(browser, picture, f"{service.url}/demo")


def take(browser: Browser, picture: Picture, demo: str) -> None:
    browser.ask_worker({"type": "changeSettings", "settings": {"language": picture.language}})
    page = browser.context.new_page()
    page.set_viewport_size(picture.size or WIDE)
    page.emulate_media(color_scheme=picture.scheme, forced_colors="active" if picture.has_forced_colours else None)
    behind = show(browser, page, picture.shown, demo)
    page.wait_for_timeout(STILL_MS)
    path = HERE / f"{picture.name}.png"
    page.screenshot(path=path)
    print(path)
    for each in (page, *behind):
        each.close()


def show(browser: Browser, page: Page, shown: str, demo: str) -> list[Page]:
    """Answers with the pages that stand behind it."""
    if shown == OVERLAY:
        page.goto(demo)
        waits_for_warning(page, "photo_consent")
        return []
    rule, _, fixture = shown.partition("/")
    if fixture:
        address = f"https://{'www.facebook.com' if rule.startswith('facebook') else 'photos.example'}/"
        address = "https://web.ente.io/" if rule.startswith("ente") else address
        browser.site.show(address, (FIXTURES / rule / f"{fixture}.html").read_text("utf-8"))
        page.goto(address)
        waits_for_warning(page, rule)
        return []
    behind = browser.open("https://www.facebook.com/", (FIXTURES / f"{FACEBOOK}.html").read_text("utf-8"))
    waits_for_warning(behind, FACEBOOK.partition("/")[0])
    behind.bring_to_front()  # the popup speaks of the tab that is in front
    page.goto(f"chrome-extension://{browser.extension_id}/{shown}.html")
    page.wait_for_selector("main[aria-busy=false]")
    return [behind]


if __name__ == "__main__":
    main()
