import re
import subprocess
import sys
from pathlib import Path

from rollguard.demo.stage import CHECKOUT


def test_the_demo_shows_warning_silence_and_a_pushed_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "rollguard", "demo", "--out", str(tmp_path / "demo"), "--headless"]
    shown = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert shown.returncode == 0, shown.stderr
    assert re.search(r"6\. \d+ s later the tab that was open all the time warns, without a reload", shown.stdout)
    pictures = sorted((tmp_path / "demo").glob("*.png"))
    assert [picture.name for picture in pictures] == ["1-warning.png", "2-silence.png", "3-pushed.png"]
    assert len({picture.read_bytes() for picture in pictures}) == 3, "three different pictures"
