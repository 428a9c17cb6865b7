"""What hypothesis does to a repository between two checks: a maintainer's day, and an attacker's."""

import json
from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st

from tests.trust.python_repository import NOW
from tests.trust.random_repository import POOL, TOP, Appointment, Delegate, RandomRepository

PATHS = ("a.txt", "b.txt", "ab.txt", "dir/a.txt", "dir/b.bin", "été.txt")
PATTERNS = ("*", "*/*", "*.txt", "?.txt", "a*", "dir/*", "dir/?.txt", "*a.txt", "été.txt", "nothing")
NAMES = ("alpha", "beta", "gamma/delta", "recall")
Change = Callable[[RandomRepository], None]

appointments = st.lists(st.integers(0, POOL - 1), min_size=1, max_size=3, unique=True).flatmap(
    lambda keys: st.builds(Appointment, st.just(tuple(keys)), st.integers(1, len(keys)))
)
some_paths = st.lists(st.sampled_from(PATHS), max_size=3, unique=True).map(tuple)


@st.composite
def delegations(draw: st.DrawFn) -> tuple[Delegate, ...]:
    """A tree: each role is appointed by the targets role or by one that stands before it."""
    names = NAMES[: draw(st.integers(0, len(NAMES)))]
    return tuple(
        Delegate(
            name,
            draw(st.sampled_from(("targets", *names[:index]))),
            draw(appointments),
            tuple(draw(st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=2, unique=True))),
            draw(st.booleans()),
            draw(some_paths),
        )
        for index, name in enumerate(names)
    )


def targets_roles(repository: RandomRepository) -> list[str]:
    return ["targets", *(delegate.name for delegate in repository.delegates)]


def _pick(repository: RandomRepository, number: int) -> str:
    roles = targets_roles(repository)
    return roles[number % len(roles)]


def release(number: int, paths: tuple[str, ...]) -> Change:
    def change(repository: RandomRepository) -> None:
        role = _pick(repository, number)
        repository.list_files(role, paths, f"version {repository.roles[role].version + 1}")
        repository.publish(role)

    return change


def withdraw(number: int, paths: tuple[str, ...]) -> Change:
    def change(repository: RandomRepository) -> None:
        role = _pick(repository, number)
        for path in paths:
            repository.targets_of(role).targets.pop(path, None)
        repository.publish(role)

    return change


def rotate(number: int, appointment: Appointment, *, is_told: bool) -> Change:
    """Other keys for a role; where nobody is told, its delegator still names the old ones."""

    def change(repository: RandomRepository) -> None:
        role = [*TOP, *targets_roles(repository)[1:]][number % (len(TOP) + len(repository.delegates))]
        before = tuple(repository.appointments["root"].signers())
        repository.appointments[role] = appointment
        if role in TOP and is_told:
            repository.publish_root(also=before)
        elif is_told:
            repository.appoint()
        repository.publish(*targets_roles(repository))

    return change


def sign_with_too_few(number: int) -> Change:
    def change(repository: RandomRepository) -> None:
        role = _pick(repository, number)
        whole = repository.appointments[role]
        repository.appointments[role] = Appointment(whole.keys[: whole.threshold - 1], whole.threshold)
        repository.publish(role)
        repository.appointments[role] = whole

    return change


def expire(number: int) -> Change:
    def change(repository: RandomRepository) -> None:
        roles = ["timestamp", "snapshot", *targets_roles(repository)]
        role = roles[number % len(roles)]
        repository.roles[role].expires = NOW - timedelta(days=1)
        repository.publish(*([role] if role in targets_roles(repository) else []))

    return change


def set_back(number: int) -> Change:
    """An older version, well signed, with everything that follows."""

    def change(repository: RandomRepository) -> None:
        roles = ["timestamp", "snapshot", *targets_roles(repository)]
        role = roles[number % len(roles)]
        repository.publish(*([role] if role in targets_roles(repository) else []))
        repository.roles[role].version -= 2 if repository.roles[role].version > 2 else 1
        repository.publish()

    return change


def lose(number: int) -> Change:
    def change(repository: RandomRepository) -> None:
        repository.publish(*targets_roles(repository))
        files = sorted(path for path in repository.metadata.parent.rglob("*") if path.is_file())
        files = [path for path in files if not path.name.endswith("root.json")]
        files[number % len(files)].unlink()

    return change


def edit(number: int, field: str, value: object) -> Change:
    """Unsigned words in a signed file."""

    def change(repository: RandomRepository) -> None:
        roles = ["timestamp", "snapshot", *targets_roles(repository)]
        repository.publish(*targets_roles(repository))
        file = repository.file_of(roles[number % len(roles)])
        document = json.loads(file.read_text("utf-8"))
        document["signed"][field] = value
        file.write_text(json.dumps(document), "utf-8")

    return change


numbers = st.integers(0, 30)
edits = st.sampled_from(
    [
        ("more", 1),
        ("more", "é"),
        ("version", 0),
        ("version", 99),
        ("version", "2"),
        ("expires", "soon"),
        ("_type", "root"),
    ]
)
changes: st.SearchStrategy[Change] = st.one_of(
    st.builds(release, numbers, some_paths),
    st.builds(withdraw, numbers, some_paths),
    st.builds(rotate, numbers, appointments, is_told=st.just(value=True)),
    st.builds(rotate, numbers, appointments, is_told=st.just(value=False)),
    st.builds(sign_with_too_few, numbers),
    st.builds(expire, numbers),
    st.builds(set_back, numbers),
    st.builds(lose, numbers),
    st.builds(lambda number, what: edit(number, *what), numbers, edits),
)
