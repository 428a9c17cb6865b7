"""A text in a template: the page as one of its authors would have written it, with the surroundings it stands in."""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tests.corpus.concealment import aria_name
from tests.corpus.dressing import Place, Wardrobe
from tests.corpus.scripts import RIGHT_TO_LEFT, script_of
from tests.corpus.techniques import BY_NAME

if TYPE_CHECKING:  # cases → pages, and only the types the other way
    from tests.corpus.cases import Case, Text

TEMPLATES = Path(__file__).parent / "templates"
NAMELESS = {"plain", "aria_decoy", "closed_details"}
"""Techniques that leave the text alone: only there may a dialog's name for machines repeat its title."""


@dataclass(frozen=True, slots=True)
class Label:
    """A control's label as dressed, and the name that machines are given, empty where it has none of its own."""

    html: Markup
    aria: str
    text: str


class Names:
    """Class names as build tools make them: another on every page, the same on each rendering of it."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def _code(self, length: int, letters: str = string.ascii_lowercase + string.digits) -> str:
        return "".join(self._random.choices(letters, k=length))

    def atoms(self, count: int = 6) -> str:
        return " ".join("x" + self._code(self._random.choice([6, 7])) for _ in range(count))

    def module(self, name: str) -> str:
        return f"{name}_{self._code(5, string.ascii_letters)}"

    def hashed(self) -> str:
        return f"sc-{self._code(6)} {self._code(5, string.ascii_letters)}"

    def react_id(self) -> str:
        return f"_r_{self._code(2)}_"

    def number(self) -> int:
        return self._random.randint(3, 900)

    def pick(self, *options: Any) -> Any:
        return self._random.choice(options)


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def template_names() -> list[str]:
    return sorted(path.name.removesuffix(".html.j2") for path in TEMPLATES.glob("[a-z]*.html.j2"))


def render_page(
    case: Case, text: Text, quoted: Text | None, surroundings: dict[str, Any], cookie: dict[str, str]
) -> str:
    random = Random(case.seed)  # noqa: S311 - dice for pages, not for keys
    script = script_of(case.language)
    wardrobe = Wardrobe(random, script)
    dress = BY_NAME[case.technique].dress

    def dressed(words: str, part: str) -> Markup:
        return Markup(dress(words, Place(part, wardrobe))) if words else Markup()  # noqa: S704 - dressing escapes

    def label(words: str) -> Label:
        return Label(dressed(words, "label"), aria_name(case.technique, Place("label", wardrobe)), words)

    parts = {
        "title": dressed(text.title, "title"),
        "body": [dressed(paragraph, "text") for paragraph in text.body],
        "accept": label(text.accept),
        "decline": label(text.decline),
        "toggle": label(text.toggle),
    }
    return (
        _environment()
        .get_template(f"{case.template}.html.j2")
        .render(
            lang=case.language,
            dir="rtl" if script in RIGHT_TO_LEFT or script == "arabic" else "ltr",
            name=text.title if case.technique in NAMELESS - {"aria_decoy"} else "",
            home=text.template,
            quoted=quoted,
            around=surroundings,
            cookie=cookie,
            names=Names(random),
            style=Markup("".join(wardrobe.css)),  # noqa: S704 - our own style sheet
            defs=Markup("".join(wardrobe.defs)),  # noqa: S704 - dressing escapes
            **parts,
        )
    )
