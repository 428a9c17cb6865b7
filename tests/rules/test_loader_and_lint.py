from pathlib import Path
from typing import Any

import pytest

from rollguard.errors import RuleError
from rollguard.rules.checker import check_sources
from rollguard.rules.compiler import compile_bundle, parse_bundle
from rollguard.rules.lint import lint
from rollguard.rules.loader import load_bundle, load_rule, load_slots
from rollguard.rules.model import Bundle
from rollguard.rules.scaffold import new_rule

RULE = """
summary = "s"
product = "p"
severity = "warning"
requires = [{ any_of = ["camera_roll"] }]
controls = { accept = ["allow"], decline = ["refuse"] }
sources = [{ id = "a", title = "t", url = "https://example.com/", date = "2026-01" }]
"""


def rule_folder(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "rule.toml").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (RULE + 'colour = "red"\n', ["rule.toml: colour", "there is no such key", "Known here: "]),
        (RULE.replace('severity = "warning"', 'severity = "panic"'), ["rule.toml: severity", "'warning' or 'notice'"]),
        (RULE.replace('product = "p"\n', ""), ["rule.toml: product", "it is missing", "Add 'product'."]),
        (RULE.replace("[", "", 1), ["rule.toml", "it is not TOML", "line 5"]),
        (RULE.replace("2026-01", "January"), ["rule.toml: sources.0.date", "match"]),
    ],
)
def test_a_broken_rule_is_refused_by_file_key_reason_and_next_step(tmp_path: Path, text: str, words: list[str]) -> None:
    with pytest.raises(RuleError) as refused:
        load_rule(rule_folder(tmp_path, text))
    for word in words:
        assert word in str(refused.value)


def test_a_folder_that_is_no_id_is_refused(tmp_path: Path) -> None:
    folder = rule_folder(tmp_path, RULE).rename(tmp_path / "Acme-Photos")
    with pytest.raises(RuleError, match=r"Acme-Photos: id"):
        load_rule(folder)


def bundle_with(bundle: Bundle, **changes: Any) -> Bundle:
    rule = bundle.rules[0].model_copy(update=changes)
    return bundle.model_copy(update={"rules": (rule, *bundle.rules[1:])})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"forbids": ("no_such_slot",)}, "there is no slot 'no_such_slot'"),
        ({"match_patterns": ("facebook.com",)}, "it has no '://'"),
        ({"match_patterns": ("gopher://A_b",)}, "it has no path"),
        ({"forbids_selector": "div:hover"}, "':hover' does not mean the same"),
        ({"min_engine": 99}, "engine 99 does not exist yet"),
    ],
)
def test_lint_names_what_cannot_be_published(changes: dict[str, Any], reason: str) -> None:
    errors = lint(bundle_with(load_bundle(), **changes), load_slots())
    assert any(reason in str(error) for error in errors)


def test_lint_asks_for_a_text_in_every_language() -> None:
    bundle = load_bundle()
    errors = lint(bundle.model_copy(update={"texts": bundle.texts[1:]}), load_slots())
    assert [error.reason for error in errors] == ["there is no such text"]


def test_our_own_rules_pass_the_check() -> None:
    _bundle, errors = check_sources()
    assert [str(error) for error in errors] == []


def test_the_same_sources_compile_to_the_same_bytes_and_back() -> None:
    bundle = load_bundle()
    shuffled = Bundle(rules=bundle.rules[::-1], lexicons=bundle.lexicons[::-1], texts=bundle.texts[::-1])
    data = compile_bundle(bundle)
    assert compile_bundle(shuffled) == data
    assert compile_bundle(parse_bundle(data)) == data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"\xff\n", "not UTF-8"),
        (b'{"kind":"bundle","format":99}\n', "not a bundle that we read"),
        (b'{"kind":"bundle","format":1}\n{"kind":"verb"}\n', "its kind is unknown"),
        (b'{"kind":"bundle","format":1}\n{"kind":"rule","id":"x"}\n', "Field required"),
        (b'{"kind":"bundle","format":1}\n[1]\n', "it is no record"),
        (b'{"kind":"bundle","format":1}\n' + b"[" * 100_000 + b"\n", "it is not JSON"),
    ],
)
def test_bytes_that_are_no_bundle_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(RuleError, match=reason):
        parse_bundle(data)


def test_a_scaffold_fails_its_check_until_it_is_filled(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    for name in ("en.toml", "slots.toml"):
        source = Path(__file__).parents[2] / "backend" / "lexicon" / name
        (tmp_path / "lexicon" / name).write_text(source.read_text("utf-8"), "utf-8")
    (tmp_path / "decoys").mkdir()
    folder = new_rule(tmp_path, "acme_backup")
    _bundle, errors = check_sources(tmp_path)
    assert [error.reason for error in errors] == ["there is a TODO in it"] * 7
    for path in folder.rglob("*.toml"):
        path.write_text(path.read_text("utf-8").replace("TODO", "Done"), "utf-8")
    _bundle, errors = check_sources(tmp_path)
    assert [error.place for error in errors] == ["rules/acme_backup/match_en.html"]
    assert "must show here, but there is silence" in errors[0].reason


def test_a_scaffold_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    new_rule(tmp_path, "acme")
    with pytest.raises(RuleError, match="it exists already"):
        new_rule(tmp_path, "acme")
