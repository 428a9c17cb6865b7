"""The look: words can be read in both schemes, and everything of ours has the same colours."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = {
    "pages": ROOT / "extension/src/pages/design.css",
    "overlay": ROOT / "extension/src/content/overlay_style.ts",
    "service": ROOT / "backend/rollguard/service/static/rollguard.css",
}
SCHEMES = ("light", "dark")
DARK = "@media (prefers-color-scheme: dark)"
# Words on what lies behind them (WCAG 2.2, 1.4.3), and edges that say where a control is (1.4.11).
WORDS = [
    *((ink, ground) for ink in ("ink", "quiet", "accent") for ground in ("surface", "raised")),
    ("danger", "surface"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("amber-ink", "amber-wash"),
    ("accent", "amber-wash"),
]
EDGES = [("accent", "surface"), ("quiet", "surface"), ("quiet", "raised")]
_COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})\b")


def colours(source: str, scheme: str) -> dict[str, str]:
    """Name → colour; what the dark scheme does not name is as in the light one."""
    light, found, rest = SOURCES[source].read_text("utf-8").partition(DARK)
    assert found, f"{source} has no dark scheme"
    dark = rest.partition("@media")[0]
    return dict(_COLOUR.findall(light)) | (dict(_COLOUR.findall(dark)) if scheme == "dark" else {})


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_can_be_read_and_edges_can_be_seen(scheme: str) -> None:
    found = colours("pages", scheme)
    ratios = {pair: contrast(found[pair[0]], found[pair[1]]) for pair in [*WORDS, *EDGES]}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < (4.5 if pair in WORDS else 3)} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("other", ["overlay", "service"])
def test_overlay_and_service_have_the_colours_of_the_pages(scheme: str, other: str) -> None:
    ours, theirs = colours("pages", scheme), colours(other, scheme)
    shared = ours.keys() & theirs.keys()
    assert len(shared) >= 8
    assert {name: (ours[name], theirs[name]) for name in shared if ours[name] != theirs[name]} == {}
