"""The demo's acts: a warning; silence about an unknown dialog; a push; a warning in the tab that is already open."""

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from rollguard.browsers import extension_arguments, install
from rollguard.demo.stage import build_extension, maintainers_sources, push, running_service
from rollguard.errors import BrowserError

Say = Callable[[str], object]
WARNING = "rollguard-warning"
_FIRST_WARNING_MS = 20_000
_SILENCE_MS = 3_000
_PUSHED_WARNING_MS = 120_000
_SIZE = {"width": 1280, "height": 800}


def run_demo(out: Path, *, headless: bool, say: Say) -> None:
    """Show the main job; in a window where there is a display, else in screenshots below `out`.

    Raises:
        RollguardError: something it needs is missing or fails, with the next step.
    """
    headless = headless or not _has_display()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    install_dir = out / "dist"
    with running_service(out / "data", install_dir) as service_url:
        say(f"1. The rule service runs at {service_url}")
        extension = build_extension(install_dir, service_url)
        say(f"2. The extension is built: {extension}")
        try:
            browser = install("chromium", say)
        except BrowserError as error:
            _explain_by_hand(error, extension, service_url, say)
            return
        with sync_playwright() as playwright:
            context = _open_browser(playwright, browser, extension, out / "profile", headless=headless)
            _play(context, service_url, out, say)
            if not headless:
                say("Close the browser window to end the demo.")
                context.wait_for_event("close", timeout=0)


def _play(context: BrowserContext, service_url: str, out: Path, say: Say) -> None:
    first = context.pages[0] if context.pages else context.new_page()
    first.goto(f"{service_url}/demo")
    first.wait_for_selector(WARNING, state="attached", timeout=_FIRST_WARNING_MS)
    first.bring_to_front()  # the extension's welcome page has opened over it
    say(f"3. A dialog asks for the camera roll, and is answered: {_shoot(first, out / '1-warning.png')}")
    second = context.new_page()
    second.goto(f"{service_url}/demo/second")
    second.wait_for_timeout(_SILENCE_MS)
    if second.query_selector(WARNING):
        raise BrowserError(f"{service_url}/demo/second", "a rule knows this dialog already", "Withhold that rule.")
    say(f"4. A second dialog, which no rule knows yet: silence. {_shoot(second, out / '2-silence.png')}")
    said = push(service_url, maintainers_sources(out / "sources"))
    start = time.monotonic()
    say(f"5. A maintainer pushes a rule for it. {said}")
    second.wait_for_selector(WARNING, state="attached", timeout=_PUSHED_WARNING_MS)
    seconds = time.monotonic() - start
    shot = _shoot(second, out / "3-pushed.png")
    say(f"6. {seconds:.0f} s later the tab that was open all the time warns, without a reload: {shot}")


def _open_browser(
    playwright: Playwright, browser: Path, extension: Path, profile: Path, *, headless: bool
) -> BrowserContext:
    shape: dict[str, Any] = {"viewport": _SIZE} if headless else {"no_viewport": True}
    return playwright.chromium.launch_persistent_context(
        profile,
        executable_path=browser,
        headless=headless,
        args=extension_arguments(extension),
        ignore_default_args=["--disable-extensions"],
        **shape,
    )


def _shoot(page: Page, path: Path) -> Path:
    page.wait_for_timeout(600)  # the overlay's own way in
    page.screenshot(path=path)
    return path


def _has_display() -> bool:
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _explain_by_hand(error: BrowserError, extension: Path, service_url: str, say: Say) -> None:
    say(f"No browser that we can start: {error}")
    say(f"By hand: open chrome://extensions, switch on developer mode, load {extension.resolve()},")
    say(f"then open {service_url}/demo. The service runs until you press Ctrl+C.")
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        return
