"""Direction marks → the order in which the letters are read.

A page can write "wollA" behind a right-to-left override, and everybody reads "Allow".
Twin: `extension/src/content/bidi.ts`. Of the Unicode bidirectional algorithm only the explicit marks are followed: all
else leaves each script's own reading order as it is stored.
"""

import regex

MARKS = regex.compile("[\u202a-\u202e\u2066-\u2069]")
# A letter with all that it carries stays one.
_GRAPHEME = regex.compile(r"(?s).\p{M}*")
_RTL_LETTER = regex.compile(
    r"[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]"
)
_LETTER = regex.compile(r"\p{L}")
_RTL_OVERRIDE = "\u202e"
_OVERRIDES = "\u202d\u202e"
_ISOLATES = "\u2066\u2067\u2068"
_POP_EMBEDDING = "\u202c"
_POP_ISOLATE = "\u2069"
# Deeper than any text; the algorithm itself stops at 125.
_MAX_DEPTH = 60


def in_reading_order(text: str) -> str:
    """`text` as it is read; the marks themselves are gone."""
    if not MARKS.search(text):
        return text
    frames = _Frames()
    for grapheme in _GRAPHEME.findall(text):
        mark = grapheme[0]
        if not MARKS.match(mark):
            frames.read.append((grapheme, _side(grapheme)))
        elif mark == _POP_ISOLATE:
            frames.close_isolate()
        elif mark == _POP_EMBEDDING:
            frames.close_embedding()
        else:
            frames.open(mark)
    return frames.close_all()


_Piece = tuple[str, int]
"""Letters that stay together, and how many more of them are read to the right than to the left."""


class _Frames:
    """What has been read so far, and the marks whose end has not come."""

    def __init__(self) -> None:
        self.read: list[_Piece] = []
        self._opened: list[tuple[str, int]] = []

    def open(self, mark: str) -> None:
        if len(self._opened) < _MAX_DEPTH:
            self._opened.append((mark, len(self.read)))

    def close_isolate(self) -> None:
        """With all embeddings that were opened in it."""
        if any(mark in _ISOLATES for mark, _start in self._opened):
            while not self._is_in_isolate():
                self._close()
            self._close()

    def close_embedding(self) -> None:
        if self._opened and not self._is_in_isolate():
            self._close()

    def close_all(self) -> str:
        while self._opened:
            self._close()
        return "".join(text for text, _side in self.read)

    def _is_in_isolate(self) -> bool:
        return self._opened[-1][0] in _ISOLATES

    def _close(self) -> None:
        mark, start = self._opened.pop()
        self.read[start:] = [_in_frame(self.read[start:], mark)]


def _in_frame(pieces: list[_Piece], mark: str) -> _Piece:
    """The pieces as one. An override turns round the letters that run the other way by themselves."""
    balance = sum(side for _text, side in pieces)
    is_reversed = mark in _OVERRIDES and (balance > 0 if mark == _RTL_OVERRIDE else balance < 0)
    return "".join(text for text, _side in (pieces[::-1] if is_reversed else pieces)), balance


def _side(grapheme: str) -> int:
    """Which way a letter is read: 1 to the right, -1 to the left, 0 as its neighbours."""
    if _RTL_LETTER.search(grapheme):
        return -1
    return 1 if _LETTER.search(grapheme) else 0
