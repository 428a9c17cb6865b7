"""python-tuf, the reference, and the TypeScript client beside one repository: each says what it makes of it."""

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient import Updater
from tuf.ngclient.fetcher import FetcherInterface

from rollguard.build.bundler import DENO
from tests.trust.python_repository import RULES, PythonRepository

CLIENT = Path(__file__).resolve().parents[1] / "tuf_client"
Verdict = str | None
"""The rules after the check; nothing where it was refused."""


class FolderFetcher(FetcherInterface):
    def _fetch(self, url: str) -> Iterator[bytes]:
        path = Path(url)
        if not path.is_file():
            raise DownloadHTTPError(url, 404)
        yield path.read_bytes()


class Reference:
    """python-tuf."""

    def __init__(self, repository: Path, home: Path) -> None:
        (home / "targets").mkdir(parents=True)
        self._make_updater = partial(
            Updater,
            str(home / "metadata"),
            f"{repository}/metadata/",
            str(home / "targets"),
            f"{repository}/targets/",
            fetcher=FolderFetcher(),
            bootstrap=(repository / "metadata" / "1.root.json").read_bytes(),
        )

    def check(self) -> Verdict:
        updater = self._make_updater()
        try:
            updater.refresh()
            info = updater.get_targetinfo(RULES)
        except Exception:  # noqa: BLE001 - some refusals of python-tuf have no class of their own
            return None
        if info is None:
            return None
        try:
            path = updater.find_cached_target(info) or updater.download_target(info)
        except Exception:  # noqa: BLE001 - as above
            return None
        return Path(path).read_text("utf-8")


class Ours:
    """The TypeScript client, on its command line and over HTTP."""

    def __init__(self, url: str, root: Path, home: Path) -> None:
        self._rules = home / "targets" / RULES
        self._metadata = str(home / "metadata")
        self._url = url
        for name in ("metadata", "targets"):
            (home / name).mkdir(parents=True)
        assert self._run("init", str(root)) == 0

    def check(self) -> Verdict:
        urls = ["--metadata-url", f"{self._url}/metadata/", "--target-base-url", f"{self._url}/targets"]
        code = self._run(*urls, "--target-dir", str(self._rules.parent), "--target-name", RULES, "download")
        return self._rules.read_text("utf-8") if code == 0 else None

    def _run(self, *arguments: str) -> int:
        environment = {**os.environ, "PATH": f"{Path(DENO).parent}{os.pathsep}{os.environ['PATH']}"}
        command = [str(CLIENT), "--metadata-dir", self._metadata, *arguments]
        return subprocess.run(command, env=environment, check=False, capture_output=True).returncode


class Pair:
    """One repository, and both clients beside it."""

    def __init__(self, repository: PythonRepository, url: str, home: Path) -> None:
        self.repository = repository
        root = repository.folder / "metadata" / "1.root.json"
        self._reference = Reference(repository.folder, home / "reference")
        self._ours = Ours(url, root, home / "ours")

    def check(self) -> Verdict:
        """What both say."""
        expected, ours = self._reference.check(), self._ours.check()
        assert ours == expected
        return ours


@contextmanager
def served(folder: Path) -> Iterator[str]:
    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
            """Say nothing: a test's output is its failure."""

    # `%2F` in a role's name belongs to the file's name, not to the path.
    handler = type("Raw", (Handler,), {"translate_path": lambda _self, path: str(folder) + path})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def both_clients() -> Iterator[Pair]:
    with TemporaryDirectory() as folder:
        repository = PythonRepository(Path(folder) / "repository")
        with served(repository.folder) as url:
            yield Pair(repository, url, Path(folder))
