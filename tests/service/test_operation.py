"""How the process lives: several workers, one timestamp, a graceful end, nothing written outside its folder."""

import json
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from rollguard.service.audit import AuditLog
from rollguard.trust.development import bootstrap_development, development_keys
from rollguard.trust.pull import pull
from rollguard.trust.push import push
from rollguard.trust.release import Release
from rollguard.trust.repository import read_repository
from rollguard.trust.signing import sign_release

from .server_process import command, serving, small_bundle


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "service" / "data"
    bootstrap_development(folder, small_bundle(), datetime.now(UTC))
    return folder


def next_release(url: str) -> Release:
    keys = development_keys(datetime.now(UTC))
    return sign_release(pull(url, keys.root), keys, small_bundle(), datetime.now(UTC))


def test_a_push_that_is_being_checked_is_finished_before_the_service_stops(data: Path) -> None:
    with serving(data) as server:
        release = next_release(server.url)
        address = urlsplit(server.url).netloc
        connection = HTTPConnection(address, timeout=60)
        connection.request("POST", "/push", release.to_json(), {"Content-Type": "application/json"})
        stopping = threading.Thread(target=server.stop)
        stopping.start()
        answer = connection.getresponse()
        assert (answer.status, json.loads(answer.read())["version"]) == (200, 2)
        connection.close()
        stopping.join(60)
        assert server.process.returncode == 0
    assert read_repository(data / "repository").targets.version == 2
    assert AuditLog(data).newest(1)[0].versions["targets"] == 2


def test_several_workers_serve_the_same_and_log_in_json(data: Path) -> None:
    with serving(data, workers=3) as server:
        before = read_repository(data / "repository").timestamp_bytes
        assert push(server.url, next_release(server.url)) == 2

        def read(_number: int) -> int:
            return pull(server.url, development_keys(datetime.now(UTC)).root).targets.version

        with ThreadPoolExecutor(6) as pool:
            assert set(pool.map(read, range(24))) == {2}
        assert before != read_repository(data / "repository").timestamp_bytes
        log = server.log
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["event"] for line in lines if line["event"] == "published"] == ["published"]
    assert all({"event", "level", "timestamp"} <= line.keys() for line in lines)
    assert "127.0.0.1" not in "".join(line for line in log.read_text().splitlines() if "published" in line)


_LOOK = """
import sys
from datetime import datetime
from pathlib import Path
from rollguard.service.publishing import Shelf, keep_fresh
sys.stdin.readline()
print(keep_fresh(Shelf.in_folder(Path(sys.argv[1]), 60), datetime.fromisoformat(sys.argv[2])))
"""


def test_of_several_processes_that_look_at_once_one_signs_the_timestamp(data: Path) -> None:
    later = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    lookers = [
        subprocess.Popen(
            [sys.executable, "-c", _LOOK, str(data), later], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for looker in lookers:
        assert looker.stdin
        looker.stdin.write("go\n")
        looker.stdin.flush()
    said = [looker.communicate(timeout=60)[0].strip() for looker in lookers]
    assert sorted(said) == ["False", "False", "False", "True"]


_WRITES = """
import os, sys
from pathlib import Path
data = os.path.realpath(sys.argv[1])
def watch(event, args):
    written = None
    if event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR):
        written = args[0]
    elif event in ("os.mkdir", "os.remove", "os.rename", "sqlite3.connect"):
        written = args[0]
    if isinstance(written, str | bytes | os.PathLike):
        path = os.path.realpath(os.fsdecode(written))
        if not path.startswith(data) and not path.startswith(("/dev/", "/proc/")):
            os.write(2, f"WROTE {path}\\n".encode())
sys.addaudithook(watch)
os.write(2, b"WATCHED\\n")
sys.dont_write_bytecode = True
"""


def test_nothing_is_written_outside_the_data_folder(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUN_BEFORE", _WRITES)
    with serving(data) as server:
        assert push(server.url, next_release(server.url)) == 2
        lines = server.log.read_text().splitlines()
    assert any('"published"' in line for line in lines)
    assert "WATCHED" in lines
    assert [line for line in lines if line.startswith("WROTE")] == []


def test_a_kill_of_the_process_group_leaves_a_service_that_starts_again(data: Path) -> None:
    process = subprocess.Popen(command(data, 0), stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout
    assert process.stdout.readline().startswith("Rollguard service on")
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=20)
    with serving(data) as server:
        assert push(server.url, next_release(server.url)) == 2
