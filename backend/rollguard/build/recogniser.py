"""The text recogniser of "Check a screenshot": its engine and its languages' data, by exact version and SHA-256."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rollguard.build.bundler import deno, words_of
from rollguard.build.verify import Files
from rollguard.errors import BuildError

# Only what runs: the engine of tesseract.js without its wrapper, which would fetch code and data from a CDN, and makes
# code from text. One variant: every browser that the manifests let in has 128-bit SIMD.
_ENGINE = "tesseract.js-core@7.0.0"
# The integer models: a ninth to a quarter of the floating-point ones. Which languages: see Decisions in CONTRIBUTING.
_DATA = "@tesseract.js-data/{}@1.0.0"
_DATA_FILE = "4.0.0_best_int/{}.traineddata.gz"
LANGUAGES = {
    "eng": "45b4cb346724ac1774f1c36f42f182b887bcdb28ebe63e6fff90ac41f3fcff91",
    "deu": "306c4280d0cbed46fbff727486bd43b92730181bae80f56941a091f363bdf28b",
    "fra": "d611139672b3752c7097e671e4a1d9209dfd37f2aeb081ef6487fba3351e9255",
    "spa": "40be52f97b5d4eb7460073dc1f94cd546b27150333c0bf854ed7e7132db6bceb",
    "ita": "f702fcfad297ce028ede3626d1467b67939f23ff23595f9badd54681cf25a4d3",
    "por": "dacebc1386ddaaf8389f81094236cca0d690897cde693d48cbdaa881c86e2b4c",
}


@dataclass(frozen=True)
class Fetched:
    """One file of one package of the npm registry."""

    package: str
    file: str
    sha256: str


PINNED = {
    "recogniser/engine.js": Fetched(
        _ENGINE, "tesseract-core-simd-lstm.js", "e48e2f02ddae3716c8dd24bf41cd290d4efa96892d689cdc4013c2545d63f469"
    ),
    "recogniser/engine.wasm": Fetched(
        _ENGINE, "tesseract-core-simd-lstm.wasm", "34e8d50cac216427d86bf397d610fdd9f49492539bbcdfbfccc4eda20c810bea"
    ),
    "recogniser/LICENSE": Fetched(
        _ENGINE, "LICENSE", "c6596eb7be8581c18be736c846fb9173b69eccf6ef94c5135893ec56bd92ba08"
    ),
    **{
        f"recogniser/{code}.traineddata.gz": Fetched(_DATA.format(code), _DATA_FILE.format(code), sha256)
        for code, sha256 in LANGUAGES.items()
    },
}
"""Path in the package → where it comes from."""


def recogniser_files() -> Files:
    """The pinned files. Deno fetches what it has not kept, so a build needs a network once.

    Raises:
        BuildError: they cannot be fetched, or are not the files that were looked at.
    """
    _fetch(sorted({f"npm:{each.package}" for each in PINNED.values()}))
    kept = _kept_packages()
    return {path: _checked(path, fetched, kept) for path, fetched in PINNED.items()}


def _fetch(packages: Sequence[str]) -> None:
    done = deno("cache", "--quiet", *packages)
    if done.returncode != 0:
        reason = f"deno could not fetch the text recogniser:\n{words_of(done)}"
        raise BuildError(", ".join(packages), reason, "Build once with a network; afterwards it works without one.")


def _kept_packages() -> Path:
    return Path(json.loads(deno("info", "--json").stdout)["npmCache"]) / "registry.npmjs.org"


def _checked(path: str, fetched: Fetched, kept: Path) -> bytes:
    name, _, version = fetched.package.rpartition("@")
    file = kept / name / version / fetched.file
    if not file.is_file():
        raise BuildError(
            path, f"{fetched.package} has no {fetched.file}", "Mend backend/rollguard/build/recogniser.py."
        )
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != fetched.sha256:
        reason = f"{fetched.file} of {fetched.package} is not the file that was looked at"
        raise BuildError(path, reason, "Remove it from deno's cache; if it comes back so, do not ship it.")
    return content
