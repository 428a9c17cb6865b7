"""Texts beside the rules: signed, published and read one language at a time."""

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from tuf.api.metadata import Metadata, Snapshot, TargetFile, Targets

from rollguard.errors import PublishError, TrustError
from rollguard.service.audit import AuditLog
from rollguard.trust.draft import begin_draft, require_same
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.pull import pull_old_rules
from rollguard.trust.release import Release
from rollguard.trust.repository import read_repository
from rollguard.trust.signing import sign_release
from rollguard.trust.storage import target_path
from rollguard.trust.verification import verify_release

from .conftest import Client, texts_in
from .maintainers import Maintainer, utc_now

BOTH = texts_in("en", "pt-PT")


@pytest.fixture
def ada(tmp_path: Path, service: str) -> Maintainer:
    """With English and European Portuguese published."""
    ada = Maintainer(tmp_path / "keys", service)
    assert ada.push(BOTH).version == 2
    return ada


def test_each_language_is_a_target_of_its_own_which_others_clients_can_read(
    ada: Maintainer, data: Path, read_as_client: Client
) -> None:
    assert read_as_client(data / "repository", ada.keys.root) == BOTH
    digest = hashlib.sha256(BOTH["texts/pt-PT.jsonl"]).hexdigest()
    assert (data / f"repository/targets/texts/{digest}.pt-PT.jsonl").read_bytes() == BOTH["texts/pt-PT.jsonl"]


def test_a_push_sends_only_the_languages_that_change(ada: Maintainer, now: datetime) -> None:
    changed = {**BOTH, "texts/en.jsonl": texts_in("en", title="It asks again.")["texts/en.jsonl"]}
    public = ada.pull()
    release = sign_release(public, ada.keys, changed, now)
    assert release.without(public.release).files.keys() == {"texts/en.jsonl"}
    assert ada.push(changed).version == 3
    assert ada.pull().bundle == changed


def test_a_language_that_is_given_up_is_gone_for_new_clients_and_kept_for_a_rollback(ada: Maintainer) -> None:
    less = texts_in("en")
    assert ada.push(less).version == 3
    assert ada.pull().bundle == less
    assert pull_old_rules(ada.service, ada.keys.root, 2) == BOTH
    assert pull_old_rules(ada.service, ada.keys.root, 2, with_texts=False).keys() == {"rules.jsonl"}


def test_texts_that_come_back_are_a_rollback_in_the_history(ada: Maintainer, data: Path) -> None:
    ada.push(texts_in("en", title="It asks differently."))
    ada.push(BOTH)
    assert [entry.kind for entry in AuditLog(data).newest(2)] == ["rollback", "rules"]


def test_the_history_names_the_texts_as_sha256sum_does(ada: Maintainer, data: Path) -> None:
    assert ada.push(texts_in("de", "en")).version == 3
    paths = ("texts/de.jsonl", "texts/en.jsonl")
    lines = (f"{hashlib.sha256(texts_in('de', 'en')[path]).hexdigest()}  {path}\n" for path in paths)
    assert AuditLog(data).newest(1)[0].texts_sha256 == hashlib.sha256("".join(lines).encode()).hexdigest()


def test_who_has_other_texts_does_not_sign_a_draft(ada: Maintainer) -> None:
    public, now = ada.pull(), utc_now()
    drafted = begin_draft(public, texts_in("en", title="It asks for all."), now)
    for ours in (texts_in("en"), texts_in("de", "en", title="It asks for all."), {}):
        with pytest.raises(PublishError, match="its rules are not yours"):
            require_same(public, drafted, ours, now)
    require_same(public, drafted, texts_in("en", title="It asks for all."), now)


@pytest.mark.parametrize("name", ["texts/../evil.jsonl", "texts/en.json", "texts/EN.jsonl", "evil.jsonl", "texts/"])
def test_targets_that_speak_of_anything_else_are_refused(
    name: str, data: Path, keys: MaintainerKeys, now: datetime
) -> None:
    public = read_repository(data / "repository")
    release = sign_release(public, keys, BOTH, now)
    targets = Metadata[Targets].from_bytes(release.targets)
    targets.signed.targets[name] = TargetFile.from_data(name, b"x", ["sha256"])
    with pytest.raises(TrustError, match="texts, and of nothing else"):
        verify_release(public.root, resigned(replace(release, files={**release.files, name: b"x"}), targets, keys))


@pytest.mark.parametrize("data_of", ["spoilt", "missing"])
def test_texts_that_are_not_those_signed_are_named(data_of: str, ada: Maintainer, data: Path) -> None:
    path = "texts/pt-PT.jsonl"
    file = data / "repository" / target_path(path, hashlib.sha256(BOTH[path]).hexdigest())
    if data_of == "spoilt":
        file.write_bytes(b"spoilt")
    else:
        file.unlink()
    with pytest.raises(TrustError, match=r"pt-PT\.jsonl"):
        read_repository(data / "repository")
    assert ada


def resigned(release: Release, targets: Metadata[Targets], keys: MaintainerKeys) -> Release:
    """With these targets, and a snapshot that speaks of them."""
    targets.sign(keys.signer)
    data = targets.to_bytes()
    snapshot = Metadata[Snapshot].from_bytes(release.snapshot)
    meta = snapshot.signed.meta["targets.json"]
    meta.length, meta.hashes = len(data), {"sha256": hashlib.sha256(data).hexdigest()}
    snapshot.sign(keys.signer)
    return replace(release, targets=data, snapshot=snapshot.to_bytes())
