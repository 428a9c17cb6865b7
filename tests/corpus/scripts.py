"""Languages → scripts: which tricks a writing system bears, and how its text comes apart."""

from collections.abc import Callable

import regex

_SCRIPTS = {
    "cyrillic": "ru uk bg sr",
    "greek": "el",
    "arabic": "ar fa ur",
    "hebrew": "he",
    "indic": "hi bn",
    "thai": "th",
    "han": "ja zh-Hans zh-Hant",
    "hangul": "ko",
}
SCRIPT_OF = {language: script for script, spoken in _SCRIPTS.items() for language in spoken.split()}
UNSPACED = {"thai", "han"}
RIGHT_TO_LEFT = {"arabic", "hebrew"}
JOINED = {"arabic", "indic", "thai"}
"""Letters change or lose their shape when something stands between them."""
_CHUNK = 4


def script_of(language: str) -> str:
    return SCRIPT_OF.get(language, "latin")


def graphemes(text: str) -> list[str]:
    return regex.findall(r"\X", text)


def tokens(text: str, script: str) -> list[str]:
    """Words and the spaces between them, in order; where a script writes no spaces, runs of a few signs."""
    if script not in UNSPACED:
        return [token for token in regex.split(r"(\s+)", text) if token]
    signs = graphemes(text)
    return ["".join(signs[at : at + _CHUNK]) for at in range(0, len(signs), _CHUNK)]


def each_word(text: str, script: str, change: Callable[[str], str], between: str = "") -> str:
    """Changes the words and leaves the spaces alone."""
    return between.join(token if token.isspace() else change(token) for token in tokens(text, script))
