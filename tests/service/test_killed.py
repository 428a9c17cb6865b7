"""A server that is killed while it publishes: whatever moment, the old release is public, or the new one."""

import hashlib
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rollguard.service.publishing import publish
from rollguard.trust.repository import read_repository

from .conftest import NOW, Signer, agrees, bundle_with

# Kills itself in front of the n-th time that it touches the disk: every file made, written or renamed below `data`.
_PUBLISHER = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from rollguard.service.publishing import publish
from rollguard.trust.release import Release

data, body, moment, steps = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
release, now = Release.from_json(body.read_bytes()), datetime.fromisoformat(moment)

def count(event, args):
    global steps
    is_write = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
    if is_write or event in ("os.rename", "os.chmod", "os.remove"):
        steps -= 1
        if steps == 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.dont_write_bytecode = True
sys.addaudithook(count)
publish(data, release, lambda _: [], now, 60)
"""


def run_until_step(data: Path, body: Path, step: int) -> int:
    command = [sys.executable, "-c", _PUBLISHER, str(data), str(body), NOW.isoformat(), str(step)]
    return subprocess.run(command, check=False, timeout=60).returncode


def test_a_kill_at_any_step_leaves_the_old_release_or_the_new_one(tmp_path: Path, data: Path, sign: Signer) -> None:
    body = tmp_path / "push.json"
    body.write_bytes(sign("first", "second").to_json())
    folder = data / "repository"
    seen = []
    for step in range(1, 60):
        code = run_until_step(data, body, step)
        public = read_repository(folder)
        seen.append(public.targets.version)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        assert public.bundle == {1: bundle_with("first"), 2: bundle_with("first", "second")}[public.targets.version]
    else:
        pytest.fail("it never came to an end")
    assert len(seen) > 10, "the kills did not hit the steps of publishing"
    assert seen == sorted(seen)
    assert set(seen) == {1, 2}


def test_after_a_kill_another_release_can_be_published_in_its_place(tmp_path: Path, data: Path, sign: Signer) -> None:
    body = tmp_path / "push.json"
    body.write_bytes(sign("abandoned").to_json())
    step = 1
    while not (data / "repository/metadata/2.snapshot.json").exists():
        assert run_until_step(data, body, step) == -signal.SIGKILL
        step += 1
    release = sign("chosen")
    assert publish(data, release, agrees, NOW, 60) == 2
    repository = read_repository(data / "repository")
    assert repository.bundle == bundle_with("chosen")
    assert not list((data / "repository").rglob("*.part"))
    name = hashlib.sha256(bundle_with("chosen")).hexdigest()
    assert (data / f"repository/targets/{name}.rules.jsonl").exists()
