"""The command line: every verb's answer, and the exit codes 0 fine, 1 refused, 2 wrong usage."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rollguard.cli import main
from rollguard.rules.loader import SOURCES

FACEBOOK = SOURCES / "rules" / "facebook_cloud_processing"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_check_says_how_much_was_checked() -> None:
    result = run("rules", "check")
    assert result.exit_code == 0, result.stderr
    assert "every page says what it must" in result.stdout


def test_check_names_every_page_that_says_the_wrong_thing(tmp_path: Path) -> None:
    for name in ("lexicon", "decoys"):
        (tmp_path / name).symlink_to(SOURCES / name)
    rules = tmp_path / "rules"
    rules.mkdir()
    for folder in (SOURCES / "rules").iterdir():
        (rules / folder.name).symlink_to(folder)
    (rules / FACEBOOK.name).unlink()
    broken = rules / FACEBOOK.name
    broken.mkdir()
    for path in FACEBOOK.iterdir():
        (broken / path.name).symlink_to(path)
    (broken / "rule.toml").unlink()
    text = (FACEBOOK / "rule.toml").read_text("utf-8")
    (broken / "rule.toml").write_text(text.replace('title_forbids = ["turn_off", ', "title_forbids = ["), "utf-8")
    result = run("rules", "check", "--sources", tmp_path)
    assert result.exit_code == 1
    assert "no_match_turn_off_de.html\n    'facebook_cloud_processing' shows here, and must not" in result.stderr


def test_test_shows_slots_words_controls_and_the_clause_that_failed() -> None:
    result = run("rules", "test", FACEBOOK / "match_de.html")
    assert result.exit_code == 0
    assert "→ shows facebook_cloud_processing (warning)" in result.stdout
    assert "faces: “Gesichtsmerkmale”" in result.stdout
    assert "decline: “Nicht zulassen” (certain)" in result.stdout
    silent = run("rules", "test", FACEBOOK / "no_match_turn_off.html")
    assert "→ silence" in silent.stdout
    assert "failed clause: title_forbids turn_off" in silent.stdout


def test_test_answers_programs_in_json() -> None:
    result = run("rules", "test", FACEBOOK / "match_en.html", "--json")
    assert [report["shown"] for report in json.loads(result.stdout)] == ["facebook_cloud_processing"]


def test_test_judges_at_the_address_that_it_is_told() -> None:
    result = run("rules", "test", FACEBOOK / "match_en.html", "--url", "https://other.example/")
    assert "→ shows photo_consent" in result.stdout


@pytest.fixture
def address() -> Iterator[str]:
    handler = partial(_Quiet, directory=str(FACEBOOK))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Quiet."""


def test_test_reads_a_page_from_this_machine_and_from_no_other(address: str) -> None:
    assert "→ shows facebook_cloud_processing" in run("rules", "test", f"{address}/match_en.html").stdout
    for refused in ("https://example.com/", "http://127.example.com/", "http://localhost.example.com/"):
        result = run("rules", "test", refused)
        assert result.exit_code == 1
        assert "it is not on this machine" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["rules", "test", "/nowhere.html"], 1, "it cannot be read: No such file or directory"),
        (["rules", "new", "No-Id"], 1, "this is no rule id"),
        (["rules", "check", "--sources", "/nowhere"], 1, "there is no such folder"),
        (["rules", "push", "--service", "http://127.0.0.1:9"], 1, "the service cannot be reached"),
        (["rules", "push", "--service", "nonsense"], 1, "it is no address of a service"),
        (["rules", "pull"], 2, "No such command 'pull'"),
        (["serve", "--poll-interval", "5"], 2, "is not in the range 30<=x<=86400"),
    ],
)
def test_a_refusal_names_place_reason_and_next_step(arguments: list[str], code: int, words: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, words in result.stderr) == (code, True), result.output
    if code == 1:
        assert len(result.stderr.strip().splitlines()) >= 3, "place, reason, next step"


def test_schema_describes_every_file_that_a_maintainer_writes() -> None:
    schemas = json.loads(run("rules", "schema").stdout)
    assert set(schemas) == {"rule.toml", "lexicon/<language>.toml", "texts/<language>.toml"}
    assert schemas["rule.toml"]["additionalProperties"] is False
    assert "severity" in schemas["rule.toml"]["required"]
    keys = schemas["rule.toml"]["properties"]
    assert "one stretch of so many words" in keys["within_words"]["description"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    result = run("keys", "init", "--keys", tmp_path / "file" / "keys", "--data", tmp_path / "data")
    assert result.exit_code == 1
    assert "Not a directory" in result.stderr
    assert "run the command again" in result.stderr


def test_keys_are_made_once(tmp_path: Path) -> None:
    folders = ["--keys", str(tmp_path / "keys"), "--data", str(tmp_path / "data")]
    first = run("keys", "init", *folders)
    assert first.exit_code == 0, first.stderr
    assert (tmp_path / "keys" / "maintainer.pem").stat().st_mode & 0o777 == 0o600
    again = run("keys", "init", *folders)
    assert again.exit_code == 1
    assert "there is a repository already" in again.stderr
