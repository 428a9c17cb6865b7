"""`rollguard serve` as a process of its own, as an operator starts it."""

import atexit
import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rollguard.rules.compiler import Compiled, compile_bundle
from rollguard.rules.loader import SOURCES, load_bundle

_RUN = """
import os, sys, json
exec(os.environ.pop("RUN_BEFORE", ""))
from pathlib import Path
from rollguard.errors import RollguardError
from rollguard.service.server import Options, run
options = json.loads(sys.argv[3])
for name in ("sources", "install_dir"):
    if name in options:
        options[name] = Path(options[name])
try:
    run(Options(Path(sys.argv[1]), port=int(sys.argv[2]), **options))
except RollguardError as error:
    sys.exit(str(error))
"""


@dataclass
class Server:
    url: str
    process: subprocess.Popen[str]
    log: Path

    def stop(self) -> int:
        """As `systemctl stop` does; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=60)
        return self.process.returncode


def command(data: Path, port: int, **options: object) -> list[str]:
    chosen = {"sources": str(small_sources()), **options}
    return [sys.executable, "-c", _RUN, str(data), str(port), json.dumps(chosen)]


@contextmanager
def serving(data: Path, **options: object) -> Iterator[Server]:
    log = data.parent / "service.log"
    with log.open("w") as errors:
        process = subprocess.Popen(command(data, 0, **options), stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        said = ""
        while not (started := re.search(r"^Rollguard service on (http://127\.0\.0\.1:\d+)$", said, re.MULTILINE)):
            line = process.stdout.readline() if process.stdout else ""
            assert line, f"it ended after {said!r} and {log.read_text()}"
            said += line
        server = Server(started[1], process, log)
        yield server
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)


@contextmanager
def running(data: Path, **options: object) -> Iterator[str]:
    with serving(data, **options) as server:
        yield server.url


@cache
def small_sources() -> Path:
    """One of the shipped rules, in two languages, with a page of each kind: checked in a second, not in ten."""
    folder = Path(tempfile.mkdtemp(prefix="rollguard-sources-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "lexicon").mkdir()
    (folder / "decoys").mkdir()
    for name in ("slots", "en", "de"):
        shutil.copy(SOURCES / "lexicon" / f"{name}.toml", folder / "lexicon")
    rule, pages = "rules/facebook_cloud_processing", {"match_en.html", "no_match_turn_off.html"}
    shutil.copytree(
        SOURCES / rule,
        folder / rule,
        ignore=lambda _folder, names: [name for name in names if name.endswith(".html") and name not in pages],
    )
    return folder


@cache
def small_bundle() -> Compiled:
    return compile_bundle(load_bundle(small_sources()))
