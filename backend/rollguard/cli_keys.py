"""`rollguard keys …`: ceremonies. Who may sign is itself signed: by the maintainers before, and by those after."""

from pathlib import Path

import click

from rollguard.cli_ceremonies import ceremonies, public_key_option, read_remote, signer_option
from rollguard.cli_options import data_option, keys_option, service_option, sources_option, utc_now
from rollguard.errors import TrustError

# The functions below import what they need themselves: only maintainers' verbs load private keys.

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_NEXT_STEPS = {
    "root": "Renew it: rollguard keys rotate --renew",
    "timestamp": "Is the service running? Else: rollguard timestamp",
}
_SIGN_ANEW = "Sign anew: rollguard rules push"
_COLOURS = {"ok": "green", "yellow": "yellow", "red": "red", "expired": "red"}


@click.group()
def keys() -> None:
    """Make and keep the maintainers' keys."""


for _verb in ceremonies:
    keys.add_command(_verb)


@keys.command("init")
@keys_option
@data_option
@sources_option
@signer_option
@public_key_option
@click.option("--root", type=_FILE, help="Join a service that others have founded: its root, from one of them.")
@click.option("--timestamp", is_flag=True, help="On the server: only make the service's next key.")
def keys_init(
    keys: Path,
    data: Path,
    sources: Path,
    signer: str | None,
    public_key: Path | None,
    root: Path | None,
    *,
    timestamp: bool,
) -> None:
    """Make your own keys, and sign the first rules with them."""
    from rollguard.rules.checker import check_sources  # noqa: PLC0415
    from rollguard.rules.compiler import compile_bundle  # noqa: PLC0415
    from rollguard.trust import founding  # noqa: PLC0415

    remote = read_remote(signer, public_key)
    if timestamp:
        public = founding.make_timestamp_key(data)
        click.echo(f"Hand {public} to a maintainer. Next: rollguard keys rotate --timestamp {public.name}")
        return
    if root:
        made = founding.join_keys(keys, root.read_bytes(), remote)
        click.echo(
            f"Your key: {made.signer.public_key.keyid[:8]}. Next: another maintainer runs\n"
            f"      rollguard keys add {'signer' if remote else 'maintainer'}.pub (from {keys})"
        )
        return
    bundle, errors = check_sources(sources)
    if errors:
        raise errors[0]
    founding.init_keys(keys, data, compile_bundle(bundle), utc_now(), remote)
    private = f"Private key: {keys}/maintainer.pem (keep it off the server, and a copy in a safe place)\n"
    click.echo(
        f"{'' if remote else private}"
        f"First release, signed: {data}/repository\n"
        f"Next: rollguard serve --data {data}\n"
        f"      python build.py --repository {data}/repository --service-url https://…"
    )


@keys.command("status")
@service_option
@keys_option
def keys_status(service: str, keys: Path) -> None:
    """Say who may sign, and how long everything is valid: yellow 30 days before its end, red 7 days before."""
    from rollguard.trust.expiry import report_expiry  # noqa: PLC0415
    from rollguard.trust.pull import pull  # noqa: PLC0415
    from rollguard.trust.push import keys_or_development  # noqa: PLC0415

    own = keys_or_development(keys, utc_now())
    repository = pull(service, own.root)
    root, mine = repository.root, {signer.public_key.keyid for signer in own.signers}
    for role, what in (("root", "change keys"), ("targets", "publish rules")):
        named = root.roles[role]
        click.echo(f"To {what}: {named.threshold} of {len(named.keyids)} maintainers")
    for role in ("root", "timestamp"):
        who = "maintainer" if role == "root" else "the service"
        for keyid in root.roles[role].keyids:
            click.echo(f"  {keyid[:8]}  {root.keys[keyid].scheme:<20} {who}{' (you)' if keyid in mine else ''}")
    report = report_expiry(repository, utc_now())
    for one in report:
        days = f"{max(one.left.days, 0)} days left"
        level = click.style(f"{one.level:<8}", fg=_COLOURS[one.level])
        click.echo(f"{level} {one.role:<10} version {one.version:<11} until {one.expires:%Y-%m-%d %H:%M} UTC, {days}")
    for one in report:
        if one.level in {"red", "expired"}:
            reason = f"it expires at {one.expires:%Y-%m-%d %H:%M} UTC: {one.level}"
            raise TrustError(f"{one.role}.json", reason, _NEXT_STEPS.get(one.role, _SIGN_ANEW))


@keys.command("export-root")
@service_option
@keys_option
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A file; else it is printed.")
def keys_export_root(service: str, keys: Path, out: Path | None) -> None:
    """Give the newest root that yours vouches for: for another maintainer to join with, or to verify with."""
    from rollguard.trust.pull import pull  # noqa: PLC0415
    from rollguard.trust.push import keys_or_development  # noqa: PLC0415
    from rollguard.trust.storage import write_atomically  # noqa: PLC0415

    repository = pull(service, keys_or_development(keys, utc_now()).root)
    if out is None:
        click.echo(repository.root_bytes, nl=False)
        return
    write_atomically(out, repository.root_bytes)
    click.echo(f"Root version {repository.root.version}: {out}")
