"""Code of others that is shipped with ours comes with its licence, and the same from every machine."""

from pathlib import Path

import pytest

from rollguard.build.bundler import bundle_script


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> str:
    return bundle_script("pages/checkup.ts", tmp_path_factory.mktemp("script"))


def test_the_encoder_of_codes_brings_its_licence(script: str) -> None:
    assert "Copyright (c) Project Nayuki" in script
    assert "The above copyright notice and this permission notice shall be included" in script


def test_a_script_does_not_tell_where_its_maker_keeps_packages(script: str) -> None:
    assert "// npm:uqr/" in script
    for told in ("registry.npmjs.org", ".cache", str(Path.home())):
        assert told not in script
