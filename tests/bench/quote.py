"""A block of README between two equal markers, which a bench writes and a test holds to the bench's kept report."""

from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"


def quoted(readme: str, marker: str) -> str:
    """What stands between the README's two markers."""
    return _pieces(readme, marker)[1].strip("\n")


def with_quote(readme: str, marker: str, block: str) -> str:
    """The README with this block between its markers."""
    before, _old, after = _pieces(readme, marker)
    return f"{before}{marker}\n{block}\n{marker}{after}"


def _pieces(readme: str, marker: str) -> list[str]:
    pieces = readme.split(marker)
    if len(pieces) != 3:
        raise ValueError(
            f"README.md: {marker} stands {len(pieces) - 1} times in it. Put it before and after the quote."
        )
    return pieces
