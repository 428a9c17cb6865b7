"""Remedies as data: what may be published, and what is refused with place, reason and next step."""

from pathlib import Path

import pytest

from rollguard.errors import RuleError
from rollguard.rules.checker import check_sources
from rollguard.rules.compiler import TARGET_PATH, compile_bundle, parse_bundle, texts_path
from rollguard.rules.loader import SOURCES, load_bundle, load_remedies
from rollguard.rules.model import Bundle
from rollguard.rules.remedies import lint_remedies
from tests.rules.good_rule import write_sources

NOTHING = Bundle(rules=(), lexicons=(), texts=())
HOSTS = 'links = ["acme.com"]\nsources = ["help.acme.com"]\n'
REMEDY = """
product = "Acme"
way = "switch"
where = "web"
link = "https://acme.com/settings"
sources = [{ id = "help", title = "Acme: help", url = "https://help.acme.com/", date = "2026-11" }]
"""
TEXT = 'title = "AI at Acme"\nsteps = ["Open the settings.", "Switch it off."]\nuploaded = "It is deleted."\n'


def write(sources: Path, name: str = "acme", remedy: str = REMEDY, **texts: str) -> Path:
    folder = sources / "remedies" / name
    (folder / "texts").mkdir(parents=True)
    (folder.parent / "hosts.toml").write_text(HOSTS, "utf-8")
    (folder / "remedy.toml").write_text(remedy, "utf-8")
    for language, text in (texts or {"en": TEXT}).items():
        (folder / "texts" / f"{language}.toml").write_text(text, "utf-8")
    return sources


def found(sources: Path, bundle: Bundle = NOTHING) -> list[str]:
    judged = bundle.model_copy(update={"remedies": load_remedies(sources)})
    return [f"{error.place}: {error.reason}" for error in lint_remedies(judged, sources)]


def test_a_good_remedy_is_taken(tmp_path: Path) -> None:
    assert found(write(tmp_path)) == []


def test_a_checkout_without_remedies_is_fine(tmp_path: Path) -> None:
    assert found(tmp_path) == []
    assert load_remedies(tmp_path) == ()


def test_the_shipped_remedies_are_fine() -> None:
    assert found(SOURCES, load_bundle()) == []


def test_the_check_of_all_rules_looks_at_remedies_too(tmp_path: Path) -> None:
    sources = write(write_sources(tmp_path), en=TEXT.replace("Open", "TODO"))
    _bundle, errors = check_sources(sources)
    assert [error.reason for error in errors] == ["there is a TODO in it"]


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        (REMEDY.replace("https://acme.com/settings", "https://acme.com.example/"), "'acme.com.example' is no host"),
        (REMEDY.replace("https://help.acme.com/", "https://elsewhere.example/"), "'elsewhere.example' is no host"),
        (REMEDY.replace("https://acme.com/settings", "https://acme.com@evil.example/"), "'evil.example' is no host"),
    ],
)
def test_a_link_to_a_stranger_is_refused(tmp_path: Path, spoilt: str, reason: str) -> None:
    assert reason in " ".join(found(write(tmp_path, remedy=spoilt)))


@pytest.mark.parametrize(
    ("spoilt", "key"),
    [
        (REMEDY.replace("https://acme.com", "http://acme.com"), "link"),
        (REMEDY.replace('"switch"', '"pay"'), "way"),
        (REMEDY.replace('"web"', '"fridge"'), "where"),
        (REMEDY.replace("2026-11", "soon"), "sources.0.date"),
        (REMEDY + 'colour = "red"\n', "colour"),
    ],
)
def test_a_remedy_of_another_shape_is_refused_by_file_and_key(tmp_path: Path, spoilt: str, key: str) -> None:
    with pytest.raises(RuleError, match=rf"acme/remedy\.toml: {key}"):
        load_remedies(write(tmp_path, remedy=spoilt))


@pytest.mark.parametrize(
    ("german", "reason"),
    [
        (TEXT.replace('"Open the settings.", ', ""), "it has 1, and the English text 2"),
        (TEXT.replace('uploaded = "It is deleted."\n', ""), "one says it"),
        (TEXT.replace("AI at", "<b>AI</b> at"), "markup or a placeholder"),
        (TEXT.replace("Acme", "{site}"), "markup or a placeholder"),
        (TEXT.replace("Acme", "Acme\u200b"), "a sign that nobody sees"),
    ],
)
def test_a_text_that_differs_from_the_english_one_or_is_no_plain_words_is_refused(
    tmp_path: Path, german: str, reason: str
) -> None:
    assert reason in " ".join(found(write(tmp_path, en=TEXT, de=german)))


def test_a_language_of_one_remedy_is_asked_of_all(tmp_path: Path) -> None:
    write(tmp_path, "acme", en=TEXT, de=TEXT)
    write(tmp_path, "other", en=TEXT)
    assert found(tmp_path) == ["remedies/other/texts/de.toml: there is no such text"]


def test_english_is_always_asked_for(tmp_path: Path) -> None:
    assert found(write(tmp_path, de=TEXT)) == ["remedies/acme/texts/en.toml: there is no such text"]


def test_only_a_rule_can_stand_in_for_missing_steps(tmp_path: Path) -> None:
    bundle = load_bundle()
    without = 'title = "AI at Acme"\n'
    assert "there are none" in " ".join(found(write(tmp_path, en=without), bundle))
    assert found(write(tmp_path / "known", "onedrive_people", en=without), bundle) == []


def test_a_folder_that_is_no_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"Acme-Photos/texts/en.toml: id"):
        load_remedies(write(tmp_path, "Acme-Photos"))


def test_every_language_carries_its_own_remedies_beside_its_texts(tmp_path: Path) -> None:
    write(tmp_path, "acme", en=TEXT, de=TEXT.replace("AI at", "KI bei"))
    write(tmp_path, "beta", en=TEXT)
    bundle = NOTHING.model_copy(update={"remedies": load_remedies(tmp_path)})
    compiled = compile_bundle(bundle)
    assert set(compiled) == {TARGET_PATH, texts_path("de"), texts_path("en")}
    assert "KI bei Acme" in compiled[texts_path("de")].decode()
    assert b"beta" not in compiled[texts_path("de")], "who reads German has the English file, too"
    assert sorted(parse_bundle(compiled).remedies, key=str) == sorted(bundle.remedies, key=str)
