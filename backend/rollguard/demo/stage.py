"""What the demo stands on: a maintainer's sources, a built extension, a running service."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rollguard.errors import BuildError
from rollguard.rules.loader import SOURCES

CHECKOUT = SOURCES.parent
POLL_SECONDS = 30
_STARTED = re.compile(r"Rollguard service on (http://\S+)")


def maintainers_sources(folder: Path) -> Path:
    """The project's rules, with one more that a maintainer has just written: not yet known to anybody."""
    for name in ("rules", "lexicon", "decoys", "remedies"):
        shutil.copytree(SOURCES / name, folder / name)
    shutil.copytree(Path(__file__).parent / "rule", folder / "rules", dirs_exist_ok=True)
    return folder


@contextmanager
def running_service(data: Path, install_dir: Path) -> Iterator[str]:
    """A real `rollguard serve` with embedded storage on a free port of this machine; yields its address."""
    command = [sys.executable, "-m", "rollguard", "serve", "--data", str(data), "--port", "0"]
    command += ["--poll-interval", str(POLL_SECONDS), "--install-dir", str(install_dir)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    try:
        yield _wait_for_address(process)
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for_address(process: "subprocess.Popen[str]") -> str:
    for line in process.stdout or ():
        if started := _STARTED.search(line):
            return started.group(1)
    raise BuildError("rollguard serve", "it ended before it was ready", "Run it alone to see why: rollguard serve")


def build_extension(out: Path, service_url: str) -> Path:
    """The Chrome build that watches every site, for this service; returns the unpacked folder."""
    command = [sys.executable, str(CHECKOUT / "build.py"), "--out", str(out), "--service-url", service_url]
    built = subprocess.run([*command, "--all-sites"], capture_output=True, text=True, check=False)  # noqa: S603
    if built.returncode != 0:
        raise BuildError("build.py", built.stderr.strip(), "Mend what it names, and start again.")
    return out / "chrome"


def push(service_url: str, sources: Path) -> str:
    """A maintainer's `rollguard rules push`; returns what it says."""
    command = [sys.executable, "-m", "rollguard", "rules", "push", "--service", service_url, "--sources", str(sources)]
    keys = sources / "no-keys-of-its-own"  # so that the demo never signs with keys that lie about
    pushed = subprocess.run(  # noqa: S603 - our own command
        [*command, "--keys", str(keys)], capture_output=True, text=True, check=False
    )
    if pushed.returncode != 0:
        raise BuildError("rollguard rules push", pushed.stderr.strip(), "Mend what it names, and start again.")
    return pushed.stdout.strip()
