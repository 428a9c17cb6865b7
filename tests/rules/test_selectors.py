import pytest

from rollguard.errors import RuleError
from rollguard.rules.selectors import check_selector


@pytest.mark.parametrize(
    "selector",
    [
        '[role="dialog"]',
        'div[role="button"]:not([aria-disabled="true"])',
        "main > section, main:has(h1) ~ p",
        "[aria-label^='Allow' i]",
        ":is(h1, h2):first-child",
        "div:not(.x) > :is(section p)",
    ],
)
def test_accepts_what_both_engines_read_alike(selector: str) -> None:
    check_selector(selector, "rule.toml")


@pytest.mark.parametrize(
    ("selector", "column", "reason"),
    [
        ('div[role="dialog"]:-soup-contains("x")', 18, "does not mean the same"),
        ("div:hover", 3, "does not mean the same"),
        ("dialog:modal", 6, "does not mean the same"),
        ('[a!="b"]', 0, "Soup Sieve reads '!='"),
        ("p::before", 1, "pseudo-element"),
        ("div >", 5, "ends too early"),
        ("a,,b", 2, "a selector is missing"),
        ("[role=dialog]div", 13, "a type must come first"),
        ("div)", 3, "parentheses do not fit"),
        ("", 0, "ends too early"),
        ("div{", 3, "cannot stand here"),
        ("* html", 1, "names no tag"),
        ("main, :not(p) > div", 13, "names no tag"),
        ("div :is(* p)", 9, "names no tag"),
    ],
)
def test_refuses_anything_else_with_a_caret_under_the_column(selector: str, column: int, reason: str) -> None:
    with pytest.raises(RuleError) as refused:
        check_selector(selector, "rules/x/rule.toml: dialog_selector")
    lines = str(refused.value).splitlines()
    assert lines[0] == "rules/x/rule.toml: dialog_selector"
    assert lines[1] == f"    {selector}"
    assert lines[2].startswith("    " + " " * column + "^ ")
    assert reason in lines[2]
