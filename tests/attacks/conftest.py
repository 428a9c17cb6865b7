"""One client process for all attacks; a repository and a server for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.bundles import FIRST, SECOND, THIRD
from tests.attacks.client import Client, running_client
from tests.attacks.forge import Forge
from tests.attacks.hostile_server import hostile_server
from tests.attacks.stage import Stage


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    with running_client() as running:
        yield running


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    forge = Forge(tmp_path / "data", FIRST)
    with hostile_server(forge.folder) as server:
        yield Stage(forge, server, SECOND, THIRD)
