"""Texts → the index: which text is shown in which template by which technique, evenly and the same each time."""

import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

from tests.corpus.cases import Case, Text, load_texts
from tests.corpus.scripts import script_of
from tests.corpus.techniques import BY_NAME, TECHNIQUES

SHADOWS = ("shadow_open", "shadow_closed", "shadow_nested")
FRAMED = ("iframe_srcdoc",)
ANYWHERE = (
    *("bootstrap_modal", "bottom_sheet", "headless_ui", "native_dialog", "full_page", "popover", "inline_card"),
    *(*SHADOWS, *FRAMED),
)
TEMPLATES_OF = {
    "facebook": ("facebook_dialog", "facebook_consent_page", "facebook_dialog", "bottom_sheet"),
    "google": ("google_card", "google_card", "inline_card", "native_dialog"),
    "microsoft": ("fluent_panel", "fluent_panel", "headless_ui", "iframe_srcdoc"),
    "ente": ("headless_ui", "native_dialog", "fluent_panel", "shadow_closed"),
}
CONSENT_PAGE = "https://www.facebook.com/privacy/consent/?flow=camera_roll_cloud&source=feed_prompt"
RENDERED_TEMPLATES = {*SHADOWS, *FRAMED, "hidden_ask", "hidden_step"}
"""Markup alone does not tell what these show."""

PAGE_SHAPES = {
    "article": ("article", "article_with_cookie_dialog", "feed_post"),
    "article_with_cookie_dialog": ("article_with_cookie_dialog", "article", "help_page"),
    "help_page": ("help_page", "article_with_cookie_dialog", "article"),
    "feed_post": ("feed_post", "comment_thread", "article_with_cookie_dialog"),
    "comment_thread": ("comment_thread", "feed_post", "article"),
    "code_docs": ("code_docs", "help_page", "article_with_cookie_dialog"),
    "landing_page": ("landing_page", "feed_post", "article_with_cookie_dialog"),
    "settings_toggle": ("settings_toggle", "inline_card", "full_page"),
    "hidden_ask": ("hidden_ask", "hidden_step"),
}
DIALOG_SHAPES = (
    *("headless_ui", "bottom_sheet", "facebook_dialog", "bootstrap_modal", "native_dialog", "fluent_panel"),
    *("popover", "shadow_open", "google_card", "full_page", "inline_card", "iframe_srcdoc", "shadow_closed"),
)
SHAPES = {"en": 3, "de": 3}
FEWEST_SHAPES = 2
SHAPES_HELD_OUT = 1


def build_index() -> list[Case]:
    """Every case, asks before negatives, in the order of parts, languages and texts."""
    texts = load_texts()
    asks, negatives = [text for text in texts if text.is_ask], [text for text in texts if not text.is_ask]
    return [*_plain(asks), *_dressed(asks), *_negatives(negatives)]


def _plain(asks: Sequence[Text]) -> Iterator[Case]:
    for at, ask in enumerate(asks):
        choices = _templates(ask)
        yield _case(ask, choices[at % len(choices)], "plain")


def _dressed(asks: Sequence[Text]) -> Iterator[Case]:
    """Two of three asks once more, by the technique and in the template that were used least: even shares, no dice."""
    tricks = [technique for technique in TECHNIQUES if technique.name != "plain"]
    used: Counter[str] = Counter()
    worn: Counter[tuple[str, str]] = Counter()
    for at, ask in enumerate(asks):
        if at % 3 == 2:
            continue
        fitting = [trick.name for trick in tricks if trick.fits(script_of(ask.language)) and _may_wear(ask, trick.name)]
        trick = min(_rotated(fitting, at), key=lambda name: used[name])
        template = min(_rotated(_templates(ask), at), key=lambda name: worn[trick, name])
        used[trick] += 1
        worn[trick, template] += 1
        yield _case(ask, template, trick)


def _rotated(names: Sequence[str], by: int) -> list[str]:
    """Among equals the first one wins: each time another one stands first."""
    start = by % len(names)
    return [*names[start:], *names[:start]]


def _may_wear(ask: Text, technique: str) -> bool:
    """A switch has no label of its own to be drawn by a style sheet."""
    return not (technique == "css_label" and ask.toggle and not ask.accept)


def _negatives(negatives: Sequence[Text]) -> Iterator[Case]:
    for at, negative in enumerate(negatives):
        others = [shape for shape in DIALOG_SHAPES if shape != negative.template]
        shapes = PAGE_SHAPES.get(negative.template) or (
            negative.template,
            others[at % len(others)],
            others[(at + 5) % len(others)],
        )
        wanted = SHAPES.get(negative.language, FEWEST_SHAPES) if negative.part == "tuned" else SHAPES_HELD_OUT
        for shape in dict.fromkeys(shapes[:wanted]):
            yield _case(negative, shape, "plain")


def _templates(ask: Text) -> tuple[str, ...]:
    if ask.toggle and not ask.accept:
        return ("settings_toggle",)
    return TEMPLATES_OF.get(ask.product, ANYWHERE)


def _case(text: Text, template: str, technique: str) -> Case:
    prefix = "" if text.part == "tuned" else f"{text.part}/"
    name = f"{prefix}{text.language}/{text.id}/{template}/{technique}"
    return Case(
        id=name,
        part=text.part,
        language=text.language,
        text=text.id,
        product=text.product,
        wording=text.wording,
        technique=technique,
        template=template,
        expected=text.expected,
        accept=text.toggle if template == "settings_toggle" and text.toggle else text.accept,
        decline="" if template == "settings_toggle" else text.decline,
        url=CONSENT_PAGE if template == "facebook_consent_page" else text.url,
        needs_rendering=BY_NAME[technique].needs_rendering or template in RENDERED_TEMPLATES,
        seed=zlib.crc32(name.encode()),
    )
