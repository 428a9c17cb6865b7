"""Which rules are switched off: the one file of the role `recall`, which can take away and never add."""

import json
import re
from collections.abc import Collection, Iterable
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


def change_recalled(
    recalled: Recalled, rules: Iterable[str], known: Collection[str], *, is_undone: bool = False, is_all: bool = False
) -> Recalled:
    """What is off after `rules` were switched off, or on again.

    Raises:
        TrustError: nobody has such a rule, or it is not off.
    """
    names = set(rules)
    if strangers := names - set(recalled.rules if is_undone else known):
        reason = "it is not switched off" if is_undone else "no published rule is called so"
        there = ", ".join(sorted(recalled.rules if is_undone else known)) or "none"
        raise TrustError(f"rule {min(strangers)}", reason, f"There are: {there}.")
    if is_undone:
        left = tuple(sorted(set(recalled.rules) - names))
        return Recalled(left, is_all=recalled.is_all and not is_all)
    return Recalled(tuple(sorted({*recalled.rules, *names})), is_all=recalled.is_all or is_all)


def describe_recalled(old: Recalled, new: Recalled) -> list[str]:
    """What a maintainer agrees to by signing, in words."""
    lines = [f"off: {rule}" for rule in new.rules if rule not in old.rules]
    lines += [f"on again: {rule}" for rule in old.rules if rule not in new.rules]
    if old.is_all != new.is_all:
        what = "everything newer than the rules in each build"
        lines.append(f"off: {what}" if new.is_all else f"on again: {what}")
    return lines or ["Nothing changes: what is off stays off, signed anew."]


def _refusal(reason: str) -> TrustError:
    return TrustError(RECALL_PATH, reason, "Sign another with `rollguard rules recall`.")
