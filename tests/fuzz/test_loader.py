"""Spoilt files of a maintainer, and spoilt bundles: refused with a RuleError, or good enough to judge with."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rollguard.errors import RuleError
from rollguard.rules.compiler import TARGET_PATH, compile_bundle, parse_bundle
from rollguard.rules.lint import lint
from rollguard.rules.loader import SOURCES, load_lexicons, load_rule, load_slots, load_texts, rule_folders
from rollguard.rules.matcher import Matcher
from rollguard.rules.model import Bundle
from rollguard.rules.pages import parse_html
from tests.fuzz.effort import MANY
from tests.fuzz.markup import ASK, BUTTONS
from tests.fuzz.mutations import DEEP, mutated

RULES = [(folder / "rule.toml").read_bytes() for folder in rule_folders()]
TEXTS = [path.read_bytes() for folder in rule_folders() for path in sorted((folder / "texts").glob("*.toml"))]
LEXICONS = [path.read_bytes()[:4000] for path in sorted((SOURCES / "lexicon").glob("??.toml"))]
SLOTS = (SOURCES / "lexicon" / "slots.toml").read_bytes()
NAMES = st.sampled_from(["en", "pt-BR", "xx_YY", "", "a b", "é", "slots"])
PAGE = f"<div role=dialog>{ASK}{BUTTONS}</div>"


def written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def use(bundle: Bundle) -> None:
    """What comes after loading: the linter names what is wrong, and what it lets pass can judge a page."""
    if not lint(bundle, load_slots()):
        Matcher(bundle).judge_page(parse_html(PAGE), "https://www.facebook.com/")
        parse_bundle(compile_bundle(bundle))


@MANY
@given(data=mutated(RULES))
@example(data=DEEP[0])
@example(data=DEEP[1])
@example(data=DEEP[2])
@example(data=DEEP[3])
def test_a_spoilt_rule_is_refused_by_name_or_is_a_rule(
    data: bytes, bundle: Bundle, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = written(tmp_path_factory.mktemp("rule") / "photo_consent" / "rule.toml", data).parent
    with contextlib.suppress(RuleError):
        use(Bundle(rules=(load_rule(folder),), lexicons=bundle.lexicons[:3], texts=()))


@MANY
@given(data=mutated(TEXTS), name=NAMES)
def test_a_spoilt_text_is_refused_by_name_or_is_a_text(
    data: bytes, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("text") / "photo_consent"
    written(folder / "texts" / f"{name}.toml", data)
    with contextlib.suppress(RuleError):
        load_texts(folder)


@MANY
@given(data=mutated(LEXICONS), name=NAMES)
def test_a_spoilt_lexicon_is_refused_by_name_or_is_a_lexicon(
    data: bytes, name: str, bundle: Bundle, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = written(tmp_path_factory.mktemp("lexicon") / f"{name}.toml", data).parent
    with contextlib.suppress(RuleError):
        use(bundle.model_copy(update={"lexicons": load_lexicons(folder)}))


@MANY
@given(data=mutated([SLOTS]))
def test_a_spoilt_list_of_slots_is_refused_by_name_or_is_one(
    data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sources = tmp_path_factory.mktemp("slots")
    written(sources / "lexicon" / "slots.toml", data)
    with contextlib.suppress(RuleError):
        load_slots(sources)


def test_a_folder_where_a_file_should_be_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "photo_consent" / "rule.toml").mkdir(parents=True)
    with pytest.raises(RuleError, match=r"rule\.toml"):
        load_rule(tmp_path / "photo_consent")


HEADER, *LINES = compile_bundle(
    Bundle(rules=tuple(load_rule(folder) for folder in rule_folders()), lexicons=(), texts=())
)[TARGET_PATH].splitlines(keepends=True)
WORDS = b'{"kind":"lexicon","language":"en","slots":{"ai":"ai|learn* \xe2\x80\xa6 you"},"starts":{"ai":"ai learn*"}}\n'
BUNDLES = [HEADER, *(HEADER + line for line in LINES), HEADER + WORDS]


@MANY
@given(data=mutated(BUNDLES))
@example(data=HEADER + b"[" * 100_000 + b"\n")
@example(data=HEADER + b'{"kind":' * 100_000 + b"\n")
@example(data=HEADER + b'{"kind":"lexicon","language":"en","slots":{"ai":"\\ud800"},"starts":{}}\n')
@example(data=HEADER + b'{"kind":"lexicon","language":"en","slots":{"\\ud800":"a"},"starts":{}}\n')
@example(data=HEADER + b"9" * 10_000 + b"\n")
@example(data=HEADER + b"null\n")
@example(data=HEADER + b'{"kind":"lexicon","language":"en","slots":{"ai":""},"starts":{}}\n')
@example(data=HEADER + b'{"kind":"lexicon","language":"en","slots":{"ai":"a||b"},"starts":{}}\n')
def test_a_spoilt_bundle_is_refused_by_name_or_is_a_bundle(data: bytes) -> None:
    with contextlib.suppress(RuleError):
        use(parse_bundle({TARGET_PATH: data}))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@MANY
@given(line=st.sampled_from(LINES), place=st.integers(0, 200), value=JSON)
def test_a_rule_with_one_value_of_another_shape_is_refused_by_name_or_is_a_rule(
    line: bytes, place: int, value: object
) -> None:
    record = json.loads(line)
    owner, key = list(_places(record))[place % len(list(_places(record)))]
    owner[key] = value
    with contextlib.suppress(RuleError):
        use(parse_bundle({TARGET_PATH: HEADER + json.dumps(record).encode() + b"\n"}))


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Everything that can be replaced in a record: its owner, and where it stands there."""
    inner = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
    found = [(value, key) for key, _item in inner]
    return [*found, *(place for _key, item in inner for place in _places(item))]
