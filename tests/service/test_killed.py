"""A server that is killed while it publishes: whatever moment, the old release is public, or the new one."""

import hashlib
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, Root

from rollguard.rules.compiler import TARGET_PATH, Compiled
from rollguard.service.publishing import Shelf, keep_fresh, publish
from rollguard.trust.ceremony import RootChange, next_root
from rollguard.trust.founding import make_timestamp_key
from rollguard.trust.history import first_break
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.public_key import read_public_key
from rollguard.trust.recalled import Recalled
from rollguard.trust.release import Release
from rollguard.trust.repository import Repository, read_repository
from rollguard.trust.signing import draft_release, finish_release, sign_draft, sign_recall

from .conftest import NOW, Signer, agrees, bundle_with

# For n = 1, 2, …: a process publishes, and kills itself in front of the n-th time that it changes the disk. Then
# a service starts, as it does after a kill. Prints how the publisher ended, and which release is public then. Before
# that, a web server that prefers what is packed must show what lies there plainly.
_PUBLISHER = """
import gzip, hashlib, os, signal, sys
from datetime import datetime
from pathlib import Path
from rollguard.service.publishing import Shelf, keep_fresh, publish
from rollguard.trust.release import Release
from rollguard.trust.repository import follow_roots, load_repository, read_repository

data, body, now, stop_at = Path(sys.argv[1]), Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3]), Path(sys.argv[4])
shelf = Shelf.in_folder(data, 60)
first_root = shelf.storage.read("metadata/1.root.json")

def read_packed(path):
    packed = shelf.storage.read(path + ".gz")
    return gzip.decompress(packed) if packed else shelf.storage.read(path)

def publish_until(step):
    def count(event, args):
        nonlocal step
        is_write = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        if is_write or event in ("os.rename", "os.chmod", "os.remove", "sqlite3.connect"):
            step -= 1
            if step == 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(count)
    publish(shelf, Release.from_json(body.read_bytes()), lambda _: [], now)
    os._exit(0)

for step in range(1, 90):
    child = os.fork()
    if not child:
        publish_until(step)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if stop_at.exists():
        print(code, flush=True)
        break
    seen = read_repository(data / "repository")
    assert follow_roots(read_packed, first_root)[-1][1] == seen.root_bytes
    if seen.is_announced:
        assert load_repository(read_packed, first_root).release == seen.release
    keep_fresh(shelf, now)
    public = read_repository(data / "repository")
    assert not seen.is_announced or seen.release == public.release
    log = shelf.audit.newest(1)[0]
    print(code, public.root.version, public.targets.version, public.recall.version, public.snapshot.version,
          hashlib.sha256(public.bundle["rules.jsonl"]).hexdigest(), *public.recalled.rules, flush=True)
    assert log.versions["snapshot"] == public.snapshot.version and log.versions["root"] == public.root.version
    if code != -signal.SIGKILL or public.snapshot.version == 2:
        break
"""
Maker = Callable[[Repository, MaintainerKeys, Path], tuple[Release, list[str]]]
KILLED = str(-signal.SIGKILL)


def publish_and_be_killed(data: Path, release: Release, stop_at: Path) -> list[list[str]]:
    body = data.parent / "push.json"
    body.write_bytes(release.to_json())
    command = [sys.executable, "-c", _PUBLISHER, str(data), str(body), NOW.isoformat(), str(stop_at)]
    done = subprocess.run(command, check=True, timeout=100, stdout=subprocess.PIPE, text=True)
    return [line.split() for line in done.stdout.splitlines()]


def digest(bundle: Compiled) -> str:
    return hashlib.sha256(bundle[TARGET_PATH]).hexdigest()


def rules_push(public: Repository, keys: MaintainerKeys, _data: Path) -> tuple[Release, list[str]]:
    draft = sign_draft(public.root, draft_release(public, bundle_with("first", "second"), NOW), keys)
    return finish_release(public, draft, keys, NOW), ["1", "2", "1", "2", digest(bundle_with("first", "second"))]


def recall_push(public: Repository, keys: MaintainerKeys, _data: Path) -> tuple[Release, list[str]]:
    release = sign_recall(public, keys, Recalled(("first",)), NOW).without(public.release)
    return release, ["1", "1", "2", "2", digest(bundle_with("first")), "first"]


