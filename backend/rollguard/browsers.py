"""Where the browsers are that can load an extension from a folder, and how to get one.

Branded Chrome ignores `--load-extension` since 137, so it is never taken.
"""

import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from rollguard.errors import BrowserError

_CHROMIUM = ("chromium", "chromium-browser")
_CHROMIUM_APPS = ("Chromium.app/Contents/MacOS/Chromium",)
_FIREFOX = ("firefox-esr", "firefox")
_FIREFOX_APPS = ("Firefox.app/Contents/MacOS/firefox",)


def find_chromium() -> Path:
    """`ROLLGUARD_CHROMIUM`, else Playwright's own, else the system's.

    Raises:
        BrowserError: there is none.
    """
    return _find("chromium", "ROLLGUARD_CHROMIUM", [*_playwright_chromium(), *_installed(_CHROMIUM, _CHROMIUM_APPS)])


def find_firefox() -> Path:
    """`ROLLGUARD_FIREFOX`, else the system's. Playwright's is a patched one that loads no extension.

    Raises:
        BrowserError: there is none.
    """
    return _find("firefox", "ROLLGUARD_FIREFOX", _installed(_FIREFOX, _FIREFOX_APPS))


def extension_arguments(extension: Path) -> list[str]:
    """What Chromium is started with: the unpacked extension, no other, and nothing fetched in the background."""
    folder = extension.resolve()
    arguments = [f"--load-extension={folder}", f"--disable-extensions-except={folder}", "--no-first-run"]
    arguments += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return [*arguments, *sandbox_arguments()]


def sandbox_arguments() -> list[str]:
    """As root, Chromium's sandbox refuses to start; containers often have a tiny /dev/shm."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--no-sandbox", "--disable-dev-shm-usage"] if is_root else []


def install(browser: str, say: Callable[[str], object] = print) -> Path:
    """The browser's program, installed first where it is missing.

    Args:
        browser: `chromium` or `firefox`.
        say: hears each command before it is run.

    Raises:
        BrowserError: nothing that was tried has brought one.
    """
    find = {"chromium": find_chromium, "firefox": find_firefox}[browser]
    try:
        return find()
    except BrowserError:
        if os.environ.get(f"ROLLGUARD_{browser.upper()}"):
            raise  # the person named one: another in its place would be a surprise
    for command in _ways(browser):
        say(f"$ {' '.join(command)}")
        if subprocess.run(command, check=False).returncode == 0:  # noqa: S603 - commands from this module
            try:
                return find()
            except BrowserError:
                continue
    return find()


def _find(browser: str, variable: str, candidates: Iterable[Path]) -> Path:
    if named := os.environ.get(variable):
        if os.access(named, os.X_OK):
            return Path(named)
        raise BrowserError(
            f"{variable}={named}", "there is no such program", "Name the browser's program, or unset it."
        )
    for path in candidates:
        return path
    raise BrowserError(
        browser,
        "it is not installed, or not where programs usually are",
        f"Install it with your package manager, or set {variable} to its program.",
    )


def _installed(names: Sequence[str], apps: Sequence[str]) -> list[Path]:
    found = [Path(path) for name in names if (path := shutil.which(name))]
    folders = (Path("/Applications"), Path.home() / "Applications")
    return found + [folder / app for folder in folders for app in apps if (folder / app).is_file()]


def _playwright_chromium() -> list[Path]:
    """The newest full build in Playwright's folder, read from disk: starting its driver only to ask takes a second."""
    standard = {
        "Darwin": Path.home() / "Library/Caches/ms-playwright",
        "Windows": Path(os.environ.get("LOCALAPPDATA", Path.home())) / "ms-playwright",
    }.get(platform.system(), Path.home() / ".cache/ms-playwright")
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or standard)
    programs = ("chrome-linux*/chrome", "chrome-mac*/*.app/Contents/MacOS/*", "chrome-win*/chrome.exe")
    found = [path for program in programs for path in folder.glob(f"chromium-*/{program}") if os.access(path, os.X_OK)]
    return sorted(found, key=lambda path: _build_number(path.relative_to(folder).parts[0]), reverse=True)


def _build_number(name: str) -> int:
    number = name.rpartition("-")[2]
    return int(number) if number.isdecimal() else 0


def _ways(browser: str) -> list[list[str]]:
    """Commands that may bring the browser, the gentlest first."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    ways = []
    if browser == "chromium" and importlib.util.find_spec("playwright"):
        options = ["--with-deps"] if is_root else []
        ways.append([sys.executable, "-m", "playwright", "install", *options, "chromium"])
    if shutil.which("apt-get"):
        sudo = [] if is_root else ["sudo", "-n"]
        packages = _CHROMIUM if browser == "chromium" else _FIREFOX
        if is_root or shutil.which("sudo"):
            ways.append([*sudo, "apt-get", "update"])
            ways += [[*sudo, "apt-get", "install", "-y", "--no-install-recommends", package] for package in packages]
    if shutil.which("brew"):
        ways.append(["brew", "install", "--cask", browser])
    return ways
