import json

import pytest

from rollguard.errors import PublishError, TrustError
from rollguard.trust.recalled import Recalled, change_recalled, describe_recalled
from rollguard.trust.release import Release

RELEASE = Release(b"t", b"s", b"r", {"rules.jsonl": b"rules", "recalled.json": b"off"}, (b"2", b"3"))


def test_what_is_recalled_is_kept_to_the_byte() -> None:
    recalled = Recalled(("acme", "other_two"), is_all=True)
    assert json.loads(recalled.to_bytes()) == {"format": 1, "all": True, "rules": ["acme", "other_two"]}
    assert Recalled.from_bytes(recalled.to_bytes()) == recalled


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b'{"format":2,"all":false,"rules":[]}',
        b'{"format":1,"all":0,"rules":[]}',
        b'{"format":1,"all":false,"rules":["b","a"]}',
        b'{"format":1,"all":false,"rules":["a","a"]}',
        b'{"format":1,"all":false,"rules":["No Id"]}',
        b'{"format":1,"all":false,"rules":[1]}',
        b'{"format":1,"all":false,"rules":[],"add":["x"]}',
    ],
)
def test_what_could_mean_anything_else_is_refused(text: bytes) -> None:
    with pytest.raises(TrustError, match=r"recalled\.json"):
        Recalled.from_bytes(text)


def test_rules_go_off_and_on_again_and_the_words_say_so() -> None:
    off = change_recalled(Recalled(), ["b", "a"], {"a", "b"})
    assert off == Recalled(("a", "b"))
    assert describe_recalled(Recalled(), off) == ["off: a", "off: b"]
    on = change_recalled(off, ["a"], set(), is_undone=True)
    assert on == Recalled(("b",))
    assert describe_recalled(off, on) == ["on again: a"]
    every = change_recalled(on, [], set(), is_all=True)
    assert every == Recalled(("b",), is_all=True)
    assert describe_recalled(on, every) == ["off: everything newer than the rules in each build"]
    assert change_recalled(every, [], set(), is_undone=True, is_all=True) == Recalled(("b",))
    assert describe_recalled(on, on) == ["Nothing changes: what is off stays off, signed anew."]


def test_a_slip_of_the_keyboard_is_told() -> None:
    with pytest.raises(TrustError, match=r"rule acmee\n.*no published rule is called so\n.*acme"):
        change_recalled(Recalled(), ["acmee"], {"acme"})
    with pytest.raises(TrustError, match="it is not switched off"):
        change_recalled(Recalled(), ["acme"], {"acme"}, is_undone=True)


def test_a_release_travels_to_the_byte() -> None:
    assert Release.from_json(RELEASE.to_json()) == RELEASE


def test_what_is_public_already_need_not_travel() -> None:
    public = Release(b"", b"", b"", {"rules.jsonl": b"rules", "recalled.json": b"none"})
    light = RELEASE.without(public)
    assert light.files == {"recalled.json": b"off"}
    assert light.completed_from(public) == RELEASE


@pytest.mark.parametrize("change", [{"roots": {}}, {"roots": [1]}, {"recall": None}, {"files": []}, {"more": 1}])
def test_a_body_that_is_something_else_is_refused(change: dict[str, object]) -> None:
    body = {**json.loads(RELEASE.to_json()), **change}
    with pytest.raises(PublishError, match="the pushed body"):
        Release.from_json(json.dumps(body).encode())
