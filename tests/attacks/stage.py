"""Where an attack plays: honest maintainers, the server in the attacker's hands, and what had been public before."""

import copy
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from securesystemslib.signer import CryptoSigner

from rollguard.build.trusted_set import bake
from rollguard.rules.compiler import Compiled
from tests.attacks.forge import LIFETIMES, Forge, in_days
from tests.attacks.hostile_server import HostileServer, Lie

ROLES = ("root", "timestamp", "snapshot", "targets", "recall")


class Stage:
    """Release 1 is baked into the build, release 2 was the last good one, `third` is what would have come next."""

    def __init__(self, forge: Forge, server: HostileServer, second: Compiled, third: Compiled) -> None:
        self.forge = forge
        self.server = server
        self.third = third
        self.baked: dict[str, Any] = bake(forge.folder).baked
        self.first = self._copy("first")
        forge.publish("recall")
        forge.release(second)
        self._second = {role: copy.deepcopy(getattr(forge, role)) for role in ROLES}
        self.second = self._copy("second")

    @property
    def thief(self) -> CryptoSigner:
        """The maintainer whose key was stolen."""
        return self.forge.maintainers[2]

    def lie(self, part: str, **lie: Any) -> None:
        self.server.lies[part] = Lie(**lie)

    def replay(self, part: str, file: Path) -> None:
        """Answer with another file's bytes, which were once signed."""
        self.lie(part, body=file.read_bytes())

    def recover(self, attack: "Attack") -> None:
        """The attack is over: the stolen keys are replaced, and the next release is published as if nothing was."""
        forge = self.forge
        roots = sorted((forge.folder / "metadata").glob("*.root.json")) if attack.root_stands else []
        kept = {path.name: path.read_bytes() for path in roots}
        shutil.rmtree(forge.folder)
        shutil.copytree(self.second, forge.folder)
        for name, data in kept.items():
            (forge.folder / "metadata" / name).write_bytes(data)
        for role, signed in self._second.items():
            setattr(forge, role, forge.root if role == "root" and attack.root_stands else signed)
            getattr(forge, role).expires = in_days(attack.days_ahead + LIFETIMES[role])
        before = list(forge.maintainers)
        forge.maintainers[2] = CryptoSigner.generate_ed25519()
        for role in ("root", "targets", "snapshot"):
            forge.trust(role, forge.maintainers, threshold=1 if role == "snapshot" else 2)
        forge.trust("timestamp", [CryptoSigner.generate_ed25519()], threshold=1)
        forge.publish_root(before)
        forge.appoint()
        forge.publish("recall")
        forge.release(self.third)
        self.server.folder = forge.folder
        self.server.lies.clear()

    def calm_down(self) -> None:
        """The attack is over, and no key was lost: honest maintainers sign the last good rules anew, as the newest."""
        ahead = {role: getattr(self.forge, role).version for role in ROLES[1:]}
        ahead["snapshot"] = max(ahead["snapshot"], self.forge.timestamp.snapshot_meta.version)
        for role, signed in self._second.items():
            setattr(self.forge, role, copy.deepcopy(signed))
            getattr(self.forge, role).version = ahead.get(role, signed.version)
        self.forge.publish("targets", "recall", "snapshot", "timestamp")
        self.server.folder = self.forge.folder
        self.server.lies.clear()

    def _copy(self, name: str) -> Path:
        return Path(shutil.copytree(self.forge.folder, self.forge.data / name))


@dataclass(frozen=True, slots=True)
class Attack:
    """What is done to the stage, and the words by which the client tells of it."""

    act: Callable[[Stage], None]
    words: str
    days_ahead: float = 0
    """Of the client's clock, when it checks."""
    patience_ms: int = 5_000
    root_stands: bool = False
    """The root that came with it is the maintainers' own, and the next one follows it."""
