"""Programs of the system that some tests drive, beside the browsers: where they are, and how to get them."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from rollguard.errors import RollguardError

NEEDED = ("nginx",)
"""By their package's name, which is also the program's. The bench of the service wants `wrk`, too."""
_WHERE_ELSE = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin")


class ProgramError(RollguardError):
    """A program is missing."""


def find_program(name: str) -> Path:
    """Where it is; servers lie where only root's PATH leads.

    Raises:
        ProgramError: it is not installed.
    """
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *_WHERE_ELSE]))
    if found is None:
        next_step = f"Install it with your package manager (Debian: apt-get install {name})."
        raise ProgramError(name, "it is not installed, or not where programs usually are", next_step)
    return Path(found)


def install_program(name: str, say: Callable[[str], object] = print) -> Path:
    """Where it is, installed first where it is missing.

    Raises:
        ProgramError: nothing that was tried has brought it.
    """
    try:
        return find_program(name)
    except ProgramError:
        for command in _ways(name):
            say(f"$ {' '.join(command)}")
            subprocess.run(command, check=False)
        return find_program(name)


def _ways(name: str) -> list[list[str]]:
    if shutil.which("brew"):
        return [["brew", "install", name]]
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not shutil.which("apt-get") or not (is_root or shutil.which("sudo")):
        return []
    sudo = [] if is_root else ["sudo", "-n"]
    return [[*sudo, "apt-get", "update"], [*sudo, "apt-get", "install", "-y", "--no-install-recommends", name]]
