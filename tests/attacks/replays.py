"""Old bytes that were signed once: replayed, mixed with new ones, kept back, or expired."""

from functools import partial

from tests.attacks.forge import in_days
from tests.attacks.stage import Attack, Stage


def replay_old_bundle(stage: Stage) -> None:
    old = stage.forge.path_of("rules.jsonl")
    stage.forge.release(stage.third)
    stage.replay(stage.forge.path_of("rules.jsonl").name, old)


def replay_everything(stage: Stage) -> None:
    stage.server.folder = stage.first


def roll_timestamp_back(stage: Stage) -> None:
    stage.replay("timestamp.json", stage.first / "metadata" / "timestamp.json")


def roll_snapshot_back(stage: Stage) -> None:
    """Needs the online key: it announces the first snapshot once more."""
    stage.forge.timestamp.snapshot_meta.version = 1
    stage.forge.timestamp.snapshot_meta.hashes = None
    stage.forge.publish("timestamp")


def roll_role_back(role: str, stage: Stage) -> None:
    """Needs the online key and a snapshot key: they announce the first version of the role once more."""
    stage.forge.snapshot.meta[f"{role}.json"].version = 1
    stage.forge.publish("snapshot", "timestamp", by=[stage.thief])


def mix_old(role: str, stage: Stage) -> None:
    old = stage.forge.path_of(role)
    stage.forge.release(stage.third)
    stage.replay(stage.forge.path_of(role).name, old)


def mix_old_without_hashes(role: str, stage: Stage) -> None:
    """Nothing but the number is announced: then the number decides."""
    old = stage.forge.path_of(role)
    stage.forge.release(stage.third)
    if role == "targets":
        stage.forge.snapshot.meta["targets.json"].hashes = None
        stage.forge.snapshot.meta["targets.json"].length = None
        stage.forge.publish("snapshot")
    else:
        stage.forge.timestamp.snapshot_meta.hashes = None
        stage.forge.timestamp.snapshot_meta.length = None
    stage.forge.publish("timestamp")
    stage.replay(stage.forge.path_of(role).name, old)


def forget(role: str, stage: Stage) -> None:
    del stage.forge.snapshot.meta[f"{role}.json"]
    stage.forge.publish("snapshot", "timestamp", by=[stage.thief])


def expire(role: str, stage: Stage) -> None:
    """Well signed, newer than all, and too old: maintainers or an online key that slept."""
    getattr(stage.forge, role).expires = in_days(-1)
    if role == "root":
        stage.forge.publish_root([])
    else:
        stage.forge.publish(role, *(["snapshot"] if role == "targets" else []), "timestamp")


def nothing(_stage: Stage) -> None:
    """The server goes on serving what was good."""


REPLAYS: dict[str, Attack] = {
    "an old bundle replayed": Attack(replay_old_bundle, "rules.jsonl: is "),
    "the whole first release replayed": Attack(replay_everything, "timestamp.json: is version 1, older than 2"),
    "the timestamp rolled back": Attack(roll_timestamp_back, "timestamp.json: is version 1, older than 2"),
    "the snapshot rolled back": Attack(roll_snapshot_back, "snapshot.json: is version 1, older than 2"),
    "targets rolled back": Attack(partial(roll_role_back, "targets"), "targets.json: is version 1, older than 2"),
    "recall rolled back": Attack(partial(roll_role_back, "recall"), "recall.json: is version 1, older than 2"),
    "an old snapshot mixed in": Attack(
        partial(mix_old, "snapshot"), "snapshot.json: has another sha256 than was announced"
    ),
    "old targets mixed in": Attack(partial(mix_old, "targets"), "targets.json: has another sha256 than was announced"),
    "an old snapshot under a new number": Attack(
        partial(mix_old_without_hashes, "snapshot"), "snapshot.json: is version 2, announced was 3"
    ),
    "old targets under a new number": Attack(
        partial(mix_old_without_hashes, "targets"), "targets.json: is version 2, announced was 3"
    ),
    "targets forgotten": Attack(partial(forget, "targets"), "snapshot.json: no longer lists targets.json"),
    "recall forgotten": Attack(partial(forget, "recall"), "snapshot.json: no longer lists recall.json"),
    "frozen for three days": Attack(nothing, "timestamp.json: expired", days_ahead=3),
    "the root expired": Attack(partial(expire, "root"), "root.json: expired", root_stands=True),
    "the timestamp expired": Attack(partial(expire, "timestamp"), "timestamp.json: expired"),
    "the snapshot expired": Attack(partial(expire, "snapshot"), "snapshot.json: expired"),
    "targets expired": Attack(partial(expire, "targets"), "targets.json: expired"),
}
