"""Real keys, real folders, and a second opinion: python-tuf's own client reads what we write."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient import FetcherInterface, Updater
from werkzeug.serving import make_server

from rollguard.rules.compiler import TARGET_PATH, Compiled, compile_bundle, texts_path
from rollguard.rules.model import Bundle, Consequence, Lexicon, RuleText
from rollguard.service.app import create_app
from rollguard.trust.founding import init_keys
from rollguard.trust.keys import MaintainerKeys

PATHS = (TARGET_PATH, texts_path("en"), texts_path("pt-PT"))
Client = Callable[[Path, bytes], Compiled]


@pytest.fixture
def now() -> datetime:
    """The client under python-tuf reads the machine's clock, so tests start from it too."""
    return datetime.now(UTC)


def bundle_with(*languages: str) -> Compiled:
    lexicons = tuple(Lexicon(language=language, slots={"cloud": ("cloud",)}) for language in languages)
    return compile_bundle(Bundle(rules=(), lexicons=lexicons, texts=()))


def texts_in(*languages: str, title: str = "It asks.") -> Compiled:
    """The same rules, and a text in each of these languages."""
    said = (Consequence(text="It uploads.", source="press"),)
    texts = tuple(
        RuleText(rule="acme", language=language, title=title, consequences=said, decline="No.")
        for language in languages
    )
    lexicon = Lexicon(language="en", slots={"cloud": ("cloud",)})
    return compile_bundle(Bundle(rules=(), lexicons=(lexicon,), texts=texts))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def keys(tmp_path: Path, data: Path, now: datetime) -> MaintainerKeys:
    """A founded service in `data`, and its maintainer."""
    return init_keys(tmp_path / "keys", data, bundle_with("en"), now)


class _FolderFetcher(FetcherInterface):
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _fetch(self, url: str) -> Iterator[bytes]:
        path = self._folder / url.removeprefix("folder://")
        if not path.exists():
            raise DownloadHTTPError(url, 404)
        return iter([path.read_bytes()])


@pytest.fixture
def read_as_client(tmp_path: Path) -> Client:
    """Rules and texts, as a client gets them that remembers what it has seen."""

    def read(repository: Path, root: bytes) -> Compiled:
        kept, targets = tmp_path / "client", tmp_path / "client-targets"
        targets.mkdir(exist_ok=True)
        updater = Updater(
            str(kept),
            "folder://metadata/",
            str(targets),
            "folder://targets/",
            _FolderFetcher(repository),
            bootstrap=root,
        )
        found = {path: updater.get_targetinfo(path) for path in PATHS}
        infos = {path: info for path, info in found.items() if info is not None}
        return {path: Path(updater.download_target(info)).read_bytes() for path, info in infos.items()}

    return read


@pytest.fixture
def service(data: Path, keys: MaintainerKeys) -> Iterator[str]:
    """The rule service over `data`, answering on a port of this machine; rules are taken as they come."""
    assert keys
    app = create_app(data, check_bundle=lambda _bundle: [], writes_per_minute=600)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
