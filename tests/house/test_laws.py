"""Laws about form: what lies where, how long a file may be, and that no test is switched off."""

import ast
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from rollguard.build.bundler import deno
from rollguard.rules.confusables import typescript_table
from rollguard.rules.typescript import typescript_types
from tests.house.sources import ROOT, TYPESCRIPT, typescript_code

AT_THE_DOOR = {
    *("backend", "extension", "tests", "build.py", "pyproject.toml"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"),
    *(".ci", ".gitignore", ".pre-commit-config.yaml"),
}
MAY_STAND_THERE = {".github"}
MAX_LINES = {".py": 200, ".ts": 190}
MAX_LINES_OF_TESTS = 250
GENERATED = {TYPESCRIPT / "shared" / "bundle_types.ts", TYPESCRIPT / "shared" / "message_keys.ts"}
SWITCHED_OFF = {"skip", "skipif", "xfail", "importorskip"}


def kept_files() -> list[Path]:
    """What git keeps, or would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return sorted(path for name in names if name and (path := ROOT / name).is_file())


def test_the_top_level_holds_what_the_design_names_and_nothing_else() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in kept_files()}
    assert top - MAY_STAND_THERE == AT_THE_DOOR


def test_no_file_is_too_long_to_be_read_in_one_go() -> None:
    sources = [path for path in kept_files() if path.suffix in MAX_LINES and path not in GENERATED]
    assert len(sources) > 50
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in sources}
    assert {name: length for name, length in lengths.items() if length > limit_of(Path(name))} == {}


def limit_of(path: Path) -> int:
    return MAX_LINES_OF_TESTS if path.parts[0] == "tests" else MAX_LINES[path.suffix]


def test_no_room_is_named_after_nothing() -> None:
    nothing = re.compile(r"(^|_)(utils?|helpers?|common|misc|managers?)$")
    assert [str(path) for path in kept_files() if nothing.search(path.stem) or nothing.search(path.parent.name)] == []


def test_no_test_is_switched_off() -> None:
    off = []
    for path in kept_files():
        if path.suffix == ".py" and path.is_relative_to(ROOT / "tests"):
            nodes = ast.walk(ast.parse(path.read_text("utf-8")))
            off += [f"{path}: {node.attr}" for node in nodes if isinstance(node, ast.Attribute) and _is_switch(node)]
        elif path.suffix == ".ts" and path.is_relative_to(ROOT / "tests"):
            off += [f"{path}: {found}" for found in re.findall(r"\.(?:ignore|only)\(|\bignore:", typescript_code(path))]
    assert off == []


def _is_switch(node: ast.Attribute) -> bool:
    owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
    return node.attr in SWITCHED_OFF and owner in {"pytest", "mark"}


@pytest.mark.parametrize(
    ("module", "generated"),
    [("shared/bundle_types.ts", typescript_types), ("content/confusables.ts", typescript_table)],
)
def test_a_generated_module_is_what_python_says(module: str, generated: Callable[[], str], tmp_path: Path) -> None:
    expected = tmp_path / "generated.ts"
    expected.write_text(generated(), "utf-8")
    done = deno("fmt", "--quiet", str(expected))
    assert done.returncode == 0, done.stderr
    kept = (TYPESCRIPT / module).read_text("utf-8")
    assert kept == expected.read_text("utf-8"), "run `rollguard rules schema --typescript` and format it"


@pytest.mark.parametrize("name", ["LICENSE", "pyproject.toml"])
def test_the_licence_is_mpl_2(name: str) -> None:
    words = {"LICENSE": "Mozilla Public License Version 2.0", "pyproject.toml": 'license = "MPL-2.0"'}
    assert words[name] in (ROOT / name).read_text("utf-8")
