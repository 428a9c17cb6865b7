"""`python -m tests`: browsers, nginx, every check, then pytest. Stops at the first that fails, with its exit code."""

import argparse
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from rollguard.browsers import install
from rollguard.build.bundler import DENO
from rollguard.build.bundler import USERSCRIPT as USERSCRIPT_ENTRY
from rollguard.build.package import SCRIPTS
from rollguard.errors import BrowserError
from tests.programs import NEEDED, ProgramError, install_program

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
Command = list[str]


def main() -> int:
    """The exit code of the first step that fails, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tests", description=__doc__)
    parser.add_argument("--only", choices=["lint", "test"], help="the checks that run nothing, or the tests")
    only = parser.parse_args().only
    if only != "lint" and not _has_programs():
        return 1
    commands = [*(_lint() if only != "test" else ()), *(_test() if only != "lint" else ())]
    for command in commands:
        _say(f"$ {_shown(command)}")
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        if code != 0:
            _say(f"Failed with exit code {code}: {_shown(command)}")
            return code
    return 0


def _has_programs() -> bool:
    try:
        for browser in ("chromium", "firefox"):
            _say(f"{browser}: {install(browser, _say)}")
        for name in NEEDED:
            _say(f"{name}: {install_program(name, _say)}")
    except (BrowserError, ProgramError) as error:
        _say(str(error))
        return False
    return True


def _lint() -> Iterator[Command]:
    yield [str(BIN / "ruff"), "check"]
    yield [str(BIN / "ruff"), "format", "--check"]
    yield [str(BIN / "mypy")]
    scripts = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "tests").rglob("*.ts"))]
    config = ["--config", "extension/deno.json"]
    yield [DENO, "fmt", "--check", *config, "extension/src", *scripts]
    yield [DENO, "lint", *config, "extension/src", *scripts]
    entries = [f"extension/src/{entry}" for entry in (*SCRIPTS.values(), USERSCRIPT_ENTRY)]
    yield [DENO, "check", *config, *entries, *scripts]
    yield [str(BIN / "rollguard"), "rules", "check"]


def _test() -> Iterator[Command]:
    yield [DENO, "test", "--config", "extension/deno.json", "--allow-read", "tests/"]
    yield [sys.executable, "-m", "pytest"]


def _shown(command: Command) -> str:
    return shlex.join([Path(command[0]).name, *command[1:]])


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
