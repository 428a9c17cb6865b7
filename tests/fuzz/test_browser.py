"""The page's matcher in real Chromium: on trees that no parser makes, on names in the way, on naughty strings."""

from playwright.sync_api import Page

from tests.fuzz.effort import RUNS


def test_no_tree_makes_it_throw_or_change_the_page(fire: Page) -> None:
    for seed in range(-(-RUNS // 1000)):
        failed = fire.evaluate("([runs, seed]) => fuzz.fuzzTrees(runs, seed)", [min(RUNS, 1000) * 5, seed])
        assert failed == ""


def test_no_field_of_a_page_gets_in_its_way(fire: Page) -> None:
    names = fire.evaluate("() => fuzz.IN_THE_WAY")
    shown = {name: fire.evaluate("name => fuzz.judgeClobbered(name)", name) for name in names}
    expected = "facebook_cloud_processing,none facebook_cloud_processing,none"
    assert {name: found for name, found in shown.items() if found != expected} == {}
