import shutil
from pathlib import Path
from typing import Any

import pytest

from rollguard.errors import RuleError
from rollguard.rules.checker import check_sources
from rollguard.rules.compiler import MAX_TEXTS_BYTES, TARGET_PATH, compile_bundle, parse_bundle, texts_path
from rollguard.rules.lint import lint
from rollguard.rules.loader import SOURCES, load_bundle, load_rule, load_slots
from rollguard.rules.model import Bundle
from rollguard.rules.scaffold import new_rule
from rollguard.rules.texts import SPOKEN

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
    assert [error.reason for error in errors] == [f"there is no text in {bundle.texts[0].language}"]


def test_a_rule_that_speaks_with_another_needs_english_alone() -> None:
    bundle = load_bundle()
    first = bundle.rules[0].model_copy(update={"texts_like": "photo_consent"})
    rules = (first, *bundle.rules[1:])
    english = [text for text in bundle.texts if text.rule != first.id or text.language == "en"]
    assert lint(bundle.model_copy(update={"rules": rules, "texts": tuple(english)}), load_slots()) == []
    none = tuple(text for text in bundle.texts if text.rule != first.id)
    errors = lint(bundle.model_copy(update={"rules": rules, "texts": none}), load_slots())
    assert [error.reason for error in errors] == ["there is no text in en"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nobody", "there is no rule 'nobody'"),
        ("facebook_cloud_processing", "the texts of 'facebook_cloud_processing' are not about any site"),
        (None, "has not all texts of its own either"),
    ],
)
def test_words_are_borrowed_only_from_a_rule_that_has_them_all_and_speaks_of_any_site(
    name: str | None, reason: str
) -> None:
    bundle = load_bundle()
    first = bundle.rules[0].model_copy(update={"texts_like": name or bundle.rules[0].id})
    errors = lint(bundle.model_copy(update={"rules": (first, *bundle.rules[1:])}), load_slots())
    assert any(reason in error.reason for error in errors), errors


def test_our_own_rules_pass_the_check() -> None:
    _bundle, errors = check_sources()
    assert [str(error) for error in errors] == []


def test_the_same_sources_compile_to_the_same_bytes_and_back() -> None:
    bundle = load_bundle()
    turned = {name: getattr(bundle, name)[::-1] for name in Bundle.model_fields}
    shuffled = bundle.model_copy(update=turned)
    data = compile_bundle(bundle)
    assert compile_bundle(shuffled) == data
    assert compile_bundle(parse_bundle(data)) == data
    assert data.keys() == {TARGET_PATH, *map(texts_path, SPOKEN)}


@pytest.mark.parametrize(
    ("path", "change", "reason"),
    [
        ("texts/de.jsonl", (b'"language":"de"', b'"language":"fr"'), "there is a text in 'fr'"),
        ("texts/de.jsonl", (b'"kind":"text"', b'"kind":"joke"'), "its kind is unknown"),
        ("texts/de.jsonl", (b'"format": 1', b'"format": 2'), "no file that we read"),
        ("texts/fr.jsonl", (b"", b""), "no file that we read"),
        ("texts/../de.jsonl", (b"", b""), "no file of a bundle is called so"),
        ("texts/de.jsonl", (b"\n", b"\n" + b" " * MAX_TEXTS_BYTES), "larger than"),
    ],
)
def test_texts_that_are_none_are_refused(path: str, change: tuple[bytes, bytes], reason: str) -> None:
    compiled = compile_bundle(load_bundle())
    german = compiled["texts/de.jsonl"]
    assert change[0] in german
    with pytest.raises(RuleError, match=reason):
        parse_bundle({TARGET_PATH: compiled[TARGET_PATH], path: german.replace(*change) if change[0] else german})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"\xff\n", "not UTF-8"),
        (b'{"kind":"bundle","format":99}\n', "no file that we read"),
        (b'{"kind":"bundle","format":1}\n{"kind":"verb"}\n', "its kind is unknown"),
        (b'{"kind":"bundle","format":1}\n{"kind":"rule","id":"x"}\n', "Field required"),
        (b'{"kind":"bundle","format":1}\n[1]\n', "it is no record"),
        (b'{"kind":"bundle","format":1}\n' + b"[" * 100_000 + b"\n", "it is not JSON"),
    ],
)
def test_bytes_that_are_no_bundle_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(RuleError, match=reason):
        parse_bundle({TARGET_PATH: data})


def test_a_scaffold_fails_its_check_until_it_is_filled(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    for name in ("en.toml", "slots.toml"):
        source = Path(__file__).parents[2] / "backend" / "lexicon" / name
        (tmp_path / "lexicon" / name).write_text(source.read_text("utf-8"), "utf-8")
    (tmp_path / "decoys").mkdir()
    few = shutil.ignore_patterns("match_[!e]*", "match_e[!n]*", "match_en_[!b]*", "no_match_[!t]*", "no_match_turn*")
    shutil.copytree(SOURCES / "rules/photo_consent", tmp_path / "rules/photo_consent", ignore=few)
    folder = new_rule(tmp_path, "acme_backup")
    _bundle, errors = check_sources(tmp_path)
    assert [error.reason for error in errors] == ["there is a TODO in it"] * 2
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
