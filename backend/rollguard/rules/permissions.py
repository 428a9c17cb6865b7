"""Match patterns → what a browser must be asked for: sites too wide to be one, and sites that no installed copy has.

A manifest's match patterns are the hosts of the rules at build time. A pushed rule can never widen them, so a rule for
a new site stays silent in installed copies until a build with it has been installed, and that build asks the person.
"""

from rollguard.rules.model import Bundle

_SHARED = frozenset("ac co com edu go gob gov gv ne net nom or org".split())
"""Second-level names below which strangers register: `*.co.uk` is no site."""


def too_wide(pattern: str) -> str | None:
    """Why a pattern is no site; None where it is one."""
    host = host_of(pattern)
    if host == "*":
        return "it asks for every site"
    labels = host.removeprefix("*.").split(".")
    if host.startswith("*.") and (len(labels) == 1 or (len(labels) == 2 and labels[0] in _SHARED)):
        return f"it asks for every site below .{'.'.join(labels)}"
    return None


def new_permissions(public: Bundle, bundle: Bundle) -> list[str]:
    """A sentence for each match pattern of `bundle` whose host none of `public` has, with the rule that asks for it."""
    had = {host_of(pattern) for rule in public.rules for pattern in rule.match_patterns}
    return [
        f"'{rule.id}' asks for a new permission: {pattern} (silent in installed copies until a build with it)"
        for rule in bundle.rules
        for pattern in rule.match_patterns
        if not any(_holds(host, host_of(pattern)) for host in had)
    ]


def host_of(pattern: str) -> str:
    return pattern.partition("://")[2].partition("/")[0]


def _holds(wide: str, host: str) -> bool:
    """Whether each host that `host` stands for is one of those that `wide` stands for."""
    if wide.startswith("*."):
        bare = host.removeprefix("*.")
        return bare == wide[2:] or bare.endswith(wide[1:])
    return wide in {"*", host}
