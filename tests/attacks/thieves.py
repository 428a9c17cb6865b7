"""Keys in the wrong hands, too few hands, or no hands at all."""

import json
from functools import partial
from typing import Any

from securesystemslib.signer import CryptoSigner

from rollguard.trust.recalled import RECALL_PATH, Recalled
from tests.attacks.bundles import EVIL
from tests.attacks.forge import RULES, Signers, in_days
from tests.attacks.stage import Attack, Stage


def stranger() -> CryptoSigner:
    return CryptoSigner.generate_ed25519()


def sign_as_stranger(role: str, stage: Stage) -> None:
    """All that follows is announced as it must be; only this role's signature is nobody's."""
    forge = stage.forge
    forge.add_file(forge.targets, RULES, EVIL[RULES])
    for step in ("targets", "snapshot", "timestamp"):
        forge.signers[step] = [stranger()] if step == role else forge.signers[step]
        forge.publish(step)


def sign_nothing(stage: Stage) -> None:
    stage.forge.signers["timestamp"] = []
    stage.forge.publish("timestamp")


def push_evil(stage: Stage, signers: Signers) -> None:
    """Signed by these, in every role but the online one, whose key is stolen, too."""
    stage.forge.add_file(stage.forge.targets, RULES, EVIL[RULES])
    stage.forge.publish("targets", by=signers)
    stage.forge.publish("snapshot", "timestamp", by=[stage.thief])


def steal_one_key(stage: Stage) -> None:
    push_evil(stage, [stage.thief])


def steal_one_key_and_add_a_stranger(stage: Stage) -> None:
    push_evil(stage, [stage.thief, stranger()])


def sign_twice(stage: Stage) -> None:
    """The same signature, once more under another maintainer's name."""
    other = stage.forge.maintainers[0].public_key.keyid

    def double(envelope: dict[str, Any]) -> None:
        envelope["signatures"].append({**envelope["signatures"][0], "keyid": other})

    push_evil(stage, [stage.thief])
    spoil_targets(stage, double)


def count_one_signature_twice(stage: Stage) -> None:
    push_evil(stage, [stage.thief])
    spoil_targets(stage, lambda envelope: envelope["signatures"].append(dict(envelope["signatures"][0])))


def spoil_targets(stage: Stage, change: Any) -> None:
    """Change the newest targets after their signing, and announce the result as it is."""
    path = stage.forge.path_of("targets")
    envelope = json.loads(path.read_bytes())
    change(envelope)
    path.write_bytes(json.dumps(envelope).encode())
    stage.forge.snapshot.meta["targets.json"].hashes = None
    stage.forge.snapshot.meta["targets.json"].length = None
    stage.forge.publish("snapshot", "timestamp", by=[stage.thief])


def use_a_revoked_key(stage: Stage) -> None:
    """One maintainer was dismissed; with one key that is still good, his would have been enough."""
    forge = stage.forge
    dismissed, still_good = stage.thief, forge.maintainers[1]
    forge.trust("targets", [*forge.maintainers[:2], stranger()], threshold=2)
    forge.publish_root([])
    forge.appoint()
    forge.add_file(forge.targets, RULES, EVIL[RULES])
    forge.publish("targets", by=[dismissed, still_good])
    forge.publish("snapshot", "timestamp")


def use_a_revoked_online_key(stage: Stage) -> None:
    forge = stage.forge
    old = forge.signers["timestamp"]
    forge.trust("timestamp", [stranger()], threshold=1)
    forge.publish_root([])
    forge.signers["timestamp"] = old
    forge.publish("timestamp")


def usurp_the_root(signers: Signers, stage: Stage) -> None:
    """A next root that names the thief for everything, signed by herself and whom she could win."""
    forge = stage.forge
    for role in ("root", "targets", "snapshot", "timestamp"):
        forge.trust(role, [stage.thief], threshold=1)
    forge.publish_root(signers)
    push_evil(stage, [stage.thief])


def skip_a_root(stage: Stage) -> None:
    forge = stage.forge
    forge.root.version += 1
    forge.publish_root([])
    stage.replay("2.root.json", forge.folder / "metadata" / "3.root.json")


def announce_what_is_not_there(stage: Stage) -> None:
    """All that the online key can say is which snapshot is the newest."""
    stage.forge.timestamp.snapshot_meta.version = 99
    stage.forge.publish("timestamp")


def announce_a_forged_snapshot(stage: Stage) -> None:
    stage.forge.add_file(stage.forge.targets, RULES, EVIL[RULES])
    stage.forge.publish("targets", "snapshot", "timestamp", by=[stage.forge.online])


def vouch_for_ever(stage: Stage) -> None:
    """The online key holds everybody at an old release, until the maintainers' own signature ends."""
    stage.forge.timestamp.expires = in_days(4000)
    stage.forge.publish("timestamp")


def recall(signers: Signers, snapshot_by: Signers | None, stage: Stage) -> None:
    """Silence the rules; `snapshot_by`: who announces it, None: the maintainers themselves."""
    forge = stage.forge
    forge.add_file(forge.recall, RECALL_PATH, Recalled(("acme",)).to_bytes())
    forge.publish("recall", by=signers or [forge.online])
    forge.publish("snapshot", "timestamp", by=snapshot_by)


THIEVES: dict[str, Attack] = {
    **{
        f"{role} signed by a stranger": Attack(partial(sign_as_stranger, role), f"{role}.json: 0 of the ")
        for role in ("timestamp", "snapshot", "targets")
    },
    "nobody's signature": Attack(sign_nothing, "timestamp.json: 0 of the 1 signatures"),
    "one stolen key of 2 of 3": Attack(steal_one_key, "targets.json: 1 of the 2 signatures"),
    "one stolen key and a stranger's": Attack(steal_one_key_and_add_a_stranger, "targets.json: 1 of the 2 signatures"),
    "one stolen key under two names": Attack(sign_twice, "targets.json: 1 of the 2 signatures"),
    "one stolen signature twice": Attack(count_one_signature_twice, 'targets.json: signatures: "keyid" names'),
    "a revoked maintainer's key": Attack(use_a_revoked_key, "targets.json: 1 of the 2 signatures", root_stands=True),
    "a revoked online key": Attack(use_a_revoked_online_key, "timestamp.json: 0 of the 1 signatures", root_stands=True),
    "a root by one of three": Attack(partial(usurp_the_root, []), "2.root.json: 1 of the 2 signatures"),
    "a root by one and a stranger": Attack(partial(usurp_the_root, [stranger()]), "2.root.json: 1 of the 2 signatures"),
    "a root that skips one": Attack(skip_a_root, "2.root.json: is version 3, announced was 2"),
    "a stolen online key that announces what is not there": Attack(announce_what_is_not_there, "99.snapshot.json"),
    "a stolen online key that signs a snapshot": Attack(
        announce_a_forged_snapshot, "snapshot.json: 0 of the 1 signatures"
    ),
    "a stolen online key that vouches for ever": Attack(vouch_for_ever, "snapshot.json: expired", days_ahead=31),
    "a stranger's recall": Attack(partial(recall, [stranger()], None), "recall.json: 0 of the 1 signatures"),
    "a stranger's recall and snapshot": Attack(
        partial(recall, [stranger()], [stranger()]), "snapshot.json: 0 of the 1 signatures"
    ),
    "a recall by the online key": Attack(partial(recall, [], None), "recall.json: 0 of the 1 signatures"),
}
