"""What is to be built: chosen once, read by every stage."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from rollguard.errors import BuildError

ROOT = Path(__file__).resolve().parents[3]
"""The checkout."""
EXTENSION = ROOT / "extension"
BROWSERS = ("chrome", "firefox")
USERSCRIPT = "userscript"
USERSCRIPT_FILE = "rollguard.user.js"
TARGETS = (*BROWSERS, USERSCRIPT)
PACKAGES = {"chrome": "rollguard-chrome.zip", "firefox": "rollguard-firefox.xpi"}
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Plan:
    """One run of the build."""

    targets: tuple[str, ...]
    out: Path
    service_url: str
    is_for_all_sites: bool
    repository: Path | None
    """The rule repository whose root is pinned; None: the development one, made from the sources."""


def clean_service_url(url: str) -> str:
    """The service's origin and path, without the slash at the end.

    Raises:
        BuildError: it is no address that a client could ask.
    """
    parts = urlsplit(url)
    place = f"--service-url {url}"
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise BuildError(place, "it is no http(s) address of a service", "Write it like https://rules.example.org")
    if parts.scheme == "http" and not is_loopback(url):
        raise BuildError(
            place, "a service elsewhere is asked in the clear", "Use https; http is for this machine only."
        )
    return url.rstrip("/")


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def host_of(url: str) -> str:
    return urlsplit(url).hostname or ""


def is_loopback(url: str) -> bool:
    return host_of(url) in _LOOPBACK
