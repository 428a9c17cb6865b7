"""Small rules as bytes: what is signed in the attacks."""

from pathlib import Path
from tempfile import TemporaryDirectory

from rollguard.rules.compiler import Compiled, compile_bundle
from rollguard.rules.loader import load_bundle
from rollguard.rules.model import Bundle
from tests.rules.good_rule import write_sources


def _good() -> Bundle:
    with TemporaryDirectory() as folder:
        return load_bundle(write_sources(Path(folder)))


_GOOD = _good()


def bundle_with(*ids: str) -> Compiled:
    """A rule for each id, all for the same site, for everybody."""
    rule = _GOOD.rules[0].model_copy(update={"rollout": None})
    rules = tuple(rule.model_copy(update={"id": rule_id}) for rule_id in ids)
    texts = tuple(text.model_copy(update={"rule": rule_id}) for rule_id in ids for text in _GOOD.texts)
    return compile_bundle(Bundle(rules=rules, lexicons=_GOOD.lexicons, texts=texts))


FIRST = bundle_with("acme")
"""Baked into the build."""
SECOND = bundle_with("acme", "acme_two")
"""The last good rules."""
THIRD = bundle_with("acme", "acme_two", "zeta")
"""What honest maintainers would have published next."""
EVIL = bundle_with("evil")
