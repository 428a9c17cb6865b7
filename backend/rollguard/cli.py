"""`rollguard …`: thin; every verb calls one function below. Errors become words and exit codes here and nowhere else.

Exit codes: 0 fine, 1 refused (with place, reason, next step), 2 wrong usage.
"""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from rollguard.errors import RollguardError, RuleError
from rollguard.rules.checker import check_sources
from rollguard.rules.compiler import compile_bundle
from rollguard.rules.coverage import coverage_table
from rollguard.rules.loader import SOURCES, load_bundle
from rollguard.rules.matcher import Matcher
from rollguard.rules.model import LexiconFile, Model, RuleFile, TextFile
from rollguard.rules.pages import read_page
from rollguard.rules.report import describe
from rollguard.rules.scaffold import new_rule
from rollguard.rules.typescript import typescript_types


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


def _option(name: str, default: Path | str | int, help_text: str, **kwargs: Any) -> Callable[[Any], Any]:
    """An option that is also an environment variable `ROLLGUARD_…`."""
    kwargs.setdefault("type", click.Path(path_type=Path) if isinstance(default, Path) else type(default))
    variable = "ROLLGUARD_" + name.removeprefix("--").replace("-", "_").upper()
    kwargs |= {"default": default, "show_default": True, "envvar": variable, "show_envvar": True, "help": help_text}
    return click.option(name, **kwargs)


_data = _option("--data", Path(".rollguard/data"), "The service's folder: published files, the online key.")
_keys = _option("--keys", Path(".rollguard/keys"), "The maintainer's folder: private key and root. Not on the server.")
_sources = _option("--sources", SOURCES, "The folder that holds rules/, lexicon/ and decoys/.")


@click.group(cls=_Group)
@click.version_option(package_name="rollguard")
def main() -> None:
    """Warns, in plain words, when a web page asks for the whole camera roll."""


@main.group()
def rules() -> None:
    """Write, test, sign and push rules."""


@rules.command("check")
@_sources
def rules_check(sources: Path) -> None:
    """Judge every rule on its own pages, every other rule's pages, and all decoys."""
    bundle, errors = check_sources(sources)
    for error in errors:
        click.echo(f"{error}\n", err=True)
    if errors:
        raise RuleError(str(sources), f"{len(errors)} thing(s) to mend", "They stand above.")
    click.echo(f"{len(bundle.rules)} rules, {len(bundle.lexicons)} languages: every page says what it must.")


@rules.command("test")
@click.argument("page")
@click.option("--url", default="", help="The address to judge it at, instead of the one saved in it.")
@click.option("--json", "as_json", is_flag=True, help="Verdicts as JSON, as both matchers share them.")
@_sources
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
@_sources
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
@_sources
def rules_coverage(sources: Path) -> None:
    """Print how many words each language has for each slot, gaps included."""
    click.echo(coverage_table(sources), nl=False)


@rules.command("push")
@_option("--service", "http://127.0.0.1:8787", "The rule service.")
@_keys
@_sources
def rules_push(service: str, keys: Path, sources: Path) -> None:
    """Check, sign and publish: every open browser knows the rules a poll later."""
    from rollguard.trust.push import push_rules  # noqa: PLC0415 - only maintainers' verbs load private keys

    bundle, errors = check_sources(sources)
    if errors:
        raise errors[0]
    version = push_rules(service, keys, compile_bundle(bundle), _now())
    click.echo(f"Published version {version}: {len(bundle.rules)} rules.")


@main.group()
def keys() -> None:
    """Make and keep the maintainers' keys."""


@keys.command("init")
@_keys
@_data
@_sources
def keys_init(keys: Path, data: Path, sources: Path) -> None:
    """Make your own keys, and sign the first rules with them."""
    from rollguard.trust.founding import init_keys  # noqa: PLC0415 - only maintainers' verbs load private keys

    bundle, errors = check_sources(sources)
    if errors:
        raise errors[0]
    init_keys(keys, data, compile_bundle(bundle), _now())
    click.echo(
        f"Private key: {keys}/maintainer.pem (keep it off the server, and a copy in a safe place)\n"
        f"First release, signed: {data}/repository\n"
        f"Next: rollguard serve --data {data}\n"
        f"      python build.py --repository {data}/repository --service-url https://…"
    )


@main.command()
@_data
@_option("--host", "127.0.0.1", "Address to listen on.")
@_option("--port", 8787, "Port to listen on; 0: any free one.")
@_option("--poll-interval", 60, "Seconds between two checks of a client; signed.", type=click.IntRange(30, 86_400))
@_option("--install-dir", Path("dist"), "The built extension and userscript, offered at /install.")
@_sources
def serve(data: Path, host: str, port: int, poll_interval: int, install_dir: Path, sources: Path) -> None:
    """Run the rule service. An empty data folder is filled with rules signed by the public development key."""
    from rollguard.service.server import run  # noqa: PLC0415 - the other verbs need no server

    if not (data / "repository").exists():
        from rollguard.trust.development import bootstrap_development  # noqa: PLC0415 - only for an empty folder

        bootstrap_development(data, compile_bundle(load_bundle(sources)), _now())
        click.echo("No keys of your own: rules are signed with the public development key, good on this machine only.")
    run(data, host, port, poll_interval=poll_interval, install_dir=install_dir, sources=sources)


@main.command()
@click.option("--headless", is_flag=True, help="No window: save screenshots and print their paths.")
@click.option("--out", default=Path(".rollguard/demo"), type=click.Path(path_type=Path), show_default=True)
def demo(*, headless: bool, out: Path) -> None:
    """Show it all: build, serve, warn on a demo dialog, push a rule, warn in the open tab."""
    from rollguard.demo import run_demo  # noqa: PLC0415 - needs Playwright, which the other verbs do not

    run_demo(out, headless=headless, say=click.echo)


def _now() -> datetime:
    return datetime.now(UTC)
