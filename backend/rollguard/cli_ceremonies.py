"""`rollguard keys add | revoke | rotate | sign`: the next root, signed by the maintainers before and by those after."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rollguard.cli_options import draft_option, keys_option, service_option, utc_now, yes_option
from rollguard.errors import PublishError

if TYPE_CHECKING:
    from rollguard.cli_signing import Sitting
    from rollguard.trust.ceremony import RootChange

# The functions below import what they need themselves: only maintainers' verbs load private keys.

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
signer_option = click.option(
    "--signer", metavar="URI", help="A key in a device or a key service: hsm:…, awskms:…, gcpkms:…, azurekms:…, hv:…"
)
public_key_option = click.option("--public-key", type=_FILE, help="The public half of --signer, as PEM.")
_threshold = click.option("--threshold", type=click.IntRange(1, 9), help="Maintainers that it takes to publish rules.")
_root_threshold = click.option("--root-threshold", type=click.IntRange(1, 9), help="… and to change keys.")


def read_remote(signer: str | None, public_key: Path | None) -> tuple[str, Path] | None:
    """A key that is no file here."""
    if (signer is None) != (public_key is None):
        raise click.UsageError("--signer and --public-key go together.")
    return (signer, public_key) if signer and public_key else None


@click.command("add")
@click.argument("public", type=_FILE)
@_threshold
@_root_threshold
@service_option
@keys_option
@yes_option
@draft_option
def keys_add(
    public: Path,
    threshold: int | None,
    root_threshold: int | None,
    service: str,
    keys: Path,
    *,
    is_sure: bool,
    draft: Path | None,
) -> None:
    """Make the owner of the key in PUBLIC (a PEM file) a maintainer."""
    from rollguard.trust.ceremony import RootChange  # noqa: PLC0415
    from rollguard.trust.public_key import read_public_key  # noqa: PLC0415

    change = RootChange(add=(read_public_key(public),), threshold=threshold, root_threshold=root_threshold)
    _hold(_begin(service, keys, is_sure=is_sure), change, draft)


@click.command("revoke")
@click.argument("keyid")
@_threshold
@_root_threshold
@service_option
@keys_option
@yes_option
@draft_option
def keys_revoke(
    keyid: str,
    threshold: int | None,
    root_threshold: int | None,
    service: str,
    keys: Path,
    *,
    is_sure: bool,
    draft: Path | None,
) -> None:
    """Take a maintainer's key away; KEYID may be cut short."""
    from rollguard.trust.ceremony import RootChange  # noqa: PLC0415

    change = RootChange(remove=(keyid,), threshold=threshold, root_threshold=root_threshold)
    _hold(_begin(service, keys, is_sure=is_sure), change, draft)


@click.command("rotate")
@click.option("--timestamp", type=_FILE, help="Replace the service's key by this one (PEM), made on the server.")
@click.option("--renew", is_flag=True, help="Keep all keys, and make the root valid for another year.")
@signer_option
@public_key_option
@_threshold
@_root_threshold
@service_option
@keys_option
@yes_option
@draft_option
def keys_rotate(
    timestamp: Path | None,
    signer: str | None,
    public_key: Path | None,
    threshold: int | None,
    root_threshold: int | None,
    service: str,
    keys: Path,
    *,
    renew: bool,
    is_sure: bool,
    draft: Path | None,
) -> None:
    """Replace your own key by a new one, or the service's; thresholds can be changed in passing."""
    from rollguard.trust.ceremony import RootChange  # noqa: PLC0415
    from rollguard.trust.founding import make_signer  # noqa: PLC0415
    from rollguard.trust.public_key import read_public_key  # noqa: PLC0415

    remote = read_remote(signer, public_key)
    sitting = _begin(service, keys, is_sure=is_sure)
    if timestamp or renew:
        new = read_public_key(timestamp) if timestamp else None
        change = RootChange(timestamp=new, threshold=threshold, root_threshold=root_threshold)
    else:
        named = sitting.repository.root.roles["root"].keyids
        old = tuple(key.public_key.keyid for key in sitting.keys.signers if key.public_key.keyid in named)
        if not old:
            raise PublishError(str(keys), "none of its keys is a maintainer's of this service", "Name another folder.")
        made = make_signer(keys, remote).public_key
        change = RootChange(add=(made,), remove=old, threshold=threshold, root_threshold=root_threshold)
        sitting = _begin(service, keys, is_sure=is_sure)  # with the new key in the folder, which must sign, too
    _hold(sitting, change, draft)


@click.command("sign")
@click.argument("draft", type=_FILE)
@service_option
@keys_option
@yes_option
def keys_sign(draft: Path, service: str, keys: Path, *, is_sure: bool) -> None:
    """Sign a change of keys that another maintainer has drafted."""
    from rollguard.trust.draft import Draft, require_same  # noqa: PLC0415

    begun = Draft.from_json(str(draft), draft.read_bytes())
    if begun.kind != "keys":
        raise PublishError(str(draft), "it changes rules, not keys", f"Sign it with `rollguard rules sign {draft}`.")
    sitting = _begin(service, keys, is_sure=is_sure)
    require_same(sitting.repository, begun, sitting.repository.bundle, sitting.now)
    sitting.ask(_words(sitting, begun.release.roots[0]))
    _tell(sitting.sign(begun, draft))


def _begin(service: str, keys: Path, *, is_sure: bool) -> "Sitting":
    from rollguard.cli_signing import Sitting  # noqa: PLC0415

    return Sitting.begin(service, keys, utc_now(), is_sure=is_sure)


def _hold(sitting: "Sitting", change: "RootChange", draft: Path | None) -> None:
    from rollguard.trust.ceremony import next_root  # noqa: PLC0415
    from rollguard.trust.draft import begin_draft  # noqa: PLC0415

    repository = sitting.repository
    root = next_root(repository.root, change, sitting.now)
    sitting.ask(_words(sitting, root))
    begun = begin_draft(repository, repository.bundle, sitting.now, root)
    _tell(sitting.begin_or_sign(begun, draft, f"root-{repository.root.version + 1}.draft.json"))


def _words(sitting: "Sitting", root: bytes) -> list[str]:
    from tuf.api.metadata import Metadata, Root  # noqa: PLC0415

    from rollguard.trust.ceremony import describe_root_change  # noqa: PLC0415

    return describe_root_change(sitting.repository.root, Metadata[Root].from_bytes(root).signed)


def _tell(version: int | None) -> None:
    if version is not None:
        click.echo("Published: every installed copy takes the new keys with its next check.")


ceremonies = (keys_add, keys_revoke, keys_rotate, keys_sign)
