"""Maintainers of one service, each with a folder of her own, and the ceremonies that they hold."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tuf.api.metadata import Metadata, Root

from rollguard.rules.compiler import Compiled
from rollguard.trust.ceremony import RootChange, next_root
from rollguard.trust.draft import Draft, begin_draft, require_same
from rollguard.trust.founding import join_keys
from rollguard.trust.keys import MaintainerKeys, load_keys
from rollguard.trust.pull import pull
from rollguard.trust.push import Submitted, submit
from rollguard.trust.repository import Repository


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Maintainer:
    """One of them: what she has is her folder, and the service's address."""

    folder: Path
    service: str

    @property
    def keys(self) -> MaintainerKeys:
        return load_keys(self.folder)

    @property
    def keyid(self) -> str:
        return self.keys.signer.public_key.keyid

    @property
    def public_file(self) -> Path:
        return self.folder / "maintainer.pub"

    def pull(self) -> Repository:
        return pull(self.service, self.keys.root)

    def push(self, bundle: Compiled) -> Submitted:
        repository = self.pull()
        return submit(self.service, repository, begin_draft(repository, bundle, utc_now()), self.keys, utc_now())

    def sign(self, draft: Draft, bundle: Compiled) -> Submitted:
        """Like `rollguard rules sign`: what another has drafted must be what she has."""
        handed_over = Draft.from_json("draft", draft.to_json())
        repository = self.pull()
        require_same(repository, handed_over, bundle, utc_now())
        return submit(self.service, repository, handed_over, self.keys, utc_now())

    def hold(self, change: RootChange) -> Submitted:
        repository, now = self.pull(), utc_now().replace(microsecond=0)
        draft = begin_draft(repository, repository.bundle, now, next_root(repository.root, change, now))
        return submit(self.service, repository, draft, self.keys, now)

    def join(self, name: str) -> "Maintainer":
        """Another one, who makes a key of her own; nobody has added it yet."""
        folder = self.folder.with_name(name)
        join_keys(folder, self.pull().root_bytes)
        return Maintainer(folder, self.service)


def root_of(draft: Draft) -> Root:
    return Metadata[Root].from_bytes(draft.release.roots[0]).signed
