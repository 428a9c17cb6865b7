"""`rollguard rules push | sign | rollback | recall | verify`: what becomes public, and whether it is as signed."""

from pathlib import Path

import click

from rollguard.cli_options import draft_option, keys_option, service_option, sources_option, utc_now, yes_option
from rollguard.errors import PublishError, TrustError

# The functions below import what they need themselves: only maintainers' verbs load private keys.


@click.command("push")
@service_option
@keys_option
@sources_option
@yes_option
@draft_option
def rules_push(service: str, keys: Path, sources: Path, *, is_sure: bool, draft: Path | None) -> None:
    """Check, say what changes, sign and publish: every open browser knows the rules a poll later."""
    from rollguard.cli_signing import Sitting, checked_sources, words_of_change  # noqa: PLC0415
    from rollguard.trust.draft import begin_draft  # noqa: PLC0415

    sitting = Sitting.begin(service, keys, utc_now(), is_sure=is_sure)
    data, corpus = checked_sources(sources, sitting.public)
    sitting.ask(words_of_change(sitting.public, data, sources, corpus))
    begun = begin_draft(sitting.repository, data, sitting.now)
    version = sitting.begin_or_sign(begun, draft, f"rules-{sitting.repository.targets.version + 1}.draft.json")
    if version is not None:
        click.echo(f"Published version {version}.")
    if off := sitting.repository.recalled.rules:
        click.echo(f"Still switched off: {', '.join(off)}. Switch on: rollguard rules recall {off[0]} --undo")


@click.command("sign")
@click.argument("draft", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@service_option
@keys_option
@sources_option
@yes_option
def rules_sign(draft: Path, service: str, keys: Path, sources: Path, *, is_sure: bool) -> None:
    """Sign what another maintainer has drafted, if your own checkout makes the same of it."""
    from rollguard.cli_signing import Sitting, checked_sources, words_of_change  # noqa: PLC0415
    from rollguard.trust.draft import Draft, require_same  # noqa: PLC0415
    from rollguard.trust.pull import pull_old_rules  # noqa: PLC0415

    begun = Draft.from_json(str(draft), draft.read_bytes())
    if begun.kind == "keys":
        raise PublishError(str(draft), "it changes keys, not rules", f"Sign it with `rollguard keys sign {draft}`.")
    sitting = Sitting.begin(service, keys, utc_now(), is_sure=is_sure)
    if begun.kind == "rollback":
        click.echo(f"Brings the rules of version {begun.source} back.")
        data = pull_old_rules(service, sitting.keys.root, begun.source)
        words = words_of_change(sitting.public, data, sources)
    else:
        data, corpus = checked_sources(sources, sitting.public)
        words = words_of_change(sitting.public, data, sources, corpus)
    require_same(sitting.repository, begun, data, sitting.now)
    sitting.ask(words)
    version = sitting.sign(begun, draft)
    if version is not None:
        click.echo(f"Published version {version}.")


@click.command("rollback")
@click.argument("version", type=click.IntRange(min=1))
@service_option
@keys_option
@sources_option
@yes_option
@draft_option
def rules_rollback(version: int, service: str, keys: Path, sources: Path, *, is_sure: bool, draft: Path | None) -> None:
    """Publish the rules of an earlier VERSION again, as the next one."""
    from dataclasses import replace  # noqa: PLC0415

    from rollguard.cli_signing import Sitting, require_green, words_of_change  # noqa: PLC0415
    from rollguard.rules.checker import check_bundle  # noqa: PLC0415
    from rollguard.trust.draft import begin_draft  # noqa: PLC0415
    from rollguard.trust.pull import pull_old_rules  # noqa: PLC0415

    sitting = Sitting.begin(service, keys, utc_now(), is_sure=is_sure)
    data = pull_old_rules(service, sitting.keys.root, version)
    require_green(sources, check_bundle(data, sources))
    sitting.ask(words_of_change(sitting.public, data, sources))
    begun = replace(begin_draft(sitting.repository, data, sitting.now), kind="rollback", source=version)
    public = sitting.begin_or_sign(begun, draft, f"rollback-{version}.draft.json")
    if public is not None:
        click.echo(f"Published version {public}: the rules of version {version}.")


@click.command("recall")
@click.argument("rules", nargs=-1, metavar="[RULE]...")
@click.option("--undo", is_flag=True, help="Switch them on again.")
@click.option("--all", "is_all", is_flag=True, help="Everything newer than the rules in each installed build.")
@service_option
@keys_option
@yes_option
def rules_recall(rules: tuple[str, ...], service: str, keys: Path, *, undo: bool, is_all: bool, is_sure: bool) -> None:
    """Switch RULE off everywhere. One maintainer's key is enough, and can do nothing else here."""
    from rollguard.cli_signing import Sitting  # noqa: PLC0415
    from rollguard.trust.push import push  # noqa: PLC0415
    from rollguard.trust.recalled import change_recalled, describe_recalled  # noqa: PLC0415
    from rollguard.trust.signing import sign_recall  # noqa: PLC0415

    if not rules and not is_all:
        raise click.UsageError("Name a RULE, or --all.")
    sitting = Sitting.begin(service, keys, utc_now(), is_sure=is_sure)
    repository = sitting.repository
    known = {rule.id for rule in sitting.public.rules}
    recalled = change_recalled(repository.recalled, rules, known, is_undone=undo, is_all=is_all)
    sitting.ask(describe_recalled(repository.recalled, recalled))
    release = sign_recall(repository, sitting.keys, recalled, sitting.now)
    push(service, release.without(repository.release))
    off = "everything that is newer than the builds" if recalled.is_all else ", ".join(recalled.rules)
    click.echo(f"Published. Switched off now: {off or 'nothing'}.")


@click.command("verify")
@click.argument("url")
@click.option("--root", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="The root to begin with.")
@keys_option
def rules_verify(url: str, root: Path | None, keys: Path) -> None:
    """Check everything that the service at URL has published. Reads only; anybody can."""
    from rollguard.trust.public_check import check_public, first_public_root  # noqa: PLC0415

    pinned = root or (keys / "root.json" if (keys / "root.json").is_file() else None)
    if pinned is None:
        click.echo("No root is pinned here (--root FILE): trust begins with the service's own first one.")
    first = pinned.read_bytes() if pinned else first_public_root(url)
    try:
        for line in check_public(url, first, utc_now()):
            click.echo(line)
    except TrustError as error:
        raise TrustError(f"{url}: {error.place}", error.reason, error.next_step) from error
    click.echo("Everything verifies.")


@click.command("history")
@service_option
def rules_history(service: str) -> None:
    """Print what was published, when, and by whose keys, newest first."""
    from rollguard.trust.public_check import read_history  # noqa: PLC0415
    from rollguard.trust.service_client import ServiceClient  # noqa: PLC0415

    log = read_history(ServiceClient(service))
    if log is None:
        raise PublishError(
            service, "it offers no log", "Where files are handed out without it, ask the service itself."
        )
    for entry in reversed(log[0]):
        versions = ", ".join(f"{role} {version}" for role, version in entry.versions.items())
        signers = sorted({keyid[:8] for keyids in entry.signed_by.values() for keyid in keyids})
        click.echo(f"{entry.sequence:>4}  {entry.time}  {entry.kind:<9} {versions}; signed by {', '.join(signers)}")


maintainers_verbs = (rules_push, rules_sign, rules_rollback, rules_recall, rules_verify, rules_history)
