"""Pages that say something to the eye and something else to a program, from the files beside this one."""

import re
from pathlib import Path
from typing import NamedTuple

_PAGE = re.compile(r"^<!-- (?P<name>.+?) => (?P<text>.+?) -->\n(?P<html>.+?)\n(?=\n|\Z)", re.MULTILINE | re.DOTALL)


class Trick(NamedTuple):
    name: str
    text: str
    """What the person reads in the element `it`; blocks are parted by strokes."""
    html: str


def _tricks(name: str) -> list[Trick]:
    pages = Path(__file__).with_name(f"{name}.html").read_text("utf-8")
    return [Trick(found["name"], found["text"], found["html"]) for found in _PAGE.finditer(pages)]


SPREAD = _tricks("letters_spread")
HIDDEN = _tricks("words_hidden")
