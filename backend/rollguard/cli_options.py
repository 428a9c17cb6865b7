"""Options that several verbs share; each is an environment variable `ROLLGUARD_…`, too."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from rollguard.rules.loader import SOURCES

Decorator = Callable[[Any], Any]


def option(name: str, default: Path | str | int, help_text: str, **kwargs: Any) -> Decorator:
    """An option that is also an environment variable."""
    kwargs.setdefault("type", click.Path(path_type=Path) if isinstance(default, Path) else type(default))
    variable = "ROLLGUARD_" + name.removeprefix("--").replace("-", "_").upper()
    kwargs |= {"default": default, "show_default": True, "envvar": variable, "show_envvar": True, "help": help_text}
    return click.option(name, **kwargs)


data_option = option("--data", Path(".rollguard/data"), "The service's folder: published files, the online key.")
keys_option = option(
    "--keys", Path(".rollguard/keys"), "The maintainer's folder: private key and root. Not on the server."
)
sources_option = option("--sources", SOURCES, "The folder that holds rules/, lexicon/ and decoys/.")
service_option = option("--service", "http://127.0.0.1:8787", "The rule service.")
yes_option = click.option("--yes", "is_sure", is_flag=True, help="Do not ask before signing.")
draft_option = click.option(
    "--draft",
    type=click.Path(path_type=Path),
    help="Write a draft for other maintainers to sign, instead of publishing. "
    "Where one signature is not enough, that happens anyway, in the present folder.",
)


def utc_now() -> datetime:
    return datetime.now(UTC)
