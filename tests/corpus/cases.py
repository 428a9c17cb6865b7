"""Texts and index → cases, and a case → its page. Knows nothing of engines: whoever measures loads from here."""

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.corpus.pages import render_page

HERE = Path(__file__).parent
INDEX = HERE / "index.json"
PARTS = {"tuned": HERE, "held_out": HERE / "held_out", "voices": HERE / "voices"}
INDEXED = ("tuned", "held_out")
"""Parts whose pages are drawn once, into the index. `voices` are texts by several authors, each asked once, plainly."""
PLAIN_TEMPLATES = ("headless_ui", "native_dialog", "inline_card", "bottom_sheet", "full_page")
ASK_KEYS = set("id product wording expected title body accept decline toggle url".split())
NEGATIVE_KEYS = set("id kind template quotes title body accept decline url".split())


@dataclass(frozen=True, slots=True)
class Text:
    """What a page says: an ask, or something that only resembles one (`expected` is then "nothing")."""

    part: str
    language: str
    id: str
    product: str
    """The asking product; for a negative, its kind."""
    expected: str
    title: str
    body: tuple[str, ...]
    accept: str
    decline: str
    url: str
    wording: str = ""
    toggle: str = ""
    template: str = ""
    quotes: str = ""
    """The id of the ask that a negative quotes whole."""

    @property
    def is_ask(self) -> bool:
        return self.expected != "nothing"


@dataclass(frozen=True, slots=True)
class Case:
    """One page of the exam: a text in a template by a technique, and what must come of it."""

    id: str
    part: str
    language: str
    text: str
    product: str
    wording: str
    technique: str
    template: str
    expected: str
    accept: str
    decline: str
    url: str
    needs_rendering: bool
    seed: int

    @property
    def is_ask(self) -> bool:
        return self.expected != "nothing"


@dataclass(frozen=True, slots=True)
class Shelf:
    """All texts of one language in one part, and the small words of the pages around them."""

    asks: tuple[Text, ...]
    negatives: tuple[Text, ...]
    surroundings: dict[str, Any]
    cookie: dict[str, str]


def languages(part: str) -> list[str]:
    folder = PARTS[part]
    return sorted(
        {path.stem for path in folder.glob("asks/*.toml")} | {p.stem for p in folder.glob("negatives/*.toml")}
    )


@cache
def shelf(part: str, language: str) -> Shelf:
    """The texts of a language. Surroundings that another part leaves out are the tuned part's, or English."""
    asks = _read(PARTS[part] / "asks" / f"{language}.toml")
    negatives = _read(PARTS[part] / "negatives" / f"{language}.toml")
    shared = shelf("tuned", language) if part != "tuned" else None
    return Shelf(
        asks=tuple(_ask(part, language, entry) for entry in asks.get("ask", [])),
        negatives=tuple(_negative(part, language, entry) for entry in negatives.get("negative", [])),
        surroundings=asks.get("surroundings") or (shared.surroundings if shared else _ENGLISH["surroundings"]),
        cookie=negatives.get("cookie") or (shared.cookie if shared else _ENGLISH["cookie"]),
    )


def load_texts() -> list[Text]:
    return [
        text
        for part in INDEXED
        for language in languages(part)
        for text in (*shelf(part, language).asks, *shelf(part, language).negatives)
    ]


def load_cases(part: str = "all", language: str = "") -> list[Case]:
    """The index, as it is kept; of `voices`, each text once."""
    if part == "voices":
        return [case for name in languages(part) if language in {"", name} for case in _plain_cases(part, name)]
    cases = [Case(**entry) for entry in json.loads(INDEX.read_text("utf-8"))]
    return [case for case in cases if part in {"all", case.part} and language in {"", case.language}]


def _plain_cases(part: str, language: str) -> list[Case]:
    on = shelf(part, language)
    return [
        Case(
            id=f"{language}/{text.id}",
            part=part,
            language=language,
            text=text.id,
            product=text.product,
            wording=text.wording,
            technique="plain",
            template=text.template
            or (PLAIN_TEMPLATES[at % len(PLAIN_TEMPLATES)] if not text.toggle else "settings_toggle"),
            expected=text.expected,
            accept=text.accept or text.toggle,
            decline=text.decline,
            url=text.url,
            needs_rendering=False,
            seed=at,
        )
        for at, text in enumerate((*on.asks, *on.negatives))
    ]


def dump_cases(cases: Iterable[Case]) -> str:
    """One case per line, so that a change shows as the lines that changed."""
    lines = [json.dumps({key: getattr(case, key) for key in case.__slots__}, ensure_ascii=False) for case in cases]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def render(case: Case) -> str:
    """The case's page; the same bytes each time."""
    on = shelf(case.part, case.language)
    text = _find(on.asks if case.is_ask else on.negatives, case.text)
    quoted = _quoted(case, text.quotes) if text.quotes else None
    return render_page(case, text, quoted, on.surroundings, on.cookie)


def _quoted(case: Case, ask: str) -> Text:
    own = shelf(case.part, case.language).asks
    return _find(own, ask) if any(text.id == ask for text in own) else _find(shelf("tuned", case.language).asks, ask)


def _find(texts: Iterable[Text], name: str) -> Text:
    return next(text for text in texts if text.id == name)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


_ENGLISH: dict[str, Any] = {
    "surroundings": _read(HERE / "asks/en.toml")["surroundings"],
    "cookie": _read(HERE / "negatives/en.toml")["cookie"],
}


def _ask(part: str, language: str, entry: dict[str, Any]) -> Text:
    _check(part, language, entry, ASK_KEYS, optional={"toggle"})
    return Text(part=part, language=language, **{**entry, "body": tuple(entry["body"])})


def _negative(part: str, language: str, entry: dict[str, Any]) -> Text:
    _check(part, language, entry, NEGATIVE_KEYS, optional={"quotes"})
    known = {key: value for key, value in entry.items() if key != "kind"}
    known |= {"product": entry["kind"], "expected": "nothing", "body": tuple(entry["body"])}
    return Text(part=part, language=language, **known)


def _check(part: str, language: str, entry: dict[str, Any], keys: set[str], optional: set[str]) -> None:
    """A misspelt key would silently weaken the exam."""
    odd = (set(entry) - keys) | (keys - optional - set(entry))
    if odd:
        raise ValueError(f"{part}/{language}: {entry.get('id')}: unknown or missing: {', '.join(sorted(odd))}")
