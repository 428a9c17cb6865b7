"""A public repository, checked by anybody: reads only, needs no key. Each line that comes out tells what held."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from pydantic import BaseModel, ConfigDict, ValidationError

from rollguard.errors import TrustError
from rollguard.rules.compiler import TARGET_PATH, parse_bundle
from rollguard.trust.deltas import KEPT_VERSIONS, apply_delta, delta_path
from rollguard.trust.expiry import report_expiry
from rollguard.trust.history import Entry, first_break
from rollguard.trust.pull import pull, pull_old_rules
from rollguard.trust.repository import Repository, follow_roots
from rollguard.trust.service_client import ServiceClient
from rollguard.trust.verification import require_unexpired

_MAX_BYTES = 5_000_000
_ENTRIES_AT_ONCE = 500
_ASK_OPERATOR = "Ask the service's operator."


class _History(BaseModel):
    model_config = ConfigDict(extra="ignore")

    head: str | None
    entries: list[Entry]


def first_public_root(service_url: str) -> bytes:
    """The root that the service itself begins with: says nothing about whether it is the right service."""
    data = ServiceClient(service_url).get("metadata/1.root.json", _MAX_BYTES)
    if data is None:
        raise TrustError(f"{service_url}/metadata/1.root.json", "there is no such file", "Is the address right?")
    return data


def check_public(service_url: str, first_root: bytes, now: datetime) -> Iterator[str]:
    """Everything that a service offers, from `first_root` on.

    Raises:
        PublishError: the service cannot be reached.
        TrustError: naming the first thing that does not hold.
        RuleError: the rules cannot be read.
    """
    client = ServiceClient(service_url)
    repository = pull(service_url, first_root)
    yield _describe_root(repository)
    for role in report_expiry(repository, now):
        require_unexpired(role.role, repository.roles()[role.role], now)
        until = f"valid until {role.expires:%Y-%m-%d %H:%M} UTC ({role.level})"
        yield f"{role.role}.json version {role.version}: signed, {until}"
    bundle = parse_bundle(repository.bundle)
    yield f"{TARGET_PATH}: {len(bundle.rules)} rules, {len(bundle.lexicons)} languages, as signed"
    yield f"texts: {len({text.language for text in bundle.texts})} languages, as signed"
    recalled = repository.recalled
    yield f"recalled.json: {', '.join(recalled.rules) or 'no rule'} switched off" + (
        ", all new rules off" if recalled.is_all else ""
    )
    yield _check_deltas(client, service_url, first_root, repository)
    yield _check_history(client, first_root, repository)


def _describe_root(repository: Repository) -> str:
    roles = repository.root.roles
    words = (f"{role} {roles[role].threshold} of {len(roles[role].keyids)}" for role in ("root", "targets"))
    return f"root chain up to version {repository.root.version}: {', '.join(words)}"


def _check_deltas(client: ServiceClient, service_url: str, first_root: bytes, repository: Repository) -> str:
    """Each must make the public rules of the older ones: clients would notice, and load all of them."""
    version, new = repository.targets.version, repository.bundle[TARGET_PATH]
    found = 0
    for older in range(max(1, version - KEPT_VERSIONS), version):
        old = pull_old_rules(service_url, first_root, older, with_texts=False)[TARGET_PATH]
        path = delta_path(hashlib.sha256(old).hexdigest(), hashlib.sha256(new).hexdigest())
        delta = client.get(path, _MAX_BYTES)
        if delta is None:
            continue
        found += 1
        if apply_delta(old, delta) != new:
            raise TrustError(path, "it does not make the signed rules", _ASK_OPERATOR)
    return f"deltas: {found} of the last {min(KEPT_VERSIONS, version - 1)} versions, each makes the signed rules"


def read_history(client: ServiceClient) -> tuple[list[Entry], str | None] | None:
    """All entries, oldest first, and the hash that the newest must have; None where no log is offered.

    Raises:
        TrustError: what the service answers is no log.
    """
    entries: list[Entry] = []
    while True:
        data = client.get(f"history.json?after={len(entries)}&limit={_ENTRIES_AT_ONCE}", _MAX_BYTES)
        if data is None:
            return None
        try:
            history = _History.model_validate_json(data)
        except ValidationError as error:
            raise TrustError("history.json", f"it is no log: {error.errors()[0]['msg']}", _ASK_OPERATOR) from error
        entries += history.entries
        if len(history.entries) < _ENTRIES_AT_ONCE:
            return entries, history.head


def _check_history(client: ServiceClient, first_root: bytes, repository: Repository) -> str:
    log = read_history(client)
    if log is None:
        return "history: none is offered here"
    entries, head = log
    if number := first_break(entries):
        raise TrustError("history.json", f"entry {number} does not follow from the one before it", _ASK_OPERATOR)
    if not entries or entries[-1].hash != head:
        raise TrustError("history.json", "its newest entry is not the one it ends with", _ASK_OPERATOR)
    if entries[-1].snapshot_sha256 != hashlib.sha256(repository.release.snapshot).hexdigest():
        raise TrustError("history.json", "its newest entry is not what is public", _ASK_OPERATOR)
    known = {
        keyid
        for root, _bytes in follow_roots(lambda path: client.get(path, _MAX_BYTES), first_root)
        for keyid in root.keys
    }
    for entry in entries:
        if strangers := {keyid for keyids in entry.signed_by.values() for keyid in keyids} - known:
            reason = f"entry {entry.sequence} is signed by {min(strangers)[:8]}, which no root names"
            raise TrustError("history.json", reason, "Begin with an older root, or ask the service's operator.")
    return f"history: {len(entries)} entries, each sealed with the one before; the newest is {entries[-1].hash}"
