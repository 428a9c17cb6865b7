"""What `build.py` puts into its output folder."""

import hashlib
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from rollguard.build.package import allowed_files
from rollguard.build.plan import BROWSERS, PACKAGES
from rollguard.build.render import locale_files
from rollguard.build.trusted_set import TrustedSet, bake, load_sources, source_date
from rollguard.build.verify import named_paths
from rollguard.rules.compiler import compile_bundle, texts_path
from rollguard.rules.loader import load_bundle
from rollguard.rules.texts import SPOKEN
from rollguard.trust.development import development_repository
from tests.build.conftest import ROOT, read_tree, run_build


def manifest_of(dist: Path, target: str) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((dist / target / "manifest.json").read_text("utf-8"))
    return manifest


def rule_hosts() -> set[str]:
    patterns = [pattern for rule in load_bundle().rules for pattern in rule.match_patterns]
    return {pattern.split("/")[2] for pattern in patterns}


def header_of(dist: Path) -> list[tuple[str, str]]:
    text = (dist / "rollguard.user.js").read_text("utf-8")
    header = text.partition("// ==/UserScript==")[0]
    return re.findall(r"^// @(\S+) +(.*)$", header, re.MULTILINE)


def test_the_same_commit_makes_the_same_bytes_whatever_the_machine(dist: Path, tmp_path: Path) -> None:
    environment = {"TZ": "Pacific/Chatham", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
    done = run_build("--out", "again", cwd=tmp_path, **environment)
    assert done.returncode == 0, done.stderr
    first, second = read_tree(dist), read_tree(tmp_path / "again")
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []


def test_all_targets_leave_exactly_what_outsiders_rely_on(dist: Path) -> None:
    assert {path.name for path in dist.iterdir()} == {*BROWSERS, *PACKAGES.values(), "rollguard.user.js"}


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> TrustedSet:
    folder = tmp_path_factory.mktemp("trusted")
    development_repository(folder, compile_bundle(load_sources()), source_date())
    return bake(folder)


@pytest.mark.parametrize("target", BROWSERS)
def test_a_package_holds_the_listed_files_and_no_other(dist: Path, target: str, trusted: TrustedSet) -> None:
    assert read_tree(dist / target).keys() == allowed_files(target, trusted)


@pytest.mark.parametrize("target", BROWSERS)
def test_an_archive_holds_the_files_of_its_folder_with_fixed_dates(dist: Path, target: str) -> None:
    with zipfile.ZipFile(dist / PACKAGES[target]) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == read_tree(dist / target)
        assert archive.namelist() == sorted(archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("target", BROWSERS)
def test_every_path_that_a_manifest_names_exists(dist: Path, target: str) -> None:
    paths = [path for _key, path in named_paths(manifest_of(dist, target))]
    assert len(paths) >= 10
    assert [path for path in paths if not (dist / target / path).is_file()] == []


@pytest.mark.parametrize("target", BROWSERS)
def test_a_manifest_watches_the_hosts_of_the_rules_and_no_other(dist: Path, target: str) -> None:
    manifest = manifest_of(dist, target)
    matches = [pattern for script in manifest["content_scripts"] for pattern in script["matches"]]
    assert matches == sorted(f"*://{host}/*" for host in rule_hosts())
    assert "host_permissions" not in manifest
    assert manifest["permissions"] == ["activeTab", "alarms", "scripting", "storage"]
    assert manifest["optional_host_permissions"] == ["*://*/*"]


@pytest.mark.parametrize("target", BROWSERS)
def test_our_own_pages_may_only_speak_to_the_rule_service(dist: Path, target: str) -> None:
    policy = manifest_of(dist, target)["content_security_policy"]["extension_pages"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    # WebAssembly of the package may start; scripts made from text may not.
    assert directives["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert directives["worker-src"] == "'self'"
    assert directives["connect-src"] == "'self' http://127.0.0.1:8787"


def test_each_browser_gets_its_own_background_and_floor(dist: Path) -> None:
    chrome, firefox = manifest_of(dist, "chrome"), manifest_of(dist, "firefox")
    assert chrome["background"] == {"service_worker": "background.js"}
    assert chrome["minimum_chrome_version"] == "137"
    assert firefox["background"] == {"scripts": ["background.js"]}
    assert firefox["browser_specific_settings"]["gecko"]["data_collection_permissions"] == {"required": ["none"]}
    differing = {key for key in chrome.keys() | firefox.keys() if chrome.get(key) != firefox.get(key)}
    assert differing == {"background", "minimum_chrome_version", "browser_specific_settings", "storage"}


def test_portuguese_goes_by_the_names_that_each_browser_knows(dist: Path) -> None:
    names = {target: {path.name for path in (dist / target / "_locales").iterdir()} for target in BROWSERS}
    assert names["chrome"] - names["firefox"] == {"pt_BR", "pt_PT"}
    assert names["firefox"] - names["chrome"] == {"pt"}


@pytest.mark.parametrize(
    ("browser", "names"),
    [
        ("chrome", {"en", "no", "fil", "pt_BR", "pt_PT", "zh_CN", "zh_TW"}),
        ("firefox", {"en", "nb", "tl", "pt", "pt_PT", "zh_CN", "zh_TW"}),
    ],
)
def test_every_language_goes_by_the_name_that_a_browser_knows(browser: str, names: set[str]) -> None:
    ours = ("en", "nb", "tl", "pt", "pt-PT", "zh-Hans", "zh-Hant")
    tables = {language: {"language": {"message": language}} for language in ours}
    files = locale_files(browser, tables)
    assert {path.split("/")[1] for path in files} == names
    assert json.loads(files["_locales/pt_PT/messages.json"])["language"]["message"] == "pt-PT"


def test_the_baked_set_is_the_bundle_with_its_proof(dist: Path) -> None:
    baked = json.loads((dist / "chrome" / "baked.json").read_text("utf-8"))
    assert baked["serviceUrl"] == "http://127.0.0.1:8787"
    assert {json.loads(baked["trust"][role])["signed"]["_type"] for role in ("root", "timestamp", "snapshot")} == {
        "root",
        "timestamp",
        "snapshot",
    }
    lines = baked["trust"]["files"]["rules.jsonl"].splitlines()
    ids = {record["id"] for record in map(json.loads, lines) if record["kind"] == "rule"}
    assert ids == {path.name for path in (ROOT / "backend" / "rules").iterdir()}


@pytest.mark.parametrize("target", BROWSERS)
def test_a_package_has_the_texts_of_each_language_apart_and_the_userscript_all(dist: Path, target: str) -> None:
    baked = json.loads((dist / target / "baked.json").read_text("utf-8"))["trust"]
    signed = json.loads(baked["targets"])["signed"]["targets"]
    apart = {f"texts/{path.name}": path.read_bytes() for path in (dist / target / "texts").iterdir()}
    assert apart.keys() == {texts_path(language) for language in SPOKEN} == signed.keys() - {"rules.jsonl"}
    assert baked["files"].keys() == {"rules.jsonl", "recalled.json"}
    userscript = (dist / "rollguard.user.js").read_text("utf-8")
    for path, data in apart.items():
        assert hashlib.sha256(data).hexdigest() == signed[path]["hashes"]["sha256"]
        assert json.dumps(data.decode(), ensure_ascii=False)[1:-1].replace("</", "<\\/") in userscript


def test_the_userscript_asks_for_what_it_uses_and_is_never_updated_by_the_rule_service(dist: Path) -> None:
    header = header_of(dist)
    keys = {key for key, _value in header}
    assert [value for key, value in header if key == "match"] == sorted(f"*://{host}/*" for host in rule_hosts())
    assert [value for key, value in header if key == "connect"] == ["127.0.0.1"]
    assert not keys & {"updateURL", "downloadURL", "require", "resource", "noframes"}
    assert {"description:de", "description:pt", "inject-into", "run-at"} <= keys
    code = (dist / "rollguard.user.js").read_text("utf-8").partition("// ==/UserScript==")[2]
    granted = {value.removeprefix("GM.") for key, value in header if key == "grant"}
    source = (ROOT / "extension" / "src" / "userscript" / "gm.ts").read_text("utf-8")
    used = set(re.findall(r"\b(getValue|setValue|deleteValue|xmlHttpRequest|registerMenuCommand)\b", source))
    assert granted == used
    assert all(name in code for name in granted)


def test_a_build_for_all_sites_says_so_in_manifest_and_userscript(tmp_path: Path) -> None:
    done = run_build("--all-sites", "--out", str(tmp_path / "dist"))
    assert done.returncode == 0, done.stderr
    for browser in BROWSERS:
        assert manifest_of(tmp_path / "dist", browser)["content_scripts"][0]["matches"] == ["*://*/*"]
    assert [value for key, value in header_of(tmp_path / "dist") if key == "match"] == ["*://*/*"]
