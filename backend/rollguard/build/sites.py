"""Rules → the sites that a build watches. Whole hosts: a page moves through its paths without being loaded again."""

from rollguard.errors import BuildError
from rollguard.rules.model import Bundle

ALL_SITES = "*://*/*"


def match_patterns(bundle: Bundle, *, is_for_all_sites: bool) -> list[str]:
    """Sorted; the same list in manifest and userscript, so that a pushed rule can never widen it.

    Raises:
        BuildError: no rule names a site, or one names them all.
    """
    if is_for_all_sites:
        return [ALL_SITES]
    found: dict[str, str] = {_whole_host(pattern): rule.id for rule in bundle.rules for pattern in rule.match_patterns}
    if ALL_SITES in found:
        place = f"rules/{found[ALL_SITES]}/rule.toml: match_patterns"
        raise BuildError(place, "it asks for every site", "Name its hosts, or build with --all-sites.")
    if not found:
        raise BuildError(
            "backend/rules", "no rule names a site", "Write a rule with match_patterns, or use --all-sites."
        )
    return sorted(found)


def _whole_host(pattern: str) -> str:
    host = pattern.partition("://")[2].partition("/")[0]
    return f"*://{host}/*"
