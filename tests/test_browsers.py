"""Finding a browser: the person's word first, never a branded Chrome, and a refusal that says what to do."""

from pathlib import Path

import pytest

from rollguard.browsers import find_chromium, find_firefox, install
from rollguard.errors import BrowserError

PROGRAM = "#!/bin/sh\n"


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PROGRAM, "utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def empty_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("ROLLGUARD_CHROMIUM", "ROLLGUARD_FIREFOX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    return tmp_path


def test_the_persons_own_choice_comes_first(empty_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(empty_machine / "bin" / "chromium")
    mine = program(empty_machine / "mine")
    monkeypatch.setenv("ROLLGUARD_CHROMIUM", str(mine))
    assert find_chromium() == mine


def test_a_choice_that_is_no_program_is_refused_and_nothing_is_installed_in_its_place(
    empty_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLGUARD_CHROMIUM", str(empty_machine / "lost"))
    said: list[str] = []
    with pytest.raises(BrowserError, match="ROLLGUARD_CHROMIUM="):
        install("chromium", said.append)
    assert said == []


def test_the_newest_of_playwrights_own_comes_before_the_systems(empty_machine: Path) -> None:
    program(empty_machine / "bin" / "chromium")
    program(empty_machine / "playwright" / "chromium-999" / "chrome-linux" / "chrome")
    newest = program(empty_machine / "playwright" / "chromium-1200" / "chrome-linux64" / "chrome")
    assert find_chromium() == newest


def test_the_systems_is_found_by_either_name(empty_machine: Path) -> None:
    found = program(empty_machine / "bin" / "chromium-browser")
    assert find_chromium() == found


def test_firefox_esr_is_taken_before_firefox(empty_machine: Path) -> None:
    program(empty_machine / "bin" / "firefox")
    esr = program(empty_machine / "bin" / "firefox-esr")
    assert find_firefox() == esr


def test_a_branded_chrome_is_no_browser_for_us(empty_machine: Path) -> None:
    program(empty_machine / "bin" / "google-chrome")
    with pytest.raises(BrowserError, match="set ROLLGUARD_CHROMIUM"):
        find_chromium()


def test_an_installed_browser_is_not_installed_again(empty_machine: Path) -> None:
    found = program(empty_machine / "bin" / "firefox")
    said: list[str] = []
    assert install("firefox", said.append) == found
    assert said == []


def test_a_missing_browser_is_installed_by_the_package_manager_and_each_command_is_said(empty_machine: Path) -> None:
    bin_folder = empty_machine / "bin"
    program(bin_folder / "brew").write_text(
        f"#!/bin/sh\n/bin/echo '#!/bin/sh' > {bin_folder}/firefox\n/bin/chmod 755 {bin_folder}/firefox\n", "utf-8"
    )
    said: list[str] = []
    assert install("firefox", said.append) == bin_folder / "firefox"
    assert said == ["$ brew install --cask firefox"]
