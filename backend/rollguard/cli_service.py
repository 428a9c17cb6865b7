"""`rollguard serve` and `rollguard timestamp`: what an operator runs."""

from pathlib import Path

import click

from rollguard.cli_options import data_option, option, sources_option, utc_now
from rollguard.rules.compiler import compile_bundle
from rollguard.rules.loader import load_bundle

_storage = option("--storage", "", "Where the public files lie: nothing for DATA/repository, or s3://BUCKET/FOLDER?…")
_poll_interval = option(
    "--poll-interval", 60, "Seconds between two checks of a client; signed.", type=click.IntRange(30, 86_400)
)


@click.command()
@data_option
@_storage
@option("--host", "127.0.0.1", "Address to listen on.")
@option("--port", 8787, "Port to listen on; 0: any free one.")
@_poll_interval
@option("--install-dir", Path("dist"), "The built extension and userscript, offered at /install.")
@option("--workers", 1, "Processes that answer.", type=click.IntRange(1, 64))
@option("--writes-per-minute", 12, "How often one address may try to push.", type=click.IntRange(1, 6000))
@option("--proxies", 0, "How many proxies of yours stand in front (nginx: 1).", type=click.IntRange(0, 8))
@sources_option
def serve(
    data: Path,
    storage: str,
    host: str,
    port: int,
    poll_interval: int,
    install_dir: Path,
    workers: int,
    writes_per_minute: int,
    proxies: int,
    sources: Path,
) -> None:
    """Run the rule service. An empty data folder is filled with rules signed by the public development key."""
    from rollguard.service.server import Options, run  # noqa: PLC0415 - the other verbs need no server

    if not (data / "repository").exists():
        from rollguard.trust.development import bootstrap_development  # noqa: PLC0415 - only for an empty folder

        bootstrap_development(data, compile_bundle(load_bundle(sources)), utc_now())
        click.echo("No keys of your own: rules are signed with the public development key, good on this machine only.")
    run(
        Options(
            data,
            host,
            port,
            storage=storage,
            poll_interval=poll_interval,
            install_dir=install_dir,
            sources=sources,
            workers=workers,
            writes_per_minute=writes_per_minute,
            proxies=proxies,
        )
    )


@click.command()
@data_option
@_storage
@_poll_interval
def timestamp(data: Path, storage: str, poll_interval: int) -> None:
    """Sign again how fresh everything is, where that is due. For cron, where no service runs."""
    from rollguard.service.first_day import open_shelf  # noqa: PLC0415 - the other verbs need no service
    from rollguard.service.publishing import keep_fresh  # noqa: PLC0415

    is_signed = keep_fresh(open_shelf(data, storage, poll_interval), utc_now())
    click.echo("Signed again." if is_signed else "It is less than an hour old, and stays.")
