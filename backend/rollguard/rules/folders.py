"""What must lie in a rule's folder: its own pages, of both kinds, and nothing that belongs to no rule."""

from pathlib import Path

from rollguard.errors import RuleError
from rollguard.rules.loader import rule_folders

FIXTURE_MAX_BYTES = 20_000
_PREFIXES = {"match_": "a dialog it must show on", "no_match_": "a near miss it must leave alone"}


def check_folders(sources: Path) -> list[RuleError]:
    """Everything that is wrong with the folders, not only the first thing."""
    return [error for folder in rule_folders(sources) for error in _check_folder(folder)]


def _check_folder(folder: Path) -> list[RuleError]:
    place = f"rules/{folder.name}"
    names = sorted(path.name for path in folder.iterdir())
    errors = [
        RuleError(f"{place}/{name}", "it belongs to no rule", "Name it match_… or no_match_….html, or remove it.")
        for name in names
        if name not in {"rule.toml", "texts"} and not _is_fixture(name)
    ]
    errors += [
        RuleError(place, f"there is no {prefix}*.html", f"Save {what}.")
        for prefix, what in _PREFIXES.items()
        if not any(name.startswith(prefix) for name in names)
    ]
    errors += [
        RuleError(f"{place}/{path.name}", f"it is larger than {FIXTURE_MAX_BYTES} bytes", "Keep what matters.")
        for path in sorted(folder.glob("*.html"))
        if path.stat().st_size > FIXTURE_MAX_BYTES
    ]
    return errors


def _is_fixture(name: str) -> bool:
    return name.startswith(tuple(_PREFIXES)) and name.endswith(".html")
