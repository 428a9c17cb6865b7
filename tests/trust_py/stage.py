"""A founded service with one rule, on a port of this machine, and the command line of whoever works with it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from click.testing import CliRunner, Result
from werkzeug.serving import make_server

from rollguard.cli import main
from rollguard.rules.checker import check_bundle
from rollguard.service.app import create_app
from tests.rules.good_rule import write_sources


@dataclass(frozen=True)
class Stage:
    """Everybody's folders lie below `folder`: `data`, `sources`, and one with keys for each maintainer."""

    folder: Path
    service: str = ""

    @property
    def sources(self) -> Path:
        return self.folder / "sources"

    @property
    def rule(self) -> Path:
        return self.sources / "rules/acme/rule.toml"

    def run(self, *arguments: str | Path, who: str = "ada") -> Result:
        """`rollguard …`, as that maintainer; her settings are where she always has them."""
        environment = {
            "ROLLGUARD_SERVICE": self.service,
            "ROLLGUARD_KEYS": str(self.folder / who),
            "ROLLGUARD_SOURCES": str(self.sources),
            "ROLLGUARD_DATA": str(self.folder / "data"),
        }
        return CliRunner().invoke(main, [str(argument) for argument in arguments], env=environment)

    def does(self, *arguments: str | Path, who: str = "ada") -> str:
        """The same, and it must go well."""
        result = self.run(*arguments, who=who)
        assert result.exit_code == 0, result.output
        return result.output

    def refuses(self, *arguments: str | Path, who: str = "ada") -> str:
        """The same, and it must be refused, with place, reason and next step."""
        result = self.run(*arguments, who=who)
        assert result.exit_code == 1, result.output
        assert len(result.stderr.strip().splitlines()) >= 3, result.stderr
        return result.stderr

    def edit_rule(self, old: str, new: str) -> None:
        text = self.rule.read_text("utf-8")
        assert old in text
        self.rule.write_text(text.replace(old, new), "utf-8")


@contextmanager
def founded(folder: Path) -> Iterator[Stage]:
    """Ada has founded it; the service checks what is pushed on the pages of the same sources."""
    write_sources(folder / "sources")
    Stage(folder).does("keys", "init")
    Stage(folder).does("timestamp")  # as a service that starts: its log begins
    check = partial(check_bundle, sources=folder / "sources")
    app = create_app(folder / "data", check_bundle=check, writes_per_minute=600)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Stage(folder, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    server.server_close()