def root_push(public: Repository, keys: MaintainerKeys, _data: Path) -> tuple[Release, list[str]]:
    """Another key takes over: what the old one has signed says nothing under the new root."""
    heir = CryptoSigner.generate_ed25519()
    change = RootChange(add=(heir.public_key,), remove=(keys.signer.public_key.keyid,))
    root, keys = next_root(public.root, change, NOW), replace(keys, others=(heir,))
    draft = sign_draft(public.root, draft_release(public, bundle_with("first"), NOW, root), keys)
    return finish_release(public, draft, keys, NOW), ["2", "2", "2", "2", digest(bundle_with("first"))]


def two_roots_push(public: Repository, keys: MaintainerKeys, _data: Path) -> tuple[Release, list[str]]:
    """One root names the heir, the next forgets whoever came before: the first alone vouches for nothing in here."""
    heir = CryptoSigner.generate_ed25519()
    second = next_root(public.root, RootChange(add=(heir.public_key,)), NOW)
    both = Metadata[Root].from_bytes(second).signed
    third = next_root(both, RootChange(remove=(keys.signer.public_key.keyid,)), NOW)
    keys = replace(keys, others=(heir,))
    draft = replace(draft_release(public, bundle_with("first"), NOW, third), roots=(second, third))
    signed = sign_draft(public.root, draft, keys)
    return finish_release(public, signed, keys, NOW), ["3", "2", "2", "2", digest(bundle_with("first"))]


def timestamp_push(public: Repository, keys: MaintainerKeys, data: Path) -> tuple[Release, list[str]]:
    """The service's own key is another from now on."""
    change = RootChange(timestamp=read_public_key(make_timestamp_key(data)))
    draft = draft_release(public, bundle_with("second"), NOW, next_root(public.root, change, NOW))
    release = finish_release(public, sign_draft(public.root, draft, keys), keys, NOW)
    return release, ["2", "2", "2", "2", digest(bundle_with("second"))]


@pytest.mark.parametrize("make", [rules_push, recall_push, root_push, two_roots_push, timestamp_push])
def test_a_kill_at_any_step_leaves_the_old_release_or_the_new_one(
    tmp_path: Path, data: Path, keys: MaintainerKeys, make: Maker
) -> None:
    release, new = make(read_repository(data / "repository"), keys, data)
    old = ["1", "1", "1", "1", digest(bundle_with("first"))]
    *killed, last = publish_and_be_killed(data, release, stop_at=tmp_path / "never")
    assert last[1:] == new
    assert len(killed) > 10, "the kills did not hit the steps of publishing"
    assert {code for code, *_public in killed} == {KILLED}
    assert all(public in (old, new) for _code, *public in killed)
    assert killed[0][1:] == old
    entries = Shelf.in_folder(data, 60).audit.entries()
    assert [entry.versions["snapshot"] for entry in entries] == [1, 2]
    assert first_break(entries) is None


def test_after_a_kill_another_release_can_be_published_in_its_place(data: Path, sign: Signer) -> None:
    shelf = Shelf.in_folder(data, 60)
    publish_and_be_killed(data, sign("abandoned"), stop_at=data / "repository/metadata/2.snapshot.json")
    (data / "repository/metadata/.2.targets.json.x.part").write_bytes(b"half writ")
    assert read_repository(data / "repository").targets.version == 1
    assert publish(shelf, sign("chosen"), agrees, NOW).versions["targets"] == 2
    assert read_repository(data / "repository").bundle == bundle_with("chosen")
    assert not list((data / "repository").rglob("*.part"))


def test_what_was_public_but_not_logged_is_logged_at_the_next_start(data: Path, sign: Signer) -> None:
    shelf = Shelf.in_folder(data, 60)
    publish(shelf, sign("second"), agrees, NOW)
    (data / "audit.sqlite").unlink()
    keep_fresh(shelf, NOW)
    assert [(entry.kind, entry.versions["targets"]) for entry in shelf.audit.entries()] == [("founded", 2)]


def test_a_root_that_an_abandoned_push_has_left_leads_nobody_astray(
    data: Path, keys: MaintainerKeys, sign: Signer
) -> None:
    abandoned, _new = two_roots_push(read_repository(data / "repository"), keys, data)
    publish_and_be_killed(data, abandoned, stop_at=data / "repository/metadata/3.root.json")
    assert not (data / "repository/metadata/2.root.json").exists()
    shelf = Shelf.in_folder(data, 60)
    publish(shelf, sign("between"), agrees, NOW)
    chosen, _new = root_push(read_repository(data / "repository"), keys, data)
    publish(shelf, chosen, agrees, NOW)
    assert read_repository(data / "repository").root.version == 2
    assert not list((data / "repository/metadata").glob("3.root.json*"))
