from datetime import datetime, timedelta
from pathlib import Path

import pytest

from rollguard.errors import TrustError
from rollguard.trust.development import (
    bootstrap_development,
    development_keys,
    development_repository,
    is_development_root,
)
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.repository import read_repository
from rollguard.trust.timestamp import refresh_timestamp

from .conftest import Client, bundle_with


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_bundle_and_time_give_the_same_bytes(tmp_path: Path, now: datetime) -> None:
    development_repository(tmp_path / "one", bundle_with("en"), now)
    development_repository(tmp_path / "two", bundle_with("en"), now)
    development_repository(tmp_path / "other", bundle_with("de"), now)
    assert files(tmp_path / "one") == files(tmp_path / "two") != files(tmp_path / "other")


def test_tells_its_own_root_from_a_real_one(keys: MaintainerKeys, now: datetime) -> None:
    assert is_development_root(development_keys(now).root)
    assert not is_development_root(keys.root)


def test_refuses_to_judge_what_is_no_root() -> None:
    with pytest.raises(TrustError, match=r"root\.json\n.*no metadata"):
        is_development_root(b"{}")


def test_fills_an_empty_folder_and_no_other(data: Path, now: datetime) -> None:
    bootstrap_development(data, bundle_with("en"), now)
    assert read_repository(data / "repository").bundle == bundle_with("en")
    with pytest.raises(TrustError, match="there is a repository already"):
        bootstrap_development(data, bundle_with("de"), now)
    assert read_repository(data / "repository").bundle == bundle_with("en")


def test_a_client_built_days_ago_follows_a_service_founded_today(
    tmp_path: Path, data: Path, now: datetime, read_as_client: Client
) -> None:
    development_repository(tmp_path / "baked", bundle_with("en"), now - timedelta(hours=30))
    assert read_as_client(tmp_path / "baked", development_keys(now).root) == bundle_with("en")
    bootstrap_development(data, bundle_with("en"), now)
    refresh_timestamp(data, now)
    baked = read_repository(tmp_path / "baked").timestamp
    served = read_repository(data / "repository").timestamp
    assert baked is not None
    assert served is not None
    assert served.version > baked.version
    assert read_as_client(data / "repository", development_keys(now).root) == bundle_with("en")
