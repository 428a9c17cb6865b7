"""Real keys, real folders, and a second opinion: python-tuf's own client reads what we write."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient import FetcherInterface, Updater
from werkzeug.serving import make_server

from rollguard.rules.compiler import TARGET_PATH, compile_bundle
from rollguard.rules.model import Bundle, Lexicon
from rollguard.service.app import create_app
from rollguard.trust.founding import init_keys
from rollguard.trust.keys import MaintainerKeys

Client = Callable[[Path, bytes], bytes]


@pytest.fixture
def now() -> datetime:
    """The client under python-tuf reads the machine's clock, so tests start from it too."""
    return datetime.now(UTC)


def bundle_with(*languages: str) -> bytes:
    lexicons = tuple(Lexicon(language=language, slots={"cloud": ("cloud",)}) for language in languages)
    return compile_bundle(Bundle(rules=(), lexicons=lexicons, texts=()))


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
    """The bundle, as a client gets it that remembers what it has seen."""

    def read(repository: Path, root: bytes) -> bytes:
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
        info = updater.get_targetinfo(TARGET_PATH)
        assert info is not None
        return Path(updater.download_target(info)).read_bytes()

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
