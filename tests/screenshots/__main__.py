"""`python -m tests.screenshots`: the README's pictures of overlay and popup, taken from the real extension."""

import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.e2e.conftest import Browser, build, running_browser, running_service, waits_for_warning
from tests.e2e.site import running_site

HERE = Path(__file__).parent
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
POPUP_SIZE: ViewportSize = {"width": 360, "height": 560}
STILL_MS = 800


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with running_service(folder / "data") as service, running_site(folder) as site, sync_playwright() as playwright:
            extension = build(folder / "dist", service.url, "--target", "chrome", "--all-sites") / "chrome"
            with running_browser(playwright, site, extension, folder / "profile") as browser:
                for scheme in SCHEMES:
                    shoot(browser, f"{service.url}/demo", scheme)


def shoot(browser: Browser, url: str, scheme: Literal["light", "dark"]) -> None:
    page = browser.context.new_page()
    page.emulate_media(color_scheme=scheme)
    page.goto(url)
    waits_for_warning(page, "photo_consent")
    save(page, f"overlay-{scheme}.png")
    popup = browser.context.new_page()
    popup.emulate_media(color_scheme=scheme)
    popup.set_viewport_size(POPUP_SIZE)
    page.bring_to_front()  # the popup speaks of the tab that is in front
    popup.goto(f"chrome-extension://{browser.extension_id}/popup.html")
    save(popup, f"popup-{scheme}.png")
    popup.close()
    page.close()


def save(page: Page, name: str) -> None:
    page.wait_for_timeout(STILL_MS)
    page.screenshot(path=HERE / name)
    print(HERE / name)


if __name__ == "__main__":
    main()
