"""Which rules are switched off: the one file of the role `recall`, which can take away and never add."""

import json
import re
from dataclasses import dataclass

from rollguard.errors import TrustError

RECALL_ROLE = "recall"
RECALL_PATH = "recalled.json"
_FORMAT = 1
_RULE_ID = re.compile(r"(?=.{1,60}\Z)[a-z][a-z0-9]*(_[a-z0-9]+)*", re.ASCII)
"""`RuleId` of the rule language, repeated: a name that no rule can have is a mistake."""


@dataclass(frozen=True)
class Recalled:
    """The rules that are off; `is_all`: nothing newer than the rules in the build is used."""

    rules: tuple[str, ...] = ()
    is_all: bool = False

    def to_bytes(self) -> bytes:
        """The bytes that are signed."""
        content = {"format": _FORMAT, "all": self.is_all, "rules": sorted(set(self.rules))}
        return json.dumps(content, separators=(",", ":")).encode() + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> "Recalled":
        """Read what `to_bytes` wrote.

        Raises:
            TrustError: it is something else.
        """
        try:
            content = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise _refusal(f"it is not JSON: {error}") from error
        if not isinstance(content, dict) or content.keys() != {"format", "all", "rules"}:
            raise _refusal("its keys are not exactly format, all and rules")
        is_all, rules = content["all"], content["rules"]
        if content["format"] != _FORMAT or not isinstance(is_all, bool) or not isinstance(rules, list):
            raise _refusal(f"it is not of format {_FORMAT}")
        if not all(isinstance(rule, str) and _RULE_ID.fullmatch(rule) for rule in rules):
            raise _refusal("it names something that is no rule's id")
        if rules != sorted(set(rules)):
            raise _refusal("its rules are not sorted, each once")
        return cls(tuple(rules), is_all)


def _refusal(reason: str) -> TrustError:
    return TrustError(RECALL_PATH, reason, "Sign another with `rollguard rules recall`.")
