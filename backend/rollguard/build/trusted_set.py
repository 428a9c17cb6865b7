"""What a build trusts from the start: the pinned root, the verified metadata, and the bundle that they vouch for."""

import os
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rollguard.build.plan import ROOT, Plan, is_loopback
from rollguard.errors import BuildError
from rollguard.rules.compiler import TEXTS_FOLDER, compile_bundle, parse_bundle
from rollguard.rules.lint import lint
from rollguard.rules.loader import SOURCES, load_bundle, load_slots
from rollguard.rules.model import Bundle
from rollguard.trust.development import development_repository, is_development_root
from rollguard.trust.recalled import RECALL_ROLE
from rollguard.trust.repository import read_repository

_FIXED_DATE = 1_767_225_600  # 2026-01-01, for a source archive that knows no commit
_OWN_KEYS = Path(".rollguard/keys")


@dataclass(frozen=True)
class TrustedSet:
    """The bundle, and the files that prove it."""

    bundle: Bundle
    baked: dict[str, Any]
    """`BakedTrust` of extension/src/trust/interfaces.ts, with the texts of all languages."""

    def apart(self) -> tuple[dict[str, Any], dict[str, str]]:
        """The same without texts, and these under their paths: an extension reads only those of its language."""
        texts = {path: text for path, text in self.baked["files"].items() if path.startswith(TEXTS_FOLDER)}
        files = {path: text for path, text in self.baked["files"].items() if path not in texts}
        return {**self.baked, "files": files}, texts


def read_trusted_set(plan: Plan) -> TrustedSet:
    """From the repository that the plan names, else from the development one.

    Raises:
        BuildError: the root is the development one, which anybody can sign for, and the service is not on this machine.
        RuleError: the sources are not as they must be.
        TrustError: the repository does not verify.
    """
    if plan.repository is not None:
        found = bake(plan.repository)
    else:
        with tempfile.TemporaryDirectory() as folder:
            development_repository(Path(folder), compile_bundle(load_sources()), source_date())
            found = bake(Path(folder))
    if is_development_root(found.baked["root"].encode()) and not is_loopback(plan.service_url):
        raise BuildError(
            f"--service-url {plan.service_url}",
            "everybody knows the development key: whoever answers there could sign rules",
            "Make your own keys with `rollguard keys init`, then build with --repository DIR.",
        )
    return found


def bake(folder: Path) -> TrustedSet:
    """The verified repository in `folder`, as the client starts from it.

    Raises:
        BuildError: the service has not signed for it yet.
        TrustError: it does not verify.
    """
    repository = read_repository(folder)
    if repository.timestamp_bytes is None or not repository.is_announced:
        raise BuildError(
            f"{folder}/metadata/timestamp.json",
            "there is no such file: the service has not signed this repository yet",
            "Start `rollguard serve` on it once.",
        )
    texts = {
        "root": repository.root_bytes,
        "timestamp": repository.timestamp_bytes,
        "snapshot": repository.release.snapshot,
        "targets": repository.release.targets,
    }
    baked: dict[str, Any] = {role: text.decode() for role, text in texts.items()}
    baked["delegated"] = {RECALL_ROLE: repository.release.recall.decode()}
    baked["files"] = {path: data.decode() for path, data in repository.release.files.items()}
    return TrustedSet(parse_bundle(repository.bundle), baked)


def load_sources(sources: Path = SOURCES) -> Bundle:
    """Rules, lexicons and texts; their pages are judged by `rollguard rules check`.

    Raises:
        RuleError: the first thing that is wrong.
    """
    bundle = load_bundle(sources)
    if errors := lint(bundle, load_slots(sources)):
        raise errors[0]
    return bundle


def hint(plan: Plan) -> str:
    """What a maintainer may have forgotten; empty where there is nothing to say."""
    if plan.repository is None and (ROOT / _OWN_KEYS).exists():
        return f"You have keys of your own in {_OWN_KEYS}; this build pins the development root. See --repository."
    return ""


def source_date() -> datetime:
    """When the sources were committed, so that the same commit makes the same bytes."""
    done = subprocess.run(
        ["git", "log", "-1", "--format=%ct"],  # noqa: S607 - the git that made the checkout
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    seconds = done.stdout.strip() if done.returncode == 0 else ""
    return datetime.fromtimestamp(int(seconds or os.environ.get("SOURCE_DATE_EPOCH") or _FIXED_DATE), UTC)
