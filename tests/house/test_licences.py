"""Whoever's work is shipped is named on the options page, as their licence asks."""

import json
import re
from pathlib import Path

from rollguard.build.bundler import deno
from rollguard.build.recogniser import PINNED
from tests.house.sources import TYPESCRIPT, typescript_files

_IMPORT = re.compile(r'"npm:((?:@[\w.-]+/)?[\w.-]+)@([\w.+-]+)"')
_ENTRY = re.compile(r'name: "([^"]*)",\s*version: "([^"]*)",\s*licence: "([^"]*)",\s*notice:\s*"([^"]*)"')


def listed() -> dict[str, tuple[str, str]]:
    """Name and version of every listed package, with its licence and notice."""
    text = (TYPESCRIPT / "pages" / "licences.ts").read_text("utf-8")
    entries = _ENTRY.findall(text)
    assert len(entries) == text.count("name: ") - 1
    return {f"{name}@{version}": (licence, notice) for name, version, licence, notice in entries}


def imported() -> set[str]:
    """By a script, or put beside the scripts by the build. Language data has no licence of its own to show."""
    found = [_IMPORT.findall(path.read_text("utf-8")) for path in typescript_files()]
    engine = {each.package for each in PINNED.values() if not each.package.startswith("@tesseract.js-data/")}
    return engine | {f"{name}@{version}" for packages in found for name, version in packages}


def test_what_is_imported_is_listed_and_nothing_else_is() -> None:
    packages = {name for name in listed() if not name.endswith("@")}
    assert packages == imported()


def test_the_listed_licence_is_the_one_that_the_package_names() -> None:
    for package in sorted(imported()):
        deno("cache", f"npm:{package}")
        kept = Path(json.loads(deno("info", "--json").stdout)["npmCache"]) / "registry.npmjs.org"
        name, _, version = package.rpartition("@")
        told = json.loads((kept / name / version / "package.json").read_text("utf-8"))["license"]
        assert listed()[package][0] == told


def test_no_entry_is_without_its_notice() -> None:
    assert "Unicode confusables@" in listed()
    assert all(licence and notice for licence, notice in listed().values())
