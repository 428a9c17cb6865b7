"""What is dear to make is made once: a service checks nearly the same lexicons and pages at every push."""

from pathlib import Path

from rollguard.rules.checker import check_bundle
from rollguard.rules.compiler import compile_bundle
from rollguard.rules.languages import Indexes
from rollguard.rules.loader import load_bundle
from rollguard.rules.slots import parse_entry
from tests.rules.good_rule import write_sources


def test_a_second_check_of_the_same_words_reads_none_of_them_again(tmp_path: Path) -> None:
    write_sources(tmp_path)
    compiled = compile_bundle(load_bundle(tmp_path))
    assert check_bundle(compiled, tmp_path) == []
    before = parse_entry.cache_info()
    assert check_bundle(compiled, tmp_path) == []
    after = parse_entry.cache_info()
    assert after.misses == before.misses
    assert after.hits > before.hits


def test_all_shipped_words_are_kept_at_once() -> None:
    kept = parse_entry.cache_info().maxsize
    entries = {(slot, phrase) for one in load_bundle().lexicons for slot in one.slots for phrase in one.slots[slot]}
    assert kept is not None
    assert len(entries) < kept


def test_sites_with_the_same_wants_share_gate_and_index() -> None:
    indexes = Indexes(load_bundle().lexicons[:2])
    language = load_bundle().lexicons[0].language
    wants = [frozenset(slots) for slots in (("cloud", "ai"), ("ai", "cloud"), ("ai",))]
    assert indexes.gate(wants[0]) is indexes.gate(wants[1]) is not indexes.gate(wants[2])
    assert indexes.of(language, wants[0]) is indexes.of(language, wants[1]) is not indexes.of(language)
