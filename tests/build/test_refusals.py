"""What `build.py` refuses, and that a refusal leaves everything as it was."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rollguard.build.pack import replacing
from rollguard.build.plan import TARGETS, Plan, clean_service_url
from rollguard.build.sites import match_patterns
from rollguard.build.trusted_set import read_trusted_set
from rollguard.errors import BuildError, TrustError
from rollguard.rules.compiler import compile_bundle
from rollguard.rules.loader import load_bundle
from rollguard.trust.founding import init_keys
from tests.build.conftest import read_tree, run_build

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def plan(out: Path, *, service_url: str = "https://rules.example", repository: Path | None = None) -> Plan:
    return Plan(TARGETS, out, service_url, is_for_all_sites=False, repository=repository)


def test_the_development_root_may_only_trust_a_service_on_this_machine(tmp_path: Path) -> None:
    done = run_build("--service-url", "https://rules.example", "--out", str(tmp_path / "dist"))
    assert done.returncode == 1
    assert "--service-url https://rules.example" in done.stderr
    assert "development key" in done.stderr
    assert "rollguard keys init" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_repository_with_keys_of_its_own_may_be_anywhere(tmp_path: Path) -> None:
    bundle = compile_bundle(load_bundle())
    init_keys(tmp_path / "keys", tmp_path / "data", bundle, NOW)
    trusted = read_trusted_set(plan(tmp_path, repository=tmp_path / "data" / "repository"))
    assert all(trusted.baked["files"][path] == data.decode() for path, data in bundle.items())
    assert json.loads(trusted.baked["files"]["recalled.json"]) == {"format": 1, "all": False, "rules": []}
    assert "recall" in trusted.baked["delegated"]
    assert trusted.baked["root"] == (tmp_path / "data/repository/metadata/1.root.json").read_text("utf-8")


def test_a_repository_whose_rules_were_changed_is_refused(tmp_path: Path) -> None:
    init_keys(tmp_path / "keys", tmp_path / "data", compile_bundle(load_bundle()), NOW)
    repository = tmp_path / "data" / "repository"
    (target,) = (repository / "targets").glob("*.rules.jsonl")
    target.write_bytes(target.read_bytes().replace(b"facebook", b"facebouk"))
    with pytest.raises(TrustError, match=r"rules\.jsonl"):
        read_trusted_set(plan(tmp_path, repository=repository))


def test_a_repository_that_no_service_has_signed_yet_is_refused(tmp_path: Path) -> None:
    init_keys(tmp_path / "keys", tmp_path / "data", compile_bundle(load_bundle()), NOW)
    repository = tmp_path / "data" / "repository"
    (repository / "metadata" / "timestamp.json").unlink()
    with pytest.raises(BuildError, match="Start `rollguard serve`"):
        read_trusted_set(plan(tmp_path, repository=repository))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("rules.example", "no http"),
        ("ftp://rules.example", "no http"),
        ("https://rules.example/?a=b", "no http"),
        ("http://rules.example", "in the clear"),
    ],
)
def test_a_service_address_that_no_client_should_ask_is_refused(url: str, reason: str) -> None:
    with pytest.raises(BuildError, match=reason):
        clean_service_url(url)


def test_a_service_address_loses_its_last_slash() -> None:
    assert clean_service_url("https://rules.example/") == "https://rules.example"


def test_a_rule_for_every_site_widens_no_ordinary_build() -> None:
    bundle = load_bundle()
    wide = bundle.rules[0].model_copy(update={"match_patterns": ("https://*/*",)})
    with pytest.raises(BuildError, match=f"rules/{wide.id}/rule.toml"):
        match_patterns(bundle.model_copy(update={"rules": (wide,)}), is_for_all_sites=False)


def test_rules_without_any_site_make_no_ordinary_build() -> None:
    bundle = load_bundle()
    with pytest.raises(BuildError, match="no rule names a site"):
        match_patterns(bundle.model_copy(update={"rules": ()}), is_for_all_sites=False)


def test_a_failed_build_leaves_the_old_one(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    (out / "chrome").mkdir(parents=True)
    (out / "chrome" / "manifest.json").write_text("old", "utf-8")

    def build_half_then_fail() -> None:
        with replacing(out) as folder:
            (folder / "chrome").mkdir()
            (folder / "chrome" / "manifest.json").write_text("new", "utf-8")
            raise BuildError("content.js", "there is eval in it", "Take it out.")

    with pytest.raises(BuildError):
        build_half_then_fail()
    assert read_tree(tmp_path) == {"dist/chrome/manifest.json": b"old"}


def test_a_build_replaces_its_own_targets_whole_and_touches_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    for path in ("chrome/stale.js", "firefox/content.js", "notes.txt"):
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text("old", "utf-8")
    with replacing(out) as folder:
        (folder / "chrome").mkdir()
        (folder / "chrome" / "content.js").write_text("new", "utf-8")
    assert read_tree(tmp_path) == {
        "dist/chrome/content.js": b"new",
        "dist/firefox/content.js": b"old",
        "dist/notes.txt": b"old",
    }
