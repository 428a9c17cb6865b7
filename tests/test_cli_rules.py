"""`rollguard rules push | sign | rollback | recall | verify`, against a service that answers on this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.trust_py.stage import Stage, founded


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with founded(tmp_path) as stage:
        yield stage


def test_push_says_what_changes_before_it_publishes(stage: Stage) -> None:
    stage.edit_rule('severity = "warning"', 'severity = "notice"')
    said = stage.does("rules", "push")
    assert "~ rule acme: severity warning → notice" in said
    assert (
        "Pages of which something else is said: 1\n  rules/acme/match_en.html: acme (warning) → acme (notice)" in said
    )
    assert "Held-out pages of which something else is said: 0\n" in said
    assert said.endswith("Published version 2.\n")


def test_a_push_of_the_same_rules_says_that_nothing_changes(stage: Stage) -> None:
    assert "No rule, word or text changes" in stage.does("rules", "push")


def test_a_rule_that_shows_where_it_must_not_is_never_signed(stage: Stage) -> None:
    (stage.sources / "decoys/ask.html").write_bytes((stage.sources / "rules/acme/match_en.html").read_bytes())
    assert "'acme' shows here, and must not" in stage.refuses("rules", "push")
    assert "Published version" not in stage.run("rules", "push").output


def test_rollback_publishes_earlier_rules_as_the_next_version(stage: Stage) -> None:
    stage.edit_rule('severity = "warning"', 'severity = "notice"')
    stage.does("rules", "push")
    said = stage.does("rules", "rollback", "1")
    assert "~ rule acme: severity notice → warning" in said
    assert said.endswith("Published version 3: the rules of version 1.\n")
    assert "version 9\n    the service does not have it" in stage.refuses("rules", "rollback", "9")


def test_recall_switches_a_rule_off_and_on_again(stage: Stage) -> None:
    assert stage.does("rules", "recall", "acme") == "off: acme\nPublished. Switched off now: acme.\n"
    assert "recalled.json: acme switched off" in stage.does("rules", "verify", stage.service)
    assert "Still switched off: acme." in stage.does("rules", "push")
    assert stage.does("rules", "recall", "acme", "--undo") == "on again: acme\nPublished. Switched off now: nothing.\n"


def test_recall_can_switch_off_everything_new(stage: Stage) -> None:
    assert "Switched off now: everything that is newer than the builds" in stage.does("rules", "recall", "--all")
    assert "all new rules off" in stage.does("rules", "verify", stage.service)
    assert stage.does("rules", "recall", "--all", "--undo").endswith("Switched off now: nothing.\n")


def test_recall_refuses_a_rule_that_nobody_has(stage: Stage) -> None:
    assert "no published rule is called so\n    There are: acme." in stage.refuses("rules", "recall", "acmee")
    assert stage.run("rules", "recall").exit_code == 2


def test_a_draft_goes_to_whom_it_is_named_for_and_is_signed_by_another_checkout(stage: Stage, tmp_path: Path) -> None:
    stage.does("keys", "export-root", "--out", tmp_path / "root.json")
    stage.does("keys", "init", "--root", tmp_path / "root.json", who="bea")
    ceremony, draft = tmp_path / "keys.json", tmp_path / "rules.json"
    stage.does("keys", "add", tmp_path / "bea/maintainer.pub", "--threshold", "2", "--draft", ceremony)
    stage.does("keys", "sign", ceremony, who="bea")
    stage.edit_rule('severity = "warning"', 'severity = "notice"')
    said = stage.does("rules", "push", "--draft", draft)
    assert (
        f"Signed: rules: 1 of 2. Nothing is public yet.\nNext: another maintainer runs `rollguard rules sign {draft}`"
        in said
    )
    signed = stage.does("rules", "sign", draft, who="bea")
    assert "~ rule acme: severity warning → notice" in signed
    assert signed.endswith("Published version 3.\n")
    back = tmp_path / "back.json"
    stage.does("rules", "rollback", "1", "--draft", back, who="bea")
    assert "Brings the rules of version 1 back." in stage.does("rules", "sign", back)


def test_a_draft_of_other_rules_is_not_signed(stage: Stage, tmp_path: Path) -> None:
    draft = tmp_path / "rules.json"
    stage.does("rules", "push", "--draft", draft)
    stage.edit_rule('severity = "warning"', 'severity = "notice"')
    assert "its rules are not yours" in stage.refuses("rules", "sign", draft)
    assert "it changes rules, not keys" in stage.refuses("keys", "sign", draft)


def test_draft_only_signs_even_where_one_signature_is_enough(stage: Stage, tmp_path: Path) -> None:
    said = stage.does("rules", "push", "--draft", tmp_path / "rules.json")
    assert "Nothing is public yet" in said
    assert "targets.json version 1" in stage.does("rules", "verify", stage.service)
    assert stage.does("rules", "sign", tmp_path / "rules.json").endswith("Published version 2.\n")


def test_anybody_can_verify_with_no_key_and_is_told_where_trust_begins(stage: Stage, tmp_path: Path) -> None:
    assert "No root is pinned here" in stage.does("rules", "verify", stage.service, who="nobody")
    assert "Everything verifies." in stage.does("rules", "verify", stage.service)
    other = tmp_path / "other"
    Stage(other).run("keys", "init", "--sources", stage.sources)
    refused = stage.refuses("rules", "verify", stage.service, "--root", other / "ada/root.json")
    assert "it is not signed by 1 of the keys" in refused


def test_a_stranger_drafts_nothing(stage: Stage, tmp_path: Path) -> None:
    stage.does("keys", "init", "--root", stage.folder / "ada/root.json", who="eve")
    assert "your keys are not named" in stage.refuses("rules", "push", "--draft", tmp_path / "x.json", who="eve")
    assert not (tmp_path / "x.json").exists()


def test_history_tells_what_was_published_newest_first(stage: Stage) -> None:
    stage.does("rules", "recall", "acme")
    newest, oldest = stage.does("rules", "history").splitlines()
    assert "recall    root 1, targets 1, recall 2, snapshot 2; signed by " in newest
    assert "founded   root 1, targets 1, recall 1, snapshot 1; signed by " in oldest
