"""The presentation tricks by name: what each does to a text, which scripts bear it, and whether markup alone tells."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.corpus import concealment, dressing
from tests.corpus.dressing import Dress
from tests.corpus.scripts import JOINED, RIGHT_TO_LEFT


@dataclass(frozen=True, slots=True)
class Technique:
    name: str
    dress: Dress
    needs_rendering: bool
    """Whether only the layout tells what is read: the Python engine has none."""
    fits: Callable[[str], bool]
    """Whether a script bears it."""


def _any(_script: str) -> bool:
    return True


def _latin(script: str) -> bool:
    return script == "latin"


def _unjoined(script: str) -> bool:
    return script not in JOINED and script not in RIGHT_TO_LEFT


_HIDING = {
    "decoy_display_none": "display:none",
    "decoy_opacity": "opacity:0;position:absolute",
    "decoy_font_size": "font-size:0",
    "decoy_off_screen": "position:absolute;left:-9999px",
    "decoy_clip_path": "position:absolute;clip-path:inset(50%)",
    "decoy_same_colour": "color:#fff",
    "decoy_content_visibility": "content-visibility:hidden;display:inline-block;width:0;height:0",
}
_LEAVES_ROOM = {"decoy_same_colour", "decoy_content_visibility"}
"""These decoys part what stands around them, be it by a gap or by the end of a line."""

TECHNIQUES = (
    Technique("plain", dressing.plain, needs_rendering=False, fits=_any),
    Technique("letters_in_spans", dressing.letters_in_spans, needs_rendering=False, fits=_any),
    Technique("zero_width", dressing.zero_width, needs_rendering=False, fits=_any),
    Technique("soft_hyphen", dressing.between("\u00ad", 0.4), needs_rendering=False, fits=_any),
    Technique(
        "homoglyphs", dressing.homoglyphs, needs_rendering=False, fits=lambda script: script in dressing.LOOK_ALIKES
    ),
    Technique("mathematical", dressing.mathematical, needs_rendering=False, fits=_latin),
    Technique("fullwidth", dressing.fullwidth, needs_rendering=False, fits=_latin),
    Technique("wbr", dressing.between("<wbr>", 0.3), needs_rendering=False, fits=_any),
    Technique("ruby", dressing.ruby, needs_rendering=False, fits=lambda script: script == "han"),
    Technique("rtl_override", dressing.rtl_override, needs_rendering=False, fits=_unjoined),
    Technique("aria_decoy", concealment.aria_decoy, needs_rendering=False, fits=_any),
    Technique("decoy_letters", concealment.decoy_letters, needs_rendering=True, fits=_unjoined),
    *(
        Technique(name, concealment.hidden_by(rule, leaves_room=name in _LEAVES_ROOM), needs_rendering=True, fits=_any)
        for name, rule in _HIDING.items()
    ),
    Technique("closed_details", concealment.closed_details, needs_rendering=True, fits=_any),
    Technique("before_content", dressing.before_content, needs_rendering=True, fits=_any),
    Technique("after_continuation", dressing.after_continuation, needs_rendering=True, fits=_unjoined),
    Technique("order_shuffle", dressing.order_shuffle, needs_rendering=True, fits=_unjoined),
    Technique("svg_use", dressing.svg_use, needs_rendering=True, fits=_any),
    Technique("css_label", dressing.css_label, needs_rendering=True, fits=_any),
    Technique("bidi_css", dressing.bidi_css, needs_rendering=True, fits=_unjoined),
    Technique("mirrored", dressing.mirrored, needs_rendering=True, fits=_unjoined),
)
BY_NAME = {technique.name: technique for technique in TECHNIQUES}
