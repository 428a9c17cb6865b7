"""The recogniser's files are those that were looked at, and code and data come from the package alone."""

import dataclasses
from pathlib import Path

import pytest

from rollguard.build import recogniser
from rollguard.errors import BuildError

ENGINE = "recogniser/engine.js"


def test_a_file_that_is_not_the_pinned_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    other = dataclasses.replace(recogniser.PINNED[ENGINE], sha256="0" * 64)
    monkeypatch.setitem(recogniser.PINNED, ENGINE, other)
    with pytest.raises(BuildError, match="not the file that was looked at"):
        recogniser.recogniser_files()


def test_a_build_without_a_network_needs_what_was_fetched_before(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DENO_DIR", str(tmp_path))
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "http://127.0.0.1:9/")
    with pytest.raises(BuildError, match="could not fetch the text recogniser") as refused:
        recogniser.recogniser_files()
    assert "afterwards it works without one" in str(refused.value)


def test_once_fetched_it_builds_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    first = recogniser.recogniser_files()
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9/")
    assert recogniser.recogniser_files() == first


@pytest.mark.parametrize("target", ["chrome", "firefox"])
def test_pages_may_start_webassembly_and_no_script_made_from_text(dist: Path, target: str) -> None:
    manifest = (dist / target / "manifest.json").read_text("utf-8")
    assert "'wasm-unsafe-eval'" in manifest
    assert "'unsafe-eval'" not in manifest


def test_every_language_that_the_page_offers_has_its_data() -> None:
    offered = Path(recogniser.__file__).parents[3] / "extension" / "src" / "recognise" / "languages.ts"
    text = offered.read_text("utf-8")
    assert {code for code in recogniser.LANGUAGES if f'data: "{code}"' in text} == set(recogniser.LANGUAGES)
    assert text.count('data: "') == len(recogniser.LANGUAGES)
