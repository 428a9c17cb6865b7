"""What can be done to bytes on their way without any key: cut, stretched, delayed, flipped, sent elsewhere."""

import random
from functools import partial

from tests.attacks.bundles import THIRD
from tests.attacks.forge import Forge
from tests.attacks.stage import Attack, Stage

NEW = ("timestamp", "snapshot", "targets", "rules.jsonl")
"""What a client has to fetch of a new release, each at the name that the forge knows."""
SOON_MS = 300


def new_release(stage: Stage, role: str) -> tuple[str, bytes]:
    """Name and bytes of what is to be spoilt."""
    stage.forge.release(stage.third)
    path = stage.forge.path_of(role)
    return path.name, path.read_bytes()


def truncate(role: str, stage: Stage) -> None:
    name, data = new_release(stage, role)
    stage.lie(name, body=data[: len(data) // 2])


def hang_up(role: str, stage: Stage) -> None:
    """The whole length is announced, and the connection ends half way."""
    name, data = new_release(stage, role)
    stage.lie(name, body=data[: len(data) // 2], announced=len(data))


def never_end(role: str, stage: Stage) -> None:
    name, _data = new_release(stage, role)
    stage.lie(name, body=b" " * 65_536, is_endless=True)


def never_end_the_root(stage: Stage) -> None:
    stage.lie("2.root.json", body=b"x" * 65_536, is_endless=True)


def say_nothing_more(role: str, stage: Stage) -> None:
    name, data = new_release(stage, role)
    stage.lie(name, body=data[:10], is_stuck=True)


def flip_a_bit(role: str, seed: int, stage: Stage) -> None:
    name, data = new_release(stage, role)
    spoilt = bytearray(data)
    dice = random.Random(seed)  # noqa: S311 - the same bits each time
    spoilt[dice.randrange(len(spoilt) - 1)] ^= 1 << dice.randrange(7)
    stage.lie(name, body=bytes(spoilt))


def answer(status: int, stage: Stage) -> None:
    stage.lie("timestamp.json", status=status)


def lose(role: str, stage: Stage) -> None:
    name, _data = new_release(stage, role)
    stage.lie(name, status=404)


def send_elsewhere(role: str, stage: Stage) -> None:
    """To another host's address, where even the right bytes would not count."""
    name, data = new_release(stage, role)
    stage.lie(f"/elsewhere/{name}", body=data)
    folder = "targets" if role == "rules.jsonl" else "metadata"
    elsewhere = stage.server.url.replace("127.0.0.1", "localhost")
    stage.lie(f"/{folder}/{name}", status=302, location=f"{elsewhere}/elsewhere/{name}")


def swap_host(stage: Stage) -> None:
    """Another project's rule service answers: whole, well signed, by its own keys."""
    other = Forge(stage.forge.data / "other", THIRD)
    for _ in range(3):
        other.release(THIRD)
    stage.server.folder = other.folder


def swap_host_with_a_root(stage: Stage) -> None:
    """The same, and it hands out its own root as the next one of ours."""
    swap_host(stage)
    other = Forge(stage.forge.data / "another", THIRD)
    other.publish_root(other.maintainers)
    stage.replay("2.root.json", other.folder / "metadata" / "2.root.json")


def greet(stage: Stage) -> None:
    """The captive portal of a hotel."""
    for part in ("metadata", "targets"):
        stage.lie(part, body=b"<!doctype html><title>Welcome to our free Wi-Fi</title>")


ROADS: dict[str, Attack] = {
    **{f"{role} truncated": Attack(partial(truncate, role), role) for role in NEW},
    **{f"{role} cut off": Attack(partial(hang_up, role), "cannot be reached") for role in NEW},
    **{f"{role} without end": Attack(partial(never_end, role), "the answer is longer than") for role in NEW},
    "a root without end": Attack(never_end_the_root, "2.root.json: the answer is longer than 512000 bytes"),
    **{f"{role} stuck": Attack(partial(say_nothing_more, role), "timeout", patience_ms=SOON_MS) for role in NEW},
    **{
        f"{role} with bit {seed} flipped": Attack(partial(flip_a_bit, role, seed), f"{role}")
        for role in NEW
        for seed in range(8)
    },
    **{f"{role} lost": Attack(partial(lose, role), "the rule service does not have it") for role in NEW},
    **{f"{role} sent elsewhere": Attack(partial(send_elsewhere, role), "cannot be reached") for role in NEW},
    "a service that fails": Attack(partial(answer, 500), "the rule service answers 500"),
    "a service that wants rest": Attack(partial(answer, 429), "the rule service answers 429"),
    "another host": Attack(swap_host, "timestamp.json: 0 of the 1 signatures"),
    "another host with a root": Attack(swap_host_with_a_root, "2.root.json: 0 of the 2 signatures"),
    "a captive portal": Attack(greet, "2.root.json: is not JSON"),
}
