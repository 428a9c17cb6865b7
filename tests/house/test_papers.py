"""The papers at the door tell the truth: their commands are those that are run."""

import re
import shutil
import subprocess
from pathlib import Path

from rollguard.rules.coverage import coverage_table
from tests.house.sources import ROOT

RUN = ROOT / ".ci" / "run"


def readme_commands() -> list[str]:
    """Its code blocks, in order."""
    return re.findall(r"^```\w*\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)


def house_with(folder: Path, readme: str) -> Path:
    (folder / ".ci").mkdir()
    shutil.copy(RUN, folder / ".ci" / "run")
    (folder / "README.md").write_text(readme, "utf-8")
    return folder


def test_the_first_command_of_the_readme_is_the_demo_and_the_second_the_tests() -> None:
    demo, test = readme_commands()[:2]
    assert demo.strip().endswith("rollguard demo")
    assert test.strip().endswith("-m tests")
    assert len(demo.strip().splitlines()) == 1
    assert len(test.strip().splitlines()) == 1


def test_continuous_integration_runs_the_second_command_to_the_letter(tmp_path: Path) -> None:
    house = house_with(
        tmp_path, "# x\n\n```sh\nexit 7\n```\n\n```sh\npwd > here && echo 'a  b' >> here\n```\n\n```\nexit 8\n```\n"
    )
    subprocess.run([house / ".ci" / "run"], cwd="/", check=True, capture_output=True)
    assert (house / "here").read_text("utf-8") == f"{house}\na  b\n"


def test_continuous_integration_fails_as_the_command_fails(tmp_path: Path) -> None:
    house = house_with(tmp_path, "```sh\ntrue\n```\n```sh\n(exit 7) | cat\n```\n")
    assert subprocess.run([house / ".ci" / "run"], check=False, capture_output=True).returncode == 7


def test_continuous_integration_refuses_a_readme_without_a_test_command(tmp_path: Path) -> None:
    house = house_with(tmp_path, "```sh\ntrue\n```\n")
    done = subprocess.run([house / ".ci" / "run"], check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "second code block" in done.stderr


def test_the_table_of_languages_is_the_lexicons_own() -> None:
    kept = (ROOT / "backend" / "lexicon" / "COVERAGE.md").read_text("utf-8")
    assert kept == coverage_table(ROOT / "backend"), "run `rollguard rules coverage > backend/lexicon/COVERAGE.md`"


def test_the_readme_counts_the_languages_that_there_are() -> None:
    counts = re.findall(r"(\d+) languages", (ROOT / "README.md").read_text("utf-8"))
    lexicons = len(list((ROOT / "backend" / "lexicon").glob("*.toml"))) - 1  # slots.toml is none
    assert int(counts[0]) == lexicons
