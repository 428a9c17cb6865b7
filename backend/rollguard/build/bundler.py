"""TypeScript entries → one readable script each, checked and bundled by deno."""

import os
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from deno import find_deno_bin  # type: ignore[import-untyped] # the wheel brings a program, and no types

from rollguard.build.plan import EXTENSION, ROOT
from rollguard.errors import BuildError

USERSCRIPT = "userscript/main.ts"
DENO = os.fsdecode(find_deno_bin())
# The bundler notes above each module where it lay. No two machines keep packages in one place, and bytes must be equal.
_PACKAGE_PLACE = re.compile(r"^(\s*// )\S*/registry\.npmjs\.org/", re.MULTILINE)


def check_types(entries: Iterable[str]) -> None:
    """Strict type check of everything that the entries import.

    Raises:
        BuildError: with deno's own words.
    """
    paths = [_source(entry) for entry in entries]
    done = deno("check", "--quiet", *paths)
    if done.returncode != 0:
        raise BuildError(", ".join(paths), f"the types do not fit:\n{words_of(done)}", "Mend what deno names.")


def bundle_script(entry: str, folder: Path) -> str:
    """One of the extension's entries, as `bundle` makes it."""
    return bundle(_source(entry), folder)


def bundle(source: str, folder: Path) -> str:
    """A script of the checkout and all that it imports, as one script without exports. `folder` is for scratch.

    Raises:
        BuildError: deno refuses, or cannot fetch its bundler.
    """
    output = folder / source.replace("/", "_").replace(".ts", ".js")
    options = ["--quiet", "--platform", "browser", "--format", "iife", "--output", str(output)]
    done = deno("bundle", *options, source)
    if done.returncode != 0 or not output.is_file():
        words = words_of(done)
        if "esbuild" in words or "registry.npmjs.org" in words:
            reason = f"deno could not fetch its bundler (esbuild):\n{words}"
            raise BuildError(source, reason, "Build once with a network; afterwards it works without one.")
        raise BuildError(source, f"it cannot be bundled:\n{words}", "Mend what deno names.")
    return _PACKAGE_PLACE.sub(r"\1npm:", output.read_text("utf-8"))


def deno(command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs deno as the extension configures it, from the checkout's root: paths in its output are the same anywhere."""
    return subprocess.run(  # noqa: S603 - our own dependency, with arguments from this module
        [
            DENO,
            command,
            "--config",
            str((EXTENSION / "deno.json").relative_to(ROOT)),
            *arguments,
        ],
        cwd=ROOT,
        env={**os.environ, "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1"},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def _source(entry: str) -> str:
    return f"extension/src/{entry}"


def words_of(done: subprocess.CompletedProcess[str]) -> str:
    """What deno says, without the traces of its own insides."""
    return done.stderr.partition("\nStack backtrace")[0].strip()
