"""Text → markup with decoys: words and letters that stand there and that nobody sees."""

import html

from tests.corpus.dressing import Dress, Place
from tests.corpus.scripts import JOINED, graphemes

DECOYS = ("cookies", "newsletter", "cookie policy", "notifications", "turn off", "advertising partners", "qx", "zv")
"""What would turn the meaning if it could be read."""


def hidden_by(rule: str, *, leaves_room: bool = False) -> Dress:
    """Words nobody sees behind the words; and inside them, unless the decoy leaves a gap there, letters nobody sees."""

    def dress(text: str, place: Place) -> str:
        if place.part == "label":
            return html.escape(text)  # a button is read as a whole; its decoys are `aria_decoy`
        name = place.wardrobe.style(rule)

        def decoy(words: str) -> str:
            return f'<span class="{name}">{words}</span>'

        def spoil(word: str) -> str:
            signs = graphemes(word)
            kept = html.escape(word)
            if not leaves_room and place.often(0.25) and len(signs) > 3 and place.wardrobe.script not in JOINED:
                half = len(signs) // 2
                kept = html.escape("".join(signs[:half])) + decoy("qj") + html.escape("".join(signs[half:]))
            return kept + (decoy(place.random.choice(DECOYS)) if place.often(0.2) else "")

        return place.words(text, spoil)

    return dress


def decoy_letters(text: str, place: Place) -> str:
    """Letters that stand three lines below their word, which shows one line only."""
    word_name = place.wardrobe.style("display:inline-block;position:relative;overflow:hidden;height:1.3em")
    away = place.wardrobe.style("position:absolute;top:3em")

    def spoil(word: str) -> str:
        letters = "".join(
            f"<span>{html.escape(sign)}</span>"
            + (f'<span class="{away}">{place.random.choice("SPqzwkx")}</span>' if place.often(0.5) else "")
            for sign in graphemes(word)
        )
        return f'<span class="{word_name}">{letters}</span>'

    return place.words(text, spoil)


def closed_details(text: str, place: Place) -> str:
    kept = html.escape(text)
    if place.part != "text":
        return kept
    return f"{kept}<details><summary>ⓘ</summary><span>{' '.join(place.random.sample(DECOYS, 4))}</span></details>"


def aria_decoy(text: str, place: Place) -> str:
    """The buttons' names for machines are another matter: `pages` asks `aria_name`. The title carries one too."""
    kept = html.escape(text)
    return f'<span role="text" aria-label="Menu">{kept}</span>' if place.part == "title" else kept


def aria_name(technique: str, place: Place) -> str:
    return (
        place.random.choice(("Close", "Menu", "More", "Learn more", "Cookie settings"))
        if technique == "aria_decoy"
        else ""
    )
