"""A server that is killed while it publishes: whatever moment, the old release is public, or the new one."""

import hashlib
import signal
import subprocess
import sys
from pathlib import Path

from rollguard.service.publishing import publish
from rollguard.trust.repository import read_repository

from .conftest import NOW, Signer, agrees, bundle_with

# For n = 1, 2, …: a process publishes, and kills itself in front of the n-th time that it changes the disk.
# Prints how it ended, and which release is public then.
_PUBLISHER = """
import hashlib, os, signal, sys
from datetime import datetime
from pathlib import Path
from rollguard.service.publishing import publish
from rollguard.trust.release import Release
from rollguard.trust.repository import read_repository

data, body, now, stop_at = Path(sys.argv[1]), Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3]), Path(sys.argv[4])

def publish_until(step):
    def count(event, args):
        nonlocal step
        is_write = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        if is_write or event in ("os.rename", "os.chmod", "os.remove"):
            step -= 1
            if step == 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(count)
    publish(data, Release.from_json(body.read_bytes()), lambda _: [], now, 60)
    os._exit(0)

for step in range(1, 60):
    child = os.fork()
    if not child:
        publish_until(step)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    public = read_repository(data / "repository")
    print(code, public.targets.version, hashlib.sha256(public.bundle).hexdigest(), flush=True)
    if code != -signal.SIGKILL or stop_at.exists():
        break
"""


def publish_and_be_killed(data: Path, body: Path, stop_at: Path) -> list[list[str]]:
    command = [sys.executable, "-c", _PUBLISHER, str(data), str(body), NOW.isoformat(), str(stop_at)]
    done = subprocess.run(command, check=True, timeout=100, stdout=subprocess.PIPE, text=True)
    return [line.split() for line in done.stdout.splitlines()]


def digest(bundle: bytes) -> str:
    return hashlib.sha256(bundle).hexdigest()


def test_a_kill_at_any_step_leaves_the_old_release_or_the_new_one(tmp_path: Path, data: Path, sign: Signer) -> None:
    body = tmp_path / "push.json"
    body.write_bytes(sign("first", "second").to_json())
    old, new = ["1", digest(bundle_with("first"))], ["2", digest(bundle_with("first", "second"))]
    *killed, last = publish_and_be_killed(data, body, stop_at=tmp_path / "never")
    assert last == ["0", *new]
    assert len(killed) > 10, "the kills did not hit the steps of publishing"
    assert {code for code, *_public in killed} == {str(-signal.SIGKILL)}
    assert all(public in (old, new) for _code, *public in killed)
    assert killed[0][1:] == old


def test_after_a_kill_another_release_can_be_published_in_its_place(tmp_path: Path, data: Path, sign: Signer) -> None:
    body = tmp_path / "push.json"
    body.write_bytes(sign("abandoned").to_json())
    publish_and_be_killed(data, body, stop_at=data / "repository/metadata/2.snapshot.json")
    (data / "repository/metadata/.2.targets.json.x.part").write_bytes(b"half writ")
    assert read_repository(data / "repository").targets.version == 1
    assert publish(data, sign("chosen"), agrees, NOW, 60) == 2
    assert read_repository(data / "repository").bundle == bundle_with("chosen")
    assert not list((data / "repository").rglob("*.part"))
