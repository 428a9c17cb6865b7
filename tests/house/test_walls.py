"""The walls of the house: who may import whom, and what may occur where."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import (
    TYPESCRIPT,
    python_files,
    python_imports,
    reachable,
    typescript_code,
    typescript_files,
    typescript_imports,
    typescript_packages,
)

ROOMS = {
    "shared": {"shared"},
    "trust": {"trust"},
    "content": {"content", "shared"},
    "background": {"background", "shared", "trust"},
    "pages": {"pages", "recognise", "shared"},
    # A picture of a dialog is judged by the matcher of pages, or the two would disagree; it never runs in a page.
    "recognise": {"recognise", "content", "shared"},
    "userscript": {"userscript", "content", "shared", "trust"},
}
PACKAGES = {"pages/qr.ts": ["npm:uqr@0.1.2"]}
"""Others' code that is shipped with ours: one file lets it in, at one version."""
RULE_CHANNEL = {TYPESCRIPT / "trust" / "rule_channel.ts", TYPESCRIPT / "trust" / "speech.ts"}
"""Where verified bytes become rules and their words: the files of trust/ that know what a rule is."""

# `pages` fetches a page from this machine for `rollguard rules test`, the rest gets what it judges.
WORLD = {"datetime", "time", "socket", "ssl", "http", "requests", "urllib.request", "urllib3", "subprocess", "random"}
PURE = {
    "matcher",
    "reading",
    "compiler",
    "candidates",
    "controls",
    "slots",
    "words",
    "visible_text",
    "selectors",
    "match_patterns",
}
MAINTAINERS_ONLY = {
    *(
        f"rollguard.trust.{name}"
        for name in ("keys", "signing", "development", "founding", "push", "draft", "ceremony")
    ),
    "rollguard.cli_signing",
}


def room_of(path: Path) -> str:
    return path.relative_to(TYPESCRIPT).parts[0]


def named(path: Path) -> str:
    return str(path.relative_to(TYPESCRIPT))


@pytest.mark.parametrize("path", typescript_files(), ids=named)
def test_a_script_imports_only_from_the_rooms_beside_it(path: Path) -> None:
    allowed = ROOMS[room_of(path)] | ({"shared"} if path in RULE_CHANNEL else set())
    for imported, _is_value in typescript_imports(path):
        assert imported.is_file(), f"{named(path)} names {imported}, which does not exist"
        assert room_of(imported) in allowed, f"{named(path)} must not import {named(imported)}"


@pytest.mark.parametrize("path", typescript_files(), ids=named)
def test_no_import_escapes_the_reader_of_these_tests(path: Path) -> None:
    written = re.findall(r"\bimport\b|\bexport\b[^;=()]*\bfrom\b", typescript_code(path))
    assert len(typescript_imports(path)) + len(typescript_packages(path)) == len(written)


def test_others_code_comes_in_by_the_doors_that_are_named() -> None:
    found = {named(path): names for path in typescript_files() if (names := typescript_packages(path))}
    assert found == PACKAGES


def test_no_script_imports_itself_by_a_detour() -> None:
    done: set[Path] = set()

    def visit(path: Path, way: list[Path]) -> None:
        assert path not in way, "cycle: " + " → ".join(map(named, [*way, path]))
        if path not in done:
            for imported, is_value in typescript_imports(path):
                if is_value:
                    visit(imported, [*way, path])
            done.add(path)

    for path in typescript_files():
        visit(path, [])
    assert len(done) == len(typescript_files())


@pytest.mark.parametrize(
    ("pattern", "door"),
    [(r"\b(?:chrome|browser)\b", "shared/browser.ts"), (r"\bGM(?:_\w+)?\b", "userscript/gm.ts")],
)
def test_a_foreign_api_occurs_behind_one_door_only(pattern: str, door: str) -> None:
    users = {named(path) for path in typescript_files() if re.search(pattern, typescript_code(path))}
    assert users == {door}


@pytest.mark.parametrize("path", typescript_files(), ids=named)
def test_no_script_has_a_default_export_or_makes_code_or_html_from_text(path: Path) -> None:
    forbidden = r"\bexport\s+default\b|\beval\s*\(|\bFunction\s*\(|\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b"
    assert re.findall(forbidden, typescript_code(path)) == []


@pytest.mark.parametrize("path", sorted((TYPESCRIPT / "trust").glob("*.ts")), ids=named)
def test_the_trust_client_has_no_clock_no_network_and_no_page(path: Path) -> None:
    clock_and_page = r"\bDate\.now\b|\bnew Date\(\)|\bsetTimeout\b|\bMath\.random\b|\bdocument\b|\blocalStorage\b"
    network = r"(?:await|return|[=(>])\s*fetch\("
    assert re.findall(f"{clock_and_page}|{network}", typescript_code(path)) == []


def test_the_rule_language_knows_no_clock_no_network_and_no_keys() -> None:
    for name, path in python_files().items():
        if not name.startswith("rollguard.rules"):
            continue
        imports = python_imports(path)
        allowed = {"urllib.request"} if name == "rollguard.rules.pages" else set()
        assert imports & (WORLD - allowed) == set(), f"{name} reaches into the world"
        assert [module for module in imports if module.startswith(("rollguard.trust", "rollguard.service"))] == []


def test_what_decides_about_a_page_reads_no_files() -> None:
    for name in PURE:
        loaded = reachable(f"rollguard.rules.{name}")
        assert f"rollguard.rules.{name}" in loaded
        assert loaded & {"rollguard.rules.pages", "rollguard.rules.loader"} == set(), f"{name} reads files"
        for module in loaded:
            assert python_imports(python_files()[module]) & {"pathlib", "os", "io"} == set(), f"{name}: {module}"


def test_who_may_say_what_does_not_hang_on_the_service() -> None:
    modules = [name for name in python_files() if name.startswith("rollguard.trust")]
    assert len(modules) > 1
    for name in modules:
        assert [module for module in reachable(name) if module.startswith("rollguard.service")] == [], name


def test_the_service_can_never_load_a_maintainers_key() -> None:
    modules = [name for name in python_files() if name.startswith("rollguard.service")]
    assert len(modules) > 1
    for name in modules:
        assert reachable(name) & MAINTAINERS_ONLY == set(), f"{name} reaches a maintainer's key"


def test_a_running_service_has_loaded_no_maintainers_key() -> None:
    modules = sorted(name for name in python_files() if name.startswith("rollguard.service"))
    program = "import importlib, sys\n"
    program += f"for name in {modules!r}: importlib.import_module(name)\n"
    program += "print(*(name for name in sys.modules if name.startswith('rollguard')))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert set(done.stdout.split()) & MAINTAINERS_ONLY == set()


def test_the_wall_around_the_keys_has_something_behind_it() -> None:
    assert python_files().keys() >= MAINTAINERS_ONLY
