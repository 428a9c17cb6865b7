"""Keys come and go, and clients that know only the first root follow."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, Root

from rollguard.errors import PublishError, TrustError
from rollguard.trust.ceremony import RootChange, describe_root_change, next_root, require_plain
from rollguard.trust.founding import join_keys, make_signer, make_timestamp_key
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.public_key import public_pem, read_public_key
from rollguard.trust.push import push
from rollguard.trust.recalled import Recalled
from rollguard.trust.repository import read_repository
from rollguard.trust.signing import sign_recall
from rollguard.trust.timestamp import refresh_timestamp
from rollguard.trust.verification import SignatureError

from .conftest import Client, bundle_with
from .maintainers import Maintainer, root_of, utc_now


@pytest.fixture
def ada(tmp_path: Path, service: str) -> Maintainer:
    return Maintainer(tmp_path / "keys", service)


def add(ada: Maintainer, name: str) -> Maintainer:
    new = ada.join(name)
    assert ada.hold(RootChange(add=(read_public_key(new.public_file),))).version is not None
    return new


def test_an_added_maintainer_publishes_and_clients_follow(
    ada: Maintainer, data: Path, keys: MaintainerKeys, read_as_client: Client
) -> None:
    assert read_as_client(data / "repository", keys.root) == bundle_with("en")
    bea = add(ada, "bea")
    assert bea.push(bundle_with("de")).version == 3
    assert read_as_client(data / "repository", keys.root) == bundle_with("de")


def test_before_she_is_added_she_can_sign_nothing(ada: Maintainer) -> None:
    bea = ada.join("bea")
    with pytest.raises(SignatureError, match="your keys are not named"):
        bea.push(bundle_with("de"))


def test_a_revoked_key_signs_neither_rules_nor_recalls_nor_keys(ada: Maintainer) -> None:
    bea = add(ada, "bea")
    before = bea.pull()
    assert ada.hold(RootChange(remove=(bea.keyid[:6],))).version == 3
    with pytest.raises(SignatureError, match="your keys are not named"):
        bea.push(bundle_with("de"))
    with pytest.raises(SignatureError, match="not signed by 1 of the keys that root version 3 names"):
        sign_recall(bea.pull(), bea.keys, Recalled(("acme",)), utc_now())
    with pytest.raises(PublishError, match=r"recall\.json|snapshot\.json"):
        push(ada.service, sign_recall(before, bea.keys, Recalled(("acme",)), utc_now()))
    assert ada.pull().recalled == Recalled()


def test_a_maintainer_replaces_her_own_key(
    ada: Maintainer, data: Path, keys: MaintainerKeys, read_as_client: Client
) -> None:
    old = ada.keyid
    made = make_signer(ada.folder).public_key
    assert ada.hold(RootChange(add=(made,), remove=(old,))).version == 2
    assert ada.pull().root.roles["root"].keyids == [made.keyid]
    (ada.folder / "maintainer.pem").rename(ada.folder / "lost.pem")
    assert ada.push(bundle_with("de")).version == 3
    assert read_as_client(data / "repository", keys.root) == bundle_with("de")


def test_the_services_key_is_replaced_by_one_that_lies_there_before(
    ada: Maintainer, data: Path, keys: MaintainerKeys, read_as_client: Client
) -> None:
    public = make_timestamp_key(data)
    assert public.name == "timestamp-2.pub"
    refresh_timestamp(data, utc_now() + timedelta(hours=2))  # the present one goes on signing
    assert ada.hold(RootChange(timestamp=read_public_key(public))).version == 2
    stolen = data / "keys/timestamp.pem"
    stolen.unlink()
    assert refresh_timestamp(data, utc_now() + timedelta(hours=4))
    assert read_as_client(data / "repository", keys.root) == bundle_with("en")


def test_a_root_whose_timestamp_key_the_service_does_not_hold_is_not_published(ada: Maintainer) -> None:
    elsewhere = CryptoSigner.generate_ed25519().public_key
    with pytest.raises(PublishError, match=r"timestamp\.json"):
        ada.hold(RootChange(timestamp=elsewhere))
    assert ada.pull().root.version == 1


def test_a_root_is_renewed_with_the_same_keys(ada: Maintainer) -> None:
    before = ada.pull().root
    assert ada.hold(RootChange()).version == 2
    after = ada.pull().root
    assert (after.version, after.keys) == (2, before.keys)
    assert describe_root_change(before, after)[1:] == [
        "To change keys: 1 of 1 maintainers.",
        "To publish rules: 1 of 1 maintainers.",
    ]


def test_the_words_of_a_change_name_keys_and_thresholds(ada: Maintainer) -> None:
    bea = ada.join("bea")
    before = ada.pull().root
    drafted = ada.hold(RootChange(add=(read_public_key(bea.public_file),), remove=(ada.keyid,), threshold=1))
    words = "\n".join(describe_root_change(before, root_of(drafted.draft)))
    assert f"+ maintainer {bea.keyid[:8]} (ed25519)" in words
    assert f"− maintainer {ada.keyid[:8]} (ed25519)" in words


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (RootChange(threshold=2), "it would take 2 maintainers to publish rules, but there are 1"),
        (RootChange(root_threshold=3), "it would take 3 maintainers to change keys, but there are 1"),
        (RootChange(remove=("zz",)), "no maintainer's key begins so"),
        (RootChange(remove=("",)), "Add a maintainer before the last one goes"),
    ],
)
def test_a_change_that_nobody_could_follow_is_refused(ada: Maintainer, change: RootChange, said: str) -> None:
    with pytest.raises(TrustError, match=said):
        ada.hold(change)


def test_the_same_key_is_not_added_twice(ada: Maintainer) -> None:
    with pytest.raises(TrustError, match="the root names it already"):
        ada.hold(RootChange(add=(read_public_key(ada.public_file),)))


def test_a_key_that_clients_disagree_on_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p384.pub"
    key = ec.generate_private_key(ec.SECP384R1()).public_key()
    path.write_bytes(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    with pytest.raises(TrustError, match="no client can check signatures of scheme ecdsa-sha2-nistp384"):
        read_public_key(path)
    path.write_bytes(b"nonsense")
    with pytest.raises(TrustError, match="it is no public key"):
        read_public_key(path)


def test_a_key_elsewhere_is_named_by_its_address(tmp_path: Path, ada: Maintainer) -> None:
    signer = CryptoSigner.generate_ecdsa()  # as hardware keys are; here, "elsewhere" is a file
    (tmp_path / "device.pem").write_bytes(signer.private_bytes)
    (tmp_path / "device.pub").write_bytes(public_pem(signer.public_key))
    remote = (f"file2:{tmp_path}/device.pem", tmp_path / "device.pub")
    bea = Maintainer(tmp_path / "bea", ada.service)
    join_keys(bea.folder, ada.pull().root_bytes, remote)
    assert not list(bea.folder.glob("*.pem"))
    ada.hold(RootChange(add=(read_public_key(bea.folder / "signer.pub"),)))
    assert bea.push(bundle_with("de")).version == 3
    (tmp_path / "device.pem").unlink()
    with pytest.raises(TrustError, match=r"signer\.json\n.*its key cannot be reached"):
        bea.push(bundle_with("fr"))


@pytest.mark.parametrize(
    ("role", "changes", "said"),
    [
        ("snapshot", {"keyids": []}, "not every maintainer may sign for every role"),
        ("timestamp", {"threshold": 2}, "odd thresholds"),
    ],
)
def test_a_drafted_root_that_no_ceremony_makes_is_not_signed(
    data: Path, keys: MaintainerKeys, role: str, changes: dict[str, object], said: str
) -> None:
    assert keys
    root, now = read_repository(data / "repository").root, utc_now().replace(microsecond=0)
    following = Metadata[Root].from_bytes(next_root(root, RootChange(), now)).signed
    require_plain(root, following, now)
    vars(following.roles[role]).update(changes)
    with pytest.raises(TrustError, match=said):
        require_plain(root, following, now)
