"""python-tuf, tuf-js and ours judge the same random repositories alike, step by step."""

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tuf.ngclient import Updater

from rollguard.build.bundler import DENO
from tests.trust.random_changes import PATHS, Change, appointments, changes, delegations, some_paths
from tests.trust.random_repository import TOP, Appointment, Delegate, RandomRepository
from tests.trust.two_clients import FolderFetcher

JUDGES = Path(__file__).with_name("judges.ts")
Verdicts = dict[str, str | None]
EXAMPLES = 40


class Judges:
    """Ours and tuf-js, in one process for all questions."""

    def __init__(self) -> None:
        command = [DENO, "run", "--quiet", "--no-config", "--allow-all", str(JUDGES)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, repository: Path, home: Path, root: Path) -> dict[str, Verdicts]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        question = {"repository": str(repository), "home": str(home), "root": str(root), "targets": PATHS}
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Verdicts] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        self._process.wait(timeout=10)


@pytest.fixture(scope="module")
def judges() -> Iterator[Judges]:
    asked = Judges()
    yield asked
    asked.close()


def ask_python(repository: Path, home: Path, root: Path) -> Verdicts:
    (home / "python").mkdir(parents=True, exist_ok=True)
    try:
        updater = Updater(
            str(home / "python"),
            f"{repository}/metadata/",
            str(home / "python"),
            f"{repository}/targets/",
            fetcher=FolderFetcher(),
            bootstrap=root.read_bytes(),
        )
        updater.refresh()
    except Exception:  # noqa: BLE001 - some refusals of python-tuf have no class of their own
        return dict.fromkeys(PATHS)
    return {path: _ask_python_for(updater, path, home) for path in PATHS}


def _ask_python_for(updater: Updater, path: str, home: Path) -> str | None:
    file = str(home / "python" / f"target {quote(path, safe='')}")
    try:
        info = updater.get_targetinfo(path)
        if info is None:
            return None
        return Path(updater.find_cached_target(info, file) or updater.download_target(info, file)).read_text("utf-8")
    except Exception:  # noqa: BLE001 - as above
        return None


SEEN: Counter[str] = Counter()


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
@given(
    top=st.tuples(*[appointments] * len(TOP)),
    lists=some_paths,
    delegates=delegations(),
    is_consistent=st.booleans(),
    steps=st.lists(changes, max_size=4),
)
def _judge(  # noqa: PLR0913, PLR0917 - each is a part of the made-up world
    judges: Judges,
    top: tuple[Appointment, ...],
    lists: tuple[str, ...],
    delegates: tuple[Delegate, ...],
    is_consistent: bool,  # noqa: FBT001 - hypothesis hands it in
    steps: list[Change],
) -> None:
    with TemporaryDirectory() as place:
        home, folder = Path(place) / "home", Path(place) / "repository"
        repository = RandomRepository(
            folder, dict(zip(TOP, top, strict=True)), lists, delegates, is_consistent=is_consistent
        )
        root = folder / "metadata" / "1.root.json"
        for step in [None, *steps]:
            if step is not None:
                step(repository)
            expected = ask_python(folder, home, root)
            answers = judges.ask(folder, home, root)
            assert answers["ours"] == expected
            assert answers["tuf-js"] == expected
            SEEN.update("refused" if text is None else "accepted" for text in expected.values())


def test_three_clients_give_the_same_verdict_on_every_file_of_random_repositories(judges: Judges) -> None:
    SEEN.clear()
    _judge(judges)
    assert min(SEEN["accepted"], SEEN["refused"]) > EXAMPLES, f"too little was seen of one side: {SEEN}"
