"""What an attacker may do because somebody must be able to: how little it is, how it is told, and how it ends."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tuf.api.metadata import TargetFile

from rollguard.trust.recalled import RECALL_PATH, Recalled
from tests.attacks.bundles import EVIL
from tests.attacks.client import Client, State
from tests.attacks.forge import RULES
from tests.attacks.stage import Attack, Stage
from tests.attacks.thieves import push_evil

RECOVERED = (3, ("acme", "acme_two", "zeta"))
OVER = Attack(lambda _stage: None, "")
DAY_MS = 86_400_000


@pytest.fixture
def good(stage: Stage, client: Client) -> State:
    """The second release is in use."""
    client.open(stage.server.url, stage.baked)
    return client.check()


def healed(stage: Stage, client: Client) -> State:
    stage.recover(OVER)
    return client.check()


def test_two_stolen_keys_of_three_are_what_the_threshold_is_for(stage: Stage, client: Client, good: State) -> None:
    """The table's rows could fail: with one key more the thief's rules are in use."""
    assert good.rules == ("acme", "acme_two")
    push_evil(stage, stage.forge.maintainers[1:])
    assert client.check().rules == ("evil",)


def test_one_stolen_key_can_silence_one_rule_and_is_named_for_it(stage: Stage, client: Client, good: State) -> None:
    stage.forge.recall_rules(Recalled(("acme",)), by=[stage.thief])
    silenced = client.check()
    assert (silenced.error, silenced.rules) == ("", ("acme_two",))
    assert silenced.skipped == (*good.skipped, "acme: recalled by a maintainer")
    assert client.restart().rules == ("acme_two",)
    assert healed(stage, client).in_use == RECOVERED


def test_one_stolen_key_that_recalls_all_leaves_what_the_build_brought(
    stage: Stage, client: Client, good: State
) -> None:
    stage.forge.recall_rules(Recalled(is_all=True), by=[stage.thief])
    silenced = client.check()
    assert good.rules == ("acme", "acme_two")
    assert (silenced.error, silenced.in_use) == ("", (1, ("acme",)))
    assert "everything newer than this build: recalled by a maintainer" in silenced.skipped
    again = client.restart()
    assert (again.in_use, again.skipped) == ((1, ("acme",)), silenced.skipped)
    assert healed(stage, client).in_use == RECOVERED


@pytest.mark.parametrize(
    "recall",
    [
        b"",
        b"[]",
        b"{}",
        b'{"format":2,"all":false,"rules":[]}',
        b'{"format":1,"all":false,"rules":[1]}',
        b'{"format":1,"all":"no","rules":[]}',
        b"[" * 50_000,
    ],
)
def test_a_recall_in_other_words_is_taken_for_the_strongest(
    recall: bytes, stage: Stage, client: Client, good: State
) -> None:
    assert good.version == 2
    stage.forge.add_file(stage.forge.recall, RECALL_PATH, recall)
    stage.forge.publish("recall", "snapshot", "timestamp", by=[stage.thief])
    assert client.check().rules == ("acme",)
    assert healed(stage, client).in_use == RECOVERED


def test_who_may_recall_can_never_add(stage: Stage, client: Client, good: State) -> None:
    """The role `recall` lists rules of its own: nobody has asked it for any."""
    forge = stage.forge
    forge.add_file(forge.recall, RULES, EVIL[RULES])
    recall = {"format": 1, "all": False, "rules": [], "add": ["evil"]}
    forge.add_file(forge.recall, RECALL_PATH, json.dumps(recall).encode())
    forge.publish("recall", "snapshot", "timestamp", by=[stage.thief])
    assert "evil" not in client.check().rules
    assert set(client.check().rules) <= set(good.rules)


def test_rules_that_targets_no_longer_list_are_not_looked_for_elsewhere(
    stage: Stage, client: Client, good: State
) -> None:
    forge = stage.forge
    forge.add_file(forge.recall, RULES, EVIL[RULES])
    del forge.targets.targets["rules.jsonl"]
    forge.publish("targets", "recall", "snapshot", "timestamp")
    attacked = client.check()
    assert "rules.jsonl" in attacked.error
    assert attacked.in_use == good.in_use


@pytest.mark.parametrize(
    ("seconds", "clamped_ms"), [(1, 30_000), (0, 30_000), (31_536_000, DAY_MS), (2**53 - 1, DAY_MS)]
)
def test_a_stolen_online_key_cannot_make_clients_deaf_or_restless(
    seconds: int, clamped_ms: int, stage: Stage, client: Client, good: State
) -> None:
    assert good.error == ""
    stage.forge.timestamp.unrecognized_fields["poll_interval"] = seconds
    stage.forge.publish("timestamp")
    assert client.check().poll_interval_ms == clamped_ms
    assert 30_000 <= client.check().wait_ms + 3_000 <= DAY_MS + 3_000


def test_a_stolen_online_key_that_runs_ahead_is_outrun_by_its_replacement(
    stage: Stage, client: Client, good: State
) -> None:
    stage.forge.timestamp.version = 2**53 - 2
    stage.forge.publish("timestamp")
    assert client.check().in_use == good.in_use
    assert healed(stage, client).in_use == RECOVERED


def endless(stage: Stage, _file: TargetFile) -> None:
    stage.lie("deltas/", body=b" " * 65_536, is_endless=True)


def stuck(stage: Stage, _file: TargetFile) -> None:
    stage.lie("deltas/", body=b"{", is_stuck=True)


def garbled(stage: Stage, _file: TargetFile) -> None:
    stage.lie("deltas/", body=b'{"format":1,"remove":[],"set":["{}"]}')


def evil(stage: Stage, _file: TargetFile) -> None:
    lines = EVIL[RULES].decode().splitlines()[1:]
    remove = ["rule/acme", "rule/acme_two", "rule/zeta"]
    stage.lie("deltas/", body=json.dumps({"format": 1, "remove": remove, "set": lines}).encode())


def elsewhere(stage: Stage, _file: TargetFile) -> None:
    stage.lie("deltas/", status=302, location="/elsewhere")


@pytest.mark.parametrize("spoil", [endless, stuck, garbled, evil, elsewhere])
def test_a_spoilt_delta_costs_the_whole_file_and_nothing_else(
    spoil: Callable[[Stage, TargetFile], None], stage: Stage, client: Client
) -> None:
    client.open(stage.server.url, stage.baked, patience_ms=400)
    assert client.check().version == 2
    stage.forge.release(stage.third)
    spoil(stage, stage.forge.targets.targets["rules.jsonl"])
    after = client.check()
    assert (after.in_use, after.error) == (RECOVERED, "")
    assert stage.forge.path_of(RULES).name in [Path(asked).name for asked in stage.server.asked]
    assert "/elsewhere" not in stage.server.asked


@pytest.mark.parametrize("lie", [{"status": 404}, {"body": b"{}"}, {"body": b" " * 65_536, "is_endless": True}])
def test_spoilt_texts_are_named_and_hold_no_rule_back(
    lie: dict[str, Any], stage: Stage, client: Client, good: State
) -> None:
    stage.forge.release({**stage.third, "texts/en.jsonl": stage.third["texts/en.jsonl"] + b"\n"})
    name = stage.forge.path_of("texts/en.jsonl").name
    stage.lie(name, **lie)
    after = client.check()
    assert (after.in_use, good.version) == (RECOVERED, 2)
    assert "en.jsonl" in after.error
    stage.server.lies.clear()
    assert client.check().error == ""


def test_an_endless_answer_is_cut_off_near_its_limit(stage: Stage, client: Client, good: State) -> None:
    stage.lie("timestamp.json", body=b" " * 4_096, is_endless=True)
    assert client.check().in_use == good.in_use
    # What lies in the sockets' buffers when the client hangs up is sent already.
    assert 16_384 <= stage.server.sent < 16_000_000
