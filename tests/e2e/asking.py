"""Pages that ask for the camera roll from every corner of a page, and eyes for what the warning says there."""

import json
from html import escape
from typing import Any

from playwright.sync_api import Page

ASK = """
<h2>Allow cloud processing of your camera roll?</h2>
<p>We will upload photos from your camera roll to our cloud on an ongoing basis.</p>
<button id="yes">Allow</button><button id="no" onclick="top.postMessage('declined', '*')">Don’t allow</button>
"""
DIALOG = f'<div role="dialog" id="ask">{ASK}</div>'
HEARS = "<script>onmessage = event => { if (event.data === 'declined') document.title = 'declined' }</script>"
EMPTY = f"<!doctype html><title>page</title>{HEARS}<main>Hello</main>"
RULE = "photo_consent"

_ATTACH = """<!doctype html><main>Hello</main><script>
const inside = (parent, mode) => {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode });
  parent.append(host);
  return root;
};
let root = MAKE;
root.innerHTML = WORDS;
</script>"""


def _attached(make: str) -> str:
    return _ATTACH.replace("MAKE", make).replace("WORDS", json.dumps(DIALOG).replace("</", "<\\/"))


ROOTS = {
    "open": _attached("inside(document.body, 'open')"),
    "closed": _attached("inside(document.body, 'closed')"),
    "nested closed": _attached("inside(inside(document.body, 'closed'), 'closed')"),
    "declarative": f'<!doctype html><main>Hello</main><div><template shadowrootmode="closed">{DIALOG}</template></div>',
}
"""Name of a kind of shadow root → a page with the dialog in one."""

FRAMES = ("top", "same origin", "other origin", "nested", "srcdoc", "about:blank", "blob", "sandbox")


def framed(kind: str, inner: str) -> dict[str, str]:
    """Pages by address, the first one being the top page, with `inner` in such a frame."""
    top, here, there = "https://top.example/", "https://top.example/inner", "https://frame.example/inner"
    if kind == "top":
        return {top: inner + HEARS}
    if kind == "nested":
        between = "https://between.example/"
        return {
            top: f'{EMPTY}<iframe src="{between}"></iframe>',
            between: f'<iframe src="{there}"></iframe>',
            there: inner,
        }
    if kind in {"same origin", "other origin"}:
        address = here if kind == "same origin" else there
        return {top: f'{EMPTY}<iframe src="{address}"></iframe>', address: inner}
    script = json.dumps(inner).replace("</", "<\\/")
    made = {
        "srcdoc": f'<iframe srcdoc="{escape(inner)}"></iframe>',
        "sandbox": f'<iframe sandbox="allow-scripts" srcdoc="{escape(inner)}"></iframe>',
        "blob": f"<iframe id=f></iframe><script>f.src = URL.createObjectURL(new Blob([{script}], "
        "{type: 'text/html'}))</script>",
        "about:blank": f"<iframe id=f></iframe><script>const d = f.contentDocument; d.open(); d.write({script}); "
        "d.close()</script>",
    }
    return {top: EMPTY + made[kind]}


def words_of_warning(page: Page) -> str:
    """All that the warning says, folded or not: its shadow root is closed to scripts, also to ours."""
    session = page.context.new_cdp_session(page)
    document = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
    session.detach()
    return " ".join(_texts(document, is_inside=False))


def _texts(node: dict[str, Any], *, is_inside: bool) -> list[str]:
    is_inside |= node["localName"] == "rollguard-warning"
    own = [node["nodeValue"].strip()] if is_inside and node["nodeName"] == "#text" else []
    below = [*node.get("shadowRoots", []), *node.get("children", [])]
    return own + [text for child in below for text in _texts(child, is_inside=is_inside) if text]
