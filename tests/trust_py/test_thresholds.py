"""Two of three: what one maintainer signs is a draft, which another makes anew for herself before she signs it, too."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from securesystemslib.signer import CryptoSigner, Signature
from tuf.api.metadata import Metadata, Targets

from rollguard.errors import PublishError, TrustError
from rollguard.trust.ceremony import RootChange
from rollguard.trust.draft import Draft, begin_draft, cosign, count_signatures, require_same
from rollguard.trust.founding import make_signer
from rollguard.trust.public_key import public_pem, read_public_key
from rollguard.trust.push import push
from rollguard.trust.recalled import Recalled
from rollguard.trust.signing import finish_release, sign_recall, sign_release
from rollguard.trust.verification import SignatureError

from .conftest import Client, bundle_with
from .maintainers import Maintainer, utc_now

NEW = bundle_with("en", "de")
Three = tuple[Maintainer, Maintainer, Maintainer]


@pytest.fixture
def three(tmp_path: Path, service: str) -> Three:
    """Ada has founded the service; with Bea and Cleo she shares it: two publish rules, two change keys."""
    ada = Maintainer(tmp_path / "keys", service)
    bea, cleo = ada.join("bea"), ada.join("cleo")
    both = tuple(read_public_key(one.public_file) for one in (bea, cleo))
    drafted = ada.hold(RootChange(add=both, threshold=2, root_threshold=2))
    assert drafted.version is None, "the new root wants two signatures already"
    assert bea.sign(drafted.draft, bea.pull().bundle).version == 2
    return ada, bea, cleo


def test_one_signature_is_a_draft_and_the_second_publishes(three: Three, data: Path, read_as_client: Client) -> None:
    ada, _bea, cleo = three
    first_root = ada.keys.root
    drafted = ada.push(NEW)
    assert drafted.version is None
    assert count_signatures(ada.pull(), drafted.draft) == ["rules: 1 of 2"]
    assert read_as_client(data / "repository", first_root) == bundle_with("en")
    assert cleo.sign(drafted.draft, NEW).version == 3
    assert read_as_client(data / "repository", first_root) == NEW


def test_both_have_signed_the_same_bytes(three: Three) -> None:
    ada, bea, _cleo = three
    bea.sign(ada.push(NEW).draft, NEW)
    targets = Metadata[Targets].from_bytes(ada.pull().release.targets)
    assert set(targets.signatures) == {ada.keyid, bea.keyid}
    assert ada.pull().root.get_verification_result("targets", targets.signed_bytes, targets.signatures).verified


def test_one_maintainer_cannot_sign_twice(three: Three) -> None:
    ada, *_others = three
    with pytest.raises(SignatureError, match="your signature adds nothing to it"):
        ada.sign(ada.push(NEW).draft, NEW)


def test_not_even_with_a_key_whose_signatures_always_differ(three: Three, tmp_path: Path) -> None:
    _ada, bea, cleo = three
    device = CryptoSigner.generate_ecdsa()
    (tmp_path / "device.pem").write_bytes(device.private_bytes)
    (tmp_path / "device.pub").write_bytes(public_pem(device.public_key))
    made = make_signer(cleo.folder, (f"file2:{tmp_path}/device.pem", tmp_path / "device.pub")).public_key
    bea.sign(cleo.hold(RootChange(add=(made,), remove=(cleo.keyid,))).draft, bea.pull().bundle)
    drafted = cleo.push(NEW)
    with pytest.raises(SignatureError, match="your signature adds nothing to it"):
        cleo.sign(drafted.draft, NEW)


def test_a_signature_that_does_not_hold_is_no_obstacle(three: Three) -> None:
    ada, bea, _cleo = three
    metadata = Metadata[Targets].from_bytes(ada.push(NEW).draft.release.targets)
    metadata.signatures[bea.keyid] = Signature(bea.keyid, "00" * 64)
    drafted = begin_draft(ada.pull(), NEW, utc_now())
    assert bea.sign(replace(drafted, release=replace(drafted.release, targets=metadata.to_bytes())), NEW).version == 3


def test_whose_checkout_makes_other_rules_does_not_sign(three: Three) -> None:
    ada, bea, _cleo = three
    drafted = ada.push(NEW)
    with pytest.raises(
        PublishError, match=r"its rules are not yours: 1 line\(s\) only there, 0 only here; first: .*de"
    ):
        bea.sign(drafted.draft, bundle_with("en"))


def test_a_draft_that_was_overtaken_is_begun_again(three: Three) -> None:
    ada, bea, cleo = three
    slow = ada.push(NEW).draft
    bea.sign(cleo.push(bundle_with("en", "fr")).draft, bundle_with("en", "fr"))
    with pytest.raises(PublishError, match=r"begun as version 3, but 3 is public\n.*Begin it again"):
        bea.sign(slow, NEW)


def test_a_recall_overtakes_a_draft_and_does_not_break_it(three: Three) -> None:
    ada, bea, cleo = three
    drafted = ada.push(NEW).draft
    public = cleo.pull()
    push(cleo.service, sign_recall(public, cleo.keys, Recalled(("acme",)), utc_now()).without(public.release))
    assert bea.sign(drafted, NEW).version == 3
    assert ada.pull().recalled.rules == ("acme",)


def edited(draft: Draft, **changes: object) -> Draft:
    """Signed metadata in which somebody has written something else."""
    document = json.loads(draft.release.targets)
    document["signed"].update(changes)
    return replace(draft, release=replace(draft.release, targets=json.dumps(document).encode()))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"expires": "2099-01-01T00:00:00Z"}, "it is not what these rules make"),
        ({"version": 9}, "begun as version 9, but 2 is public"),
        ({"delegations": {"keys": {}, "roles": []}}, "it is not what these rules make"),
        ({"x": 1}, "it is not what these rules make"),
        ({"_type": "snapshot"}, "it is no metadata"),
    ],
)
def test_a_draft_that_says_more_than_the_rules_is_not_signed(
    three: Three, changes: dict[str, object], said: str
) -> None:
    ada, bea, _cleo = three
    with pytest.raises((PublishError, TrustError), match=said):
        bea.sign(edited(ada.push(NEW).draft, **changes), NEW)


@pytest.mark.parametrize("days", [-31, 1])
def test_a_draft_from_another_time_is_not_signed(three: Three, days: int) -> None:
    ada, bea, _cleo = three
    drafted = begin_draft(ada.pull(), NEW, utc_now() + timedelta(days=days))
    with pytest.raises(TrustError, match="too long ago, or not yet"):
        require_same(bea.pull(), drafted, NEW, utc_now())


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"{}", b"\xff", b'{"format": 1, "kind": "rules", "source": 0, "release": 1}']
)
def test_what_is_no_draft_is_refused_in_words(text: bytes) -> None:
    with pytest.raises(PublishError):
        Draft.from_json("x.json", text)


def test_a_stolen_key_of_two_of_three_publishes_nothing(three: Three) -> None:
    _ada, bea, _cleo = three
    repository = bea.pull()
    with pytest.raises(SignatureError, match="not signed by 2 of the keys"):
        sign_release(repository, bea.keys, NEW, utc_now())
    alone = cosign(repository, begin_draft(repository, NEW, utc_now()), bea.keys).release
    lax = replace(repository, root=repository.root.__class__.from_dict(repository.root.to_dict()))
    lax.root.roles["targets"].threshold = 1
    forged = finish_release(lax, alone, bea.keys, utc_now())
    with pytest.raises(PublishError, match="not signed by 2 of the keys that root version 2 names"):
        push(bea.service, forged)
    assert bea.pull().targets.version == 2


def test_one_key_of_three_still_recalls(three: Three) -> None:
    _ada, bea, _cleo = three
    repository = bea.pull()
    push(bea.service, sign_recall(repository, bea.keys, Recalled(("acme",)), utc_now()).without(repository.release))
    now = bea.pull()
    assert now.recalled.rules == ("acme",)
    assert now.release.targets == repository.release.targets
