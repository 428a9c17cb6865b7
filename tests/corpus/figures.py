"""Answers → figures: how many asks were seen, what was warned of for nothing, whether the buttons are right."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from rollguard.rules.words import cut_words
from tests.corpus.cases import Case
from tests.corpus.engines import Answer

Judged = tuple[Case, Answer]


@dataclass(frozen=True, slots=True)
class Share:
    right: int
    of: int

    @property
    def percent(self) -> float:
        return 100 * self.right / self.of if self.of else 100.0

    def __str__(self) -> str:
        return f"{self.percent:5.1f} %  {self.right}/{self.of}"


@dataclass(frozen=True, slots=True)
class Figures:
    """Recall counts an ask as seen when it is shown with the severity that is due."""

    recall_plain: Share
    """Asks in a product's own words, without tricks."""
    recall_hard: Share
    """Paraphrased or obfuscated asks."""
    recall_by_language: dict[str, Share]
    recall_by_technique: dict[str, Share]
    recall_by_template: dict[str, Share]
    recall_by_product: dict[str, Share]
    seen: Share
    """Asks that are shown at all, be it with the other severity."""
    controls: Share
    """Of the asks that were seen: accept and decline are the ones that the text has."""
    negatives: int
    false_warnings: tuple[str, ...]
    """Negatives on which anything is shown."""

    @property
    def recall(self) -> Share:
        parts = self.recall_by_language.values()
        return Share(sum(part.right for part in parts), sum(part.of for part in parts))

    def without_names(self) -> "Figures":
        """For what is held out: a case that is named as wrong is no longer held out."""
        return replace(self, false_warnings=("unnamed",) * len(self.false_warnings))

    def to_json(self) -> dict[str, Any]:
        def plain(value: Any) -> Any:
            if isinstance(value, Share):
                return {"percent": round(value.percent, 2), "right": value.right, "of": value.of}
            return {key: plain(part) for key, part in value.items()} if isinstance(value, dict) else value

        figures = {key: plain(getattr(self, key)) for key in self.__slots__}
        return {"recall": plain(self.recall), **figures, "false_warnings": list(self.false_warnings)}


def is_right(case: Case, answer: Answer) -> bool:
    severity = answer.shown["severity"] if answer.shown else "nothing"
    return bool(severity == case.expected)


def controls_are_right(case: Case, answer: Answer) -> bool:
    shown = answer.shown or {}
    return _words(shown.get("accept")) == cut(case.accept) and _words(shown.get("decline")) == cut(case.decline)


def _words(control: dict[str, Any] | None) -> list[str]:
    return cut(control["label"]) if control else []


def cut(label: str) -> list[str]:
    """A label as the engine reads it: the same letters in disguise are the same label."""
    return ["".join(word.norm for word in cut_words(label))] if label else []


def measure(judged: Iterable[Judged]) -> Figures:
    judged = list(judged)
    asks = [(case, answer) for case, answer in judged if case.is_ask]
    seen = [(case, answer) for case, answer in asks if answer.shown]
    plain = [(case, answer) for case, answer in asks if case.technique == "plain" and case.wording != "paraphrase"]
    hard = [(case, answer) for case, answer in asks if case.technique != "plain" or case.wording == "paraphrase"]
    negatives = [(case, answer) for case, answer in judged if not case.is_ask]
    return Figures(
        recall_plain=_share(plain, is_right),
        recall_hard=_share(hard, is_right),
        recall_by_language=_by(asks, lambda case: case.language),
        recall_by_technique=_by(asks, lambda case: case.technique),
        recall_by_template=_by(asks, lambda case: case.template),
        recall_by_product=_by(asks, lambda case: case.product),
        seen=Share(len(seen), len(asks)),
        controls=_share(seen, controls_are_right),
        negatives=len(negatives),
        false_warnings=tuple(case.id for case, answer in negatives if answer.shown),
    )


def _share(judged: list[Judged], right: Callable[[Case, Answer], bool]) -> Share:
    return Share(sum(right(case, answer) for case, answer in judged), len(judged))


def _by(judged: list[Judged], key: Callable[[Case], str]) -> dict[str, Share]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for case, answer in judged:
        groups[key(case)].append((case, answer))
    return {name: _share(group, is_right) for name, group in sorted(groups.items())}
