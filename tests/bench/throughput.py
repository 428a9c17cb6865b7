"""What the service hands out beside nginx with the same bytes, and what of an edge's traffic reaches the service.

Figures of one machine mean little elsewhere, so ratios count: both are asked in turn, in one run, by `wrk`.
"""

import hashlib
import re
import subprocess
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from rollguard.rules.compiler import TARGET_PATH, compile_bundle
from rollguard.rules.loader import SOURCES, load_bundle
from rollguard.service.variants import write_precompressed
from rollguard.trust.development import bootstrap_development
from rollguard.trust.repository import read_repository
from rollguard.trust.storage import FolderStorage
from rollguard.trust.writing import release_files
from tests.programs import install_program
from tests.service.nginx_process import edge, static
from tests.service.server_process import serving

SECONDS = 4
ROUNDS = 3
CONNECTIONS = 32
CLIENTS = 10_000_000
_INTERVAL_SECONDS = 600
"""What ten million clients would be told to wait between two checks."""
_CHECK = """
local paths = {"/metadata/timestamp.json", "/metadata/2.root.json"}
local number = 0
request = function()
  number = number + 1
  return wrk.format("GET", paths[number % 2 + 1])
end
"""


@dataclass(frozen=True)
class Row:
    what: str
    service: float
    nginx: float

    @property
    def ratio(self) -> float:
        return self.service / self.nginx

    def __str__(self) -> str:
        return f"| {self.what} | {self.service:,.0f} | {self.nginx:,.0f} | {self.ratio:.2f} |"


def run(seconds: int = SECONDS, rounds: int = ROUNDS) -> str:
    """Both tables, in Markdown."""
    install_program("wrk")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rollguard-bench-")))
        data = folder / "data"
        compiled = compile_bundle(load_bundle(SOURCES))
        bundle = compiled[TARGET_PATH]
        bootstrap_development(data, compiled, datetime.now(UTC))
        repository = FolderStorage(data / "repository")
        write_precompressed(repository, release_files(read_repository(repository).release))
        service = stack.enter_context(serving(data, sources=str(SOURCES), proxies=0)).url
        nginx = stack.enter_context(static(folder / "static", data))
        paths = {
            "timestamp.json": "/metadata/timestamp.json",
            "targets metadata": "/metadata/1.targets.json",
            f"all rules, {len(bundle) // 1000} kB": f"/targets/{hashlib.sha256(bundle).hexdigest()}.rules.jsonl",
        }
        rows = [_compare(what, service + path, nginx + path, seconds, rounds) for what, path in paths.items()]
        origin = stack.enter_context(serving(data, sources=str(SOURCES), proxies=1)).url
        front = stack.enter_context(edge(folder / "edge", data, origin))
        words = _simulate(front, origin, folder, 5 * seconds)
    table = "\n".join(["| gzip, requests/s | service | nginx | ratio |", "|---|--:|--:|--:|", *map(str, rows)])
    return f"{table}\n\n{words}"


def _compare(what: str, service: str, nginx: str, seconds: int, rounds: int) -> Row:
    for url in (service, nginx):
        _load(url, 1)
    measured = [(_load(service, seconds), _load(nginx, seconds)) for _round in range(rounds)]
    return Row(what, median(pair[0] for pair in measured), median(pair[1] for pair in measured))


def _simulate(front: str, origin: str, folder: Path, seconds: int) -> str:
    """A share of ten million clients' checks, as fast as one edge can take them."""
    script = folder / "check.lua"
    script.write_text(_CHECK, "utf-8")
    before = _reads(origin)
    rate = _load(front, seconds, "-s", str(script))
    reached = (_reads(origin) - before) / seconds
    wanted = 2 * CLIENTS / _INTERVAL_SECONDS
    return (
        f"Behind the edge: {rate:,.0f} requests/s for {seconds} s, of which {reached:.2f}/s reached the service. "
        f"{CLIENTS:,} clients that check every {_INTERVAL_SECONDS} s make {wanted:,.0f} requests/s: "
        f"{wanted / rate:.1f} such edges, {reached * max(1, wanted / rate):.1f} requests/s at the service."
    )


def _load(url: str, seconds: int, *options: str) -> float:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", "Accept-Encoding: gzip", *options, url]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=seconds + 30)
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if not found or "Socket errors" in done.stdout:
        raise RuntimeError(done.stdout)
    return float(found[1])


def _reads(origin: str) -> float:
    connection = HTTPConnection(urlsplit(origin).netloc, timeout=20)
    try:
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
    finally:
        connection.close()
    return sum(map(float, re.findall(r"^rollguard_reads_total\{[^}]*\} ([\d.e+]+)$", text, re.MULTILINE)))
