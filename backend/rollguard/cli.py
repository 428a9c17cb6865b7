"""`rollguard …`: thin; every verb calls one function below. Errors become words and exit codes here and nowhere else.

Exit codes: 0 fine, 1 refused (with place, reason, next step), 2 wrong usage.
"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rollguard.cli_keys import keys
from rollguard.cli_options import sources_option
from rollguard.cli_rules import maintainers_verbs
from rollguard.cli_service import serve, timestamp
from rollguard.corpus import corpus_negatives
from rollguard.errors import RollguardError, RuleError
from rollguard.rules.checker import check_sources
from rollguard.rules.coverage import coverage_table
from rollguard.rules.loader import load_bundle
from rollguard.rules.matcher import Matcher
from rollguard.rules.model import LexiconFile, RuleFile, TextFile
from rollguard.rules.pages import read_page
from rollguard.rules.report import describe
from rollguard.rules.scaffold import new_rule
from rollguard.rules.typescript import typescript_types

if TYPE_CHECKING:
    from rollguard.rules.shapes import Model


class _Group(click.Group):
    """Turns a refusal into words on stderr and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RollguardError as error:
            click.echo(str(error), err=True)
            sys.exit(1)
        except OSError as error:  # a full disk, a folder that may not be written
            next_step = "Mend that, and run the command again."
            click.echo(f"{error.filename or 'the disk'}\n    {error.strerror or error}\n    {next_step}", err=True)
            sys.exit(1)


@click.group(cls=_Group)
@click.version_option(package_name="rollguard")
def main() -> None:
    """Warns, in plain words, when a web page asks for the whole camera roll."""


@main.group()
def rules() -> None:
    """Write, test, sign and push rules."""


@rules.command("check")
@sources_option
def rules_check(sources: Path) -> None:
    """Judge every rule on its own pages, every other rule's pages, and all decoys."""
    bundle, errors = check_sources(sources, corpus_negatives(sources))
    for error in errors:
        click.echo(f"{error}\n", err=True)
    if errors:
        raise RuleError(str(sources), f"{len(errors)} thing(s) to mend", "They stand above.")
    click.echo(f"{len(bundle.rules)} rules, {len(bundle.lexicons)} languages: every page says what it must.")


@rules.command("test")
@click.argument("page")
@click.option("--url", default="", help="The address to judge it at, instead of the one saved in it.")
@click.option("--json", "as_json", is_flag=True, help="Verdicts as JSON, as both matchers share them.")
@sources_option
def rules_test(page: str, url: str, *, as_json: bool, sources: Path) -> None:
    """Say what every rule makes of PAGE: a saved page, or an address on this machine."""
    found = read_page(page, url=url)
    reports = Matcher(load_bundle(sources)).judge_page(found.parse(), found.url)
    if as_json:
        click.echo(json.dumps([report.to_json() for report in reports], ensure_ascii=False, indent=2))
    else:
        click.echo(f"{found.name} at {found.url}\n\n{describe(reports)}")


@rules.command("new")
@click.argument("rule_id")
@sources_option
def rules_new(rule_id: str, sources: Path) -> None:
    """Create the folder of a rule; its check fails until it is filled."""
    click.echo(f"Created {new_rule(sources, rule_id)}. Fill in every TODO, then: rollguard rules check")


@rules.command("schema")
@click.option("--typescript", is_flag=True, help="The TypeScript types instead of JSON Schema.")
def rules_schema(*, typescript: bool) -> None:
    """Print the JSON Schema of rule.toml, lexicon and text files."""
    if typescript:
        click.echo(typescript_types(), nl=False)
        return
    models: dict[str, type[Model]] = {
        "rule.toml": RuleFile,
        "lexicon/<language>.toml": LexiconFile,
        "texts/<language>.toml": TextFile,
    }
    click.echo(json.dumps({name: model.model_json_schema() for name, model in models.items()}, indent=2))


@rules.command("coverage")
@sources_option
def rules_coverage(sources: Path) -> None:
    """Print how many words each language has for each slot, gaps included."""
    click.echo(coverage_table(sources), nl=False)


main.add_command(keys)
main.add_command(serve)
main.add_command(timestamp)
for _verb in maintainers_verbs:
    rules.add_command(_verb)


@main.command()
@click.option("--headless", is_flag=True, help="No window: save screenshots and print their paths.")
@click.option("--out", default=Path(".rollguard/demo"), type=click.Path(path_type=Path), show_default=True)
def demo(*, headless: bool, out: Path) -> None:
    """Show it all: build, serve, warn on a demo dialog, push a rule, warn in the open tab."""
    from rollguard.demo import run_demo  # noqa: PLC0415 - needs Playwright, which the other verbs do not

    run_demo(out, headless=headless, say=click.echo)
