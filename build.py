"""The build step: verified bundle + extension/ → dist/{chrome,firefox} and the userscript. Same sources, same bytes."""

import sys
from pathlib import Path

import click

from rollguard.build.bundler import USERSCRIPT as USERSCRIPT_ENTRY
from rollguard.build.bundler import bundle_script, check_types
from rollguard.build.pack import replacing, write_folder, zip_bytes
from rollguard.build.package import SCRIPTS, allowed_files, package_files
from rollguard.build.plan import BROWSERS, PACKAGES, TARGETS, USERSCRIPT, USERSCRIPT_FILE, Plan, clean_service_url
from rollguard.build.render import render_userscript
from rollguard.build.sites import match_patterns
from rollguard.build.trusted_set import hint, read_trusted_set
from rollguard.build.verify import Files, verify_files, verify_package
from rollguard.errors import RollguardError


def build(plan: Plan) -> None:
    """Runs every stage; what stood in the output folder stays if one of them refuses."""
    trusted = read_trusted_set(plan)
    matches = match_patterns(trusted.bundle, is_for_all_sites=plan.is_for_all_sites)
    with replacing(plan.out) as folder:
        scripts = _bundle(plan, folder.parent)
        for browser in (target for target in plan.targets if target in BROWSERS):
            files = package_files(browser, scripts, trusted, matches=matches, service_url=plan.service_url)
            verify_files(files)
            verify_package(files, allowed_files(browser, trusted))
            write_folder(folder / browser, files)
            (folder / PACKAGES[browser]).write_bytes(zip_bytes(files))
        if USERSCRIPT in plan.targets:
            code = scripts[USERSCRIPT_ENTRY]
            baked = {"serviceUrl": plan.service_url, "trust": trusted.baked}
            text = render_userscript(code, baked, matches=matches, service_url=plan.service_url)
            userscript: Files = {USERSCRIPT_FILE: text.encode()}
            verify_files(userscript)
            write_folder(folder, userscript)


def _bundle(plan: Plan, scratch: Path) -> dict[str, str]:
    """Entry → code, for the entries that the targets need."""
    entries = [*SCRIPTS.values()] if set(BROWSERS) & set(plan.targets) else []
    entries += [USERSCRIPT_ENTRY] if USERSCRIPT in plan.targets else []
    check_types(entries)
    return {entry: bundle_script(entry, scratch) for entry in entries}


@click.command()
@click.option("--target", type=click.Choice([*TARGETS, "all"]), default="all", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=Path("dist"), show_default=True, help="Where to.")
@click.option("--service-url", default="http://127.0.0.1:8787", show_default=True, help="The rule service.")
@click.option("--all-sites", is_flag=True, help="Watch every site: for organisations and tests.")
@click.option(
    "--repository",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    envvar="ROLLGUARD_REPOSITORY",
    show_envvar=True,
    help="The rule repository whose root is pinned and whose rules are baked in; else one for development.",
)
def main(target: str, out: Path, service_url: str, *, all_sites: bool, repository: Path | None) -> None:
    """Generate the extension for Chrome and Firefox, and the userscript."""
    try:
        plan = Plan(
            targets=TARGETS if target == "all" else (target,),
            out=out.resolve(),
            service_url=clean_service_url(service_url),
            is_for_all_sites=all_sites,
            repository=repository,
        )
        if words := hint(plan):
            click.echo(words, err=True)
        build(plan)
    except RollguardError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(f"Built in {out}: {', '.join(plan.targets)}; rules from {service_url}.")


if __name__ == "__main__":
    main()
