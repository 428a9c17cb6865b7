"""Attacks on the door: what is pushed to a real `rollguard serve`, and what its clients see of it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from rollguard.build.trusted_set import bake
from rollguard.errors import PublishError
from rollguard.trust.push import push
from rollguard.trust.recalled import RECALL_PATH, Recalled
from rollguard.trust.release import Release
from tests.attacks.bundles import EVIL, FIRST, SECOND, THIRD
from tests.attacks.client import Client
from tests.attacks.forge import RULES, Forge
from tests.attacks.serving import serving
from tests.attacks.thieves import stranger
from tests.rules.good_rule import write_sources


@dataclass
class Door:
    """The service, the maintainers' workshop, and a client that has the second release."""

    url: str
    public: Path
    forge: Forge
    client: Client

    def public_files(self) -> dict[str, bytes]:
        """All but what the service's own key signs every hour."""
        files = {path for path in self.public.rglob("*") if path.is_file() and path.name != "timestamp.json"}
        return {str(path): path.read_bytes() for path in files}

    def release(self) -> Release:
        """The workshop's newest, as it would be pushed."""
        targets, snapshot, recall = (
            self.forge.path_of(role).read_bytes() for role in ("targets", "snapshot", "recall")
        )
        files = {name: self.forge.path_of(name).read_bytes() for name in (*self.forge.targets.targets, RECALL_PATH)}
        return Release(targets, snapshot, recall, files)


@pytest.fixture
def door(tmp_path: Path, client: Client) -> Iterator[Door]:
    data = tmp_path / "data"
    forge = Forge(data, FIRST)
    baked = bake(forge.folder).baked
    # The service has its own copy, so that nothing but a push reaches it.
    forge.folder = Path(shutil.copytree(forge.folder, tmp_path / "workshop"))
    with serving(data, write_sources(tmp_path / "sources")) as url:
        opened = Door(url, data / "repository", forge, client)
        client.open(url, baked)
        forge.release(SECOND)
        assert push(url, opened.release()) == 2
        assert (client.check().version, client.check().error) == (2, "")
        yield opened


def steal_one_key(forge: Forge) -> None:
    forge.add_file(forge.targets, RULES, EVIL[RULES])
    forge.publish("targets", "snapshot", by=forge.maintainers[2:])


def sign_as_strangers(forge: Forge) -> None:
    forge.add_file(forge.targets, RULES, EVIL[RULES])
    forge.publish("targets", "snapshot", by=[stranger(), stranger()])


def forge_the_snapshot(forge: Forge) -> None:
    forge.add_file(forge.targets, RULES, THIRD[RULES])
    forge.publish("targets")
    forge.publish("snapshot", by=[stranger()])


def push_again(_forge: Forge) -> None:
    """What was published a moment ago."""


def roll_back(forge: Forge) -> None:
    forge.targets.version -= 2
    forge.add_file(forge.targets, RULES, FIRST[RULES])
    forge.publish("targets", "snapshot")


def leap(forge: Forge) -> None:
    forge.targets.version += 5
    forge.release(THIRD)


def mix(forge: Forge) -> None:
    """New targets, and a snapshot that speaks of the old ones."""
    forge.publish("snapshot")
    forge.add_file(forge.targets, RULES, THIRD[RULES])
    forge.publish("targets")


def recall_as_stranger(forge: Forge) -> None:
    forge.add_file(forge.recall, RECALL_PATH, Recalled(("acme",)).to_bytes())
    forge.publish("recall", by=[stranger()])
    forge.publish("snapshot")


def break_the_contract(forge: Forge) -> None:
    """Two honest maintainers on a bad day: well signed, and a site too wide."""
    forge.add_file(forge.targets, RULES, THIRD[RULES].replace(b"*://*.acme.com/*", b"*://*.com/*"))
    forge.publish("targets", "snapshot")


REFUSED: dict[str, tuple[Callable[[Forge], None], str]] = {
    "one stolen key of 2 of 3": (steal_one_key, "it is not signed by 2 of the keys that root version 1 names"),
    "two strangers": (sign_as_strangers, "it is not signed by 1 of the keys that root version 1 names"),
    "a stranger's snapshot": (forge_the_snapshot, "it is not signed by 1 of the keys that root version 1 names"),
    "pushed again": (push_again, "its version is 2, but 2 is public"),
    "rolled back": (roll_back, "its version is 1, but 2 is public, so 3 must follow"),
    "a leap": (leap, "its version is 8, but 2 is public, so 3 must follow"),
    "mixed": (mix, "its version is 3 where 2 belongs"),
    "a stranger's recall": (recall_as_stranger, "it is not signed by 1 of the keys that targets version 2 names"),
    "signed, and against the contract": (break_the_contract, "it asks for every site below .com"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_service_refuses_it_and_its_clients_never_hear_of_it(name: str, door: Door) -> None:
    act, words = REFUSED[name]
    before = door.public_files()
    act(door.forge)
    with pytest.raises(PublishError) as refused:
        push(door.url, door.release())
    assert words in refused.value.reason
    assert refused.value.place
    assert refused.value.next_step
    assert door.public_files() == before
    after = door.client.check()
    assert (after.in_use, after.error) == ((2, ("acme", "acme_two")), "")


def test_other_bytes_than_were_signed_are_refused(door: Door) -> None:
    door.forge.release(THIRD)
    release = door.release()
    with pytest.raises(PublishError):
        push(door.url, replace(release, files={**release.files, **EVIL}))
    assert door.client.check().version == 2


def test_honest_maintainers_pass_the_same_door(door: Door) -> None:
    door.forge.release(THIRD)
    assert push(door.url, door.release()) == 3
    after = door.client.check()
    assert (after.in_use, after.error) == ((3, ("acme", "acme_two", "zeta")), "")


def test_one_maintainer_recalls_a_rule_and_all_clients_drop_it(door: Door) -> None:
    forge = door.forge
    forge.add_file(forge.recall, RECALL_PATH, Recalled(("acme",)).to_bytes())
    forge.publish("recall", "snapshot", by=forge.maintainers[:1])
    push(door.url, door.release())
    after = door.client.check()
    assert (after.version, after.rules, after.skipped) == (2, ("acme_two",), ("acme: recalled by a maintainer",))
