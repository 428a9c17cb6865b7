"""Generated HTML: from nearly sound to broken beyond repair."""

from hypothesis import strategies as st

WORDS = st.sampled_from(
    "Allow cloud processing your camera roll photos upload our servers AI faces Don’t allow Not now turn off never "
    "Zulassen Aufnahmen hochladen Permitir nube galería 相机胶卷 上传 允许 คลังภาพ галерея загрузить صورك السماح İZİN "
    "\u200b \u00ad \u2029 \u202e \u202c \u2066 \u2069 cam\u200bera ﬁles ﷺ "
    "🎉 ½ &#xD800; &#0; &#x10FFFF; &nbsp; . ; !".split()
)
ANY_TEXT = st.text(st.characters(codec=None), max_size=40)
"""Every plane, unassigned code points and lone surrogates included."""
TEXT = st.lists(WORDS | ANY_TEXT, max_size=12).map(" ".join)
TAGS = st.sampled_from(
    "div span p h2 a button article main form dialog details summary label input br bdo ruby rt svg text tspan title "
    "use foreignObject math mi template noscript table tr td select option textarea script style iframe frameset "
    "blockquote li b x-y svg:text".split()
)
NAMES = st.sampled_from(
    "role aria-label aria-labelledby aria-hidden aria-modal aria-checked aria-disabled id for href style hidden open "
    "popover inert disabled contenteditable tabindex onclick type value dir name title xmlns checked".split()
)
VALUES = st.sampled_from(
    "dialog alertdialog button switch checkbox link heading article feed true false x y submit checkbox 0 -1 rtl ltr "
    "display:none visibility:hidden # # Allow".split()
)
VALUE = VALUES | TEXT.map(lambda text: text.replace('"', "")) | st.just("x " * 400) | st.just("\x00'>")
ATTRIBUTE = st.builds('{}="{}"'.format, NAMES, VALUE) | NAMES
OPEN = st.builds("<{} {}>".format, TAGS, st.lists(ATTRIBUTE, max_size=3).map(" ".join))
CLOSE = TAGS.map("</{}>".format)
SCRAPS = st.sampled_from(
    '<!-- <!-- x --> <![CDATA[x]]> <?pi?> <!doctype html> <!doctype x < > </ <a/ <div =" &amp &#x; ]]> <body> </html> '
    "<plaintext> <frameset> <title>".split(" ")
)
DIALOG = st.sampled_from(
    ['<div role="dialog">', "<dialog open>", '<main aria-modal="true">', "<form popover>", "<div>"]
)
ASK = "<p>Allow cloud processing of your camera roll? We upload your photos to our servers.</p>"
BUTTONS = "<button>Allow</button><button>Don’t allow</button>"
MARKUP = st.lists(OPEN | CLOSE | TEXT | SCRAPS | st.just(ASK) | st.just(BUTTONS), max_size=30).map("".join)
PAGE = st.builds("{}{}{}".format, MARKUP, DIALOG, MARKUP)
URLS = st.sampled_from(
    [
        "https://www.facebook.com/privacy/consent/x",
        "https://photos.google.com/",
        "https://a.example/",
        "about:blank",
        "",
    ]
) | st.builds("https://{}/{}".format, ANY_TEXT, ANY_TEXT)
