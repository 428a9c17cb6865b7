"""A million spoilt texts for each parser of metadata and bundles: see tests/trust/mutation_test.ts."""

import subprocess
from pathlib import Path

from rollguard.build.bundler import DENO

ROOT = Path(__file__).resolve().parents[2]
RUNS = 1_000_000


def run(runs: int) -> str:
    """Deno prints as it goes; a failure names the spoilt text, and how to see it again.

    Raises:
        CalledProcessError: a parser crashed, or accepted what nobody signed.
    """
    command = [DENO, "test", "--config", "extension/deno.json", "--allow-read", "tests/trust/mutation_test.ts"]
    subprocess.run([*command, "--", str(runs)], cwd=ROOT, check=True)
    return f"{runs} spoilt texts for each parser, a fifth of that where signatures are checked: none got through"
