"""The TypeScript client gives the reference client's verdict, on repositories that python-tuf writes."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import TargetFile

from rollguard.trust.development import development_repository
from tests.trust.python_repository import RULES, PythonRepository, in_days
from tests.trust.two_clients import Ours, both_clients, served

Change = Callable[[PythonRepository], None]


def sign_timestamp_anew(repository: PythonRepository) -> None:
    repository.publish("timestamp")


def release(repository: PythonRepository) -> None:
    repository.release()


def release_with_unknown_fields(repository: PythonRepository) -> None:
    for signed in (repository.targets, repository.snapshot, repository.timestamp):
        signed.unrecognized_fields["later"] = {"é": [1, "\n", None, True], "\U0001f600": {}, "ﬀ": '"\\'}
    repository.release()


def replace_root_keys(repository: PythonRepository) -> None:
    before = repository.signers["root"]
    repository.trust("root", [CryptoSigner.generate_ed25519(), CryptoSigner.generate_ecdsa()], threshold=2)
    repository.publish_root(also=before)


def replace_all_other_keys(repository: PythonRepository) -> None:
    for role in ("timestamp", "snapshot", "targets"):
        repository.trust(role, [CryptoSigner.generate_ecdsa()])
    repository.publish_root(also=[])
    repository.release()


def move_rules_to_a_delegated_role(repository: PythonRepository) -> None:
    if RULES in repository.targets.targets:
        repository.delegate_rules()


GOOD: list[Change] = [
    sign_timestamp_anew,
    release,
    release_with_unknown_fields,
    replace_root_keys,
    replace_all_other_keys,
    move_rules_to_a_delegated_role,
]


def replace_root_keys_unasked(repository: PythonRepository) -> None:
    repository.trust("root", [CryptoSigner.generate_ed25519()])
    repository.publish_root(also=[])


def sign_targets_below_the_threshold(repository: PythonRepository) -> None:
    repository.signers["targets"] = [repository.signers["targets"][0], CryptoSigner.generate_ed25519()]
    repository.release()


def set_timestamp_back(repository: PythonRepository) -> None:
    repository.timestamp.version -= 2
    repository.publish("timestamp")


def set_targets_back(repository: PythonRepository) -> None:
    repository.release()
    repository.snapshot.meta["targets.json"].version -= 2
    repository.publish("snapshot", "timestamp")


def forget_targets(repository: PythonRepository) -> None:
    del repository.snapshot.meta["targets.json"]
    repository.publish("snapshot", "timestamp")


def let_timestamp_expire(repository: PythonRepository) -> None:
    repository.timestamp.expires = in_days(-1)
    repository.publish("timestamp")


def let_snapshot_expire(repository: PythonRepository) -> None:
    repository.snapshot.expires = in_days(-1)
    repository.publish("snapshot", "timestamp")


def let_targets_expire(repository: PythonRepository) -> None:
    repository.targets.expires = in_days(-1)
    repository.release()


def let_root_expire(repository: PythonRepository) -> None:
    repository.root.expires = in_days(-1)
    repository.publish_root(also=[])


def lose_snapshot(repository: PythonRepository) -> None:
    repository.release()
    (repository.folder / "metadata" / f"{repository.snapshot.version}.snapshot.json").unlink()


def lose_the_rules(repository: PythonRepository) -> None:
    repository.release()
    rules_file(repository).unlink()


def change_the_rules(repository: PythonRepository) -> None:
    repository.release()
    rules_file(repository).write_bytes(rules_file(repository).read_bytes().replace(b"rules", b"sesur"))


def announce_another_length(repository: PythonRepository) -> None:
    repository.targets.targets[RULES] = TargetFile.from_dict(
        {**repository.targets.targets[RULES].to_dict(), "length": 3}, RULES
    )
    repository.publish("targets", "snapshot", "timestamp")


def edit_timestamp(change: Callable[[dict[str, Any]], None]) -> Change:
    def edit(repository: PythonRepository) -> None:
        repository.release()
        repository.edit("timestamp.json", change)

    return edit


# Each leaves a repository that no client may accept; all of them keep the rules in the targets role.
BAD: dict[str, Change] = {
    "root keys replaced unasked": replace_root_keys_unasked,
    "targets below the threshold": sign_targets_below_the_threshold,
    "timestamp set back": set_timestamp_back,
    "targets set back": set_targets_back,
    "targets forgotten": forget_targets,
    "timestamp expired": let_timestamp_expire,
    "snapshot expired": let_snapshot_expire,
    "targets expired": let_targets_expire,
    "root expired": let_root_expire,
    "snapshot lost": lose_snapshot,
    "rules lost": lose_the_rules,
    "rules changed": change_the_rules,
    "another length announced": announce_another_length,
    "a field added": edit_timestamp(lambda document: document["signed"].update(more=1)),
    "a fraction added": edit_timestamp(lambda document: document["signed"].update(more=1.5)),
    "another type": edit_timestamp(lambda document: document["signed"].update(_type="snapshot")),
    "a signature twice": edit_timestamp(lambda document: document["signatures"].append(document["signatures"][0])),
    "no signature": edit_timestamp(lambda document: document["signatures"].clear()),
}


def rules_file(repository: PythonRepository) -> Path:
    return repository.folder / "targets" / f"{repository.targets.targets[RULES].hashes['sha256']}.{RULES}"


@settings(max_examples=12, deadline=None, derandomize=True, database=None)
@given(st.lists(st.sampled_from(GOOD), max_size=4))
def test_both_clients_follow_whatever_the_maintainers_do(changes: list[Change]) -> None:
    with both_clients() as pair:
        assert pair.check() == "old, version 1: é\n"
        for change in changes:
            change(pair.repository)
            rules = pair.check()
            assert rules is not None


@pytest.mark.parametrize("name", BAD)
def test_both_clients_refuse(name: str) -> None:
    with both_clients() as pair:
        for change in (release, replace_root_keys):
            change(pair.repository)
        assert pair.check() is not None
        BAD[name](pair.repository)
        assert pair.check() is None
        assert pair.check() is None


def test_the_client_accepts_what_the_service_publishes_at_its_founding(tmp_path: Path) -> None:
    folder = tmp_path / "repository"
    development_repository(folder, {"rules.jsonl": b"rules\n"}, datetime.now(UTC))
    with served(folder) as url:
        ours = Ours(url, folder / "metadata" / "1.root.json", tmp_path / "home")
        assert ours.check() == "rules\n"
