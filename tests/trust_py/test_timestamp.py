from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tuf.api.metadata import Timestamp

from rollguard.errors import TrustError
from rollguard.trust.keys import MaintainerKeys, write_private_key
from rollguard.trust.repository import read_repository
from rollguard.trust.timestamp import refresh_timestamp

pytestmark = pytest.mark.usefixtures("keys")


def public(data: Path) -> Timestamp:
    timestamp = read_repository(data / "repository").timestamp
    assert timestamp is not None
    return timestamp


def test_is_signed_again_once_it_is_an_hour_old(data: Path, now: datetime) -> None:
    assert not refresh_timestamp(data, now + timedelta(minutes=59))
    before = public(data)
    later = now + timedelta(minutes=61)
    assert refresh_timestamp(data, later)
    assert public(data).expires == (later + timedelta(days=2)).replace(microsecond=0)
    assert public(data).version > before.version
    assert public(data).snapshot_meta == before.snapshot_meta


def test_the_first_of_all_makes_the_first_release_public(data: Path, now: datetime) -> None:
    (data / "repository/metadata/timestamp.json").unlink()
    assert refresh_timestamp(data, now)
    assert public(data).snapshot_meta.version == 1


def test_its_version_rises_even_where_the_clock_stands_still_or_goes_back(data: Path, now: datetime) -> None:
    versions = [public(data).version]
    for poll_interval, moment in ((61, now), (62, now), (63, now - timedelta(days=1))):
        assert refresh_timestamp(data, moment, poll_interval)
        versions.append(public(data).version)
    assert versions == sorted(set(versions))


def test_a_service_restored_from_a_backup_is_ahead_of_what_clients_have_seen(data: Path, now: datetime) -> None:
    backup = (data / "repository/metadata/timestamp.json").read_bytes()
    for hours in range(2, 12, 2):
        refresh_timestamp(data, now + timedelta(hours=hours))
    seen = public(data).version
    (data / "repository/metadata/timestamp.json").write_bytes(backup)
    refresh_timestamp(data, now + timedelta(hours=13))
    assert public(data).version > seen


def test_one_that_was_signed_while_the_clock_was_ahead_does_not_stay(data: Path, now: datetime) -> None:
    refresh_timestamp(data, now + timedelta(days=300))
    assert refresh_timestamp(data, now)
    assert public(data).expires == (now + timedelta(days=2)).replace(microsecond=0)


def test_the_poll_interval_is_signed_and_a_new_one_takes_effect_at_once(data: Path, now: datetime) -> None:
    assert public(data).unrecognized_fields == {"poll_interval": 60, "root_version": 1}
    assert refresh_timestamp(data, now, 300)
    assert public(data).unrecognized_fields == {"poll_interval": 300, "root_version": 1}
    assert not refresh_timestamp(data, now, 300)


def test_of_many_that_want_to_sign_at_once_one_does(data: Path, now: datetime) -> None:
    later = now + timedelta(hours=2)
    with ThreadPoolExecutor(8) as pool:
        signed = list(pool.map(lambda _: refresh_timestamp(data, later), range(8)))
    assert signed.count(True) == 1


def test_a_key_that_root_does_not_name_is_refused(data: Path, now: datetime) -> None:
    before = (data / "repository/metadata/timestamp.json").read_bytes()
    write_private_key(data / "keys/timestamp.pem", Ed25519PrivateKey.generate())
    with pytest.raises(TrustError, match=r"timestamp\.json\n.*not signed by 1 of the keys"):
        refresh_timestamp(data, now + timedelta(hours=2))
    assert (data / "repository/metadata/timestamp.json").read_bytes() == before


@pytest.mark.parametrize(("content", "said"), [(None, "no such file"), (b"nonsense", "no unencrypted private key")])
def test_a_key_that_cannot_be_read_is_named(data: Path, now: datetime, content: bytes | None, said: str) -> None:
    (data / "keys/timestamp.pem").unlink()
    if content is not None:
        (data / "keys/timestamp.pem").write_bytes(content)
    with pytest.raises(TrustError, match=rf"timestamp\.pem\n.*{said}"):
        refresh_timestamp(data, now + timedelta(hours=2))


def test_a_maintainers_key_cannot_stand_in(tmp_path: Path, data: Path, keys: MaintainerKeys, now: datetime) -> None:
    assert keys
    (data / "keys/timestamp.pem").write_bytes((tmp_path / "keys/maintainer.pem").read_bytes())
    with pytest.raises(TrustError, match="not signed by 1 of the keys"):
        refresh_timestamp(data, now + timedelta(hours=2))
