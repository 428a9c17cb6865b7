"""Pages with a consent dialog in real Chromium, and eyes and hands that reach into a closed shadow root."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from rollguard.build.bundler import bundle
from tests.ui.options_stage import OptionsStage
from tests.ui.warnings import tables, warning

HOST = "rollguard-warning"
ARMED_AFTER_MS = 550

DIALOG = """
<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>
<style>
  #dialog { position: fixed; inset: 150px auto auto 400px; width: 548px; height: 320px; margin: 0; background: #fff; }
  @media (max-width: 560px) { #dialog { inset: auto 0 0 0; width: auto; } }
</style>
<p id="story">A story.</p><input id="name" aria-label="Name">
<TAG id="dialog" role="dialog"><h2>Allow cloud processing?</h2><p>From your camera roll.</p>
<button id="no">Don't allow</button><button id="yes">Allow</button></TAG>
"""


@pytest.fixture(scope="session")
def harness(tmp_path_factory: pytest.TempPathFactory) -> str:
    return bundle("tests/ui/harness.ts", tmp_path_factory.mktemp("ui"))


@pytest.fixture(scope="session")
def popup_harness(tmp_path_factory: pytest.TempPathFactory) -> str:
    return bundle("tests/ui/popup_harness.ts", tmp_path_factory.mktemp("ui"))


class Stage:
    """One page with a dialog on it, and the overlay when a test shows it."""

    def __init__(self, page: Page, harness: str) -> None:
        self.page = page
        self._harness = harness
        self._cdp: CDPSession = page.context.new_cdp_session(page)

    def open(self, *, tag: str = "div", head: str = "") -> None:
        self.page.set_content(DIALOG.replace("TAG", tag).replace("<style>", f"{head}<style>", 1))
        self.page.evaluate(self._harness)

    def show(
        self,
        *,
        language: str = "en",
        dialog: str = "#dialog",
        direction: str | None = None,
        settings: dict[str, Any] | None = None,
        **changes: Any,
    ) -> None:
        setting = {"warning": warning(**changes), "tables": tables(), "language": language, "dialog": dialog}
        setting |= {"settings": settings or {}} | ({"direction": direction} if direction else {})
        self.page.evaluate("setting => harness.show(setting)", setting)

    def arm(self) -> None:
        """Until a press counts: the time is what is tested here, so it is waited for."""
        self.page.wait_for_timeout(ARMED_AFTER_MS)

    def show_armed(self, **changes: Any) -> None:
        self.show(**changes)
        self.arm()

    @property
    def acts(self) -> list[str]:
        return (self.page.evaluate("document.documentElement.dataset.acts") or "").split()

    @property
    def count(self) -> int:
        return self.page.locator(HOST).count()

    def box(self, selector: str = HOST) -> dict[str, float]:
        box = self.page.locator(selector).bounding_box()
        assert box is not None, f"{selector} has no box"
        return {key: float(box[key]) for key in ("x", "y", "width", "height")}

    def tree(self) -> list[dict[str, Any]]:
        """The accessibility tree: what a screen reader gets, closed shadow roots included."""
        nodes = self._cdp.send("Accessibility.getFullAXTree")["nodes"]
        return [node for node in nodes if not node.get("ignored")]

    def names(self, role: str) -> list[str]:
        return [str(node["name"]["value"]) for node in self.tree() if node.get("role", {}).get("value") == role]

    def spoken(self) -> list[str]:
        """What of our element a screen reader speaks of, in its order: role and name, and what is open or shut."""
        nodes = {node["nodeId"]: node for node in self._cdp.send("Accessibility.getFullAXTree")["nodes"]}
        host = self._cdp.send("DOM.querySelector", {"nodeId": self._root_id(), "selector": HOST})["nodeId"]
        backend = self._cdp.send("DOM.describeNode", {"nodeId": host})["node"]["backendNodeId"]
        top = next(node for node in nodes.values() if node.get("backendDOMNodeId") == backend)
        return list(_speak(top, nodes, 0))

    def focused(self) -> str:
        """The name of what has the keyboard."""
        held = [node for node in self.tree() if _property(node, "focused")]
        return _name_of(held[-1]) if held else ""

    def _root_id(self) -> int:
        return int(self._cdp.send("DOM.getDocument")["root"]["nodeId"])

    def middle(self, role: str, name: str) -> tuple[float, float]:
        found = [node for node in self.tree() if node["role"]["value"] == role and name in _name_of(node)]
        if found:
            best = min(found, key=lambda node: len(_name_of(node)))
            where = {"backendNodeId": best["backendDOMNodeId"]}
            self._cdp.send("DOM.scrollIntoViewIfNeeded", where)
            quad = self._cdp.send("DOM.getContentQuads", where)["quads"][0]
            return (quad[0] + quad[4]) / 2, (quad[1] + quad[5]) / 2
        msg = f"no {role} named {name!r}; there are {self.names(role)}"
        raise AssertionError(msg)

    def press(self, name: str, role: str = "button") -> None:
        self.page.mouse.click(*self.middle(role, name))

    def style(self, tag_class: str) -> dict[str, str]:
        """Computed style of an element inside the closed shadow root, by its class."""
        document = self._cdp.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
        node = _find(document, tag_class)
        assert node is not None, f"no element with class {tag_class}"
        self._cdp.send("DOM.enable")
        self._cdp.send("CSS.enable")
        computed = self._cdp.send("CSS.getComputedStyleForNode", {"nodeId": node["nodeId"]})["computedStyle"]
        return {each["name"]: each["value"] for each in computed}


def _speak(node: dict[str, Any], nodes: dict[str, Any], depth: int) -> Iterator[str]:
    is_spoken = not node.get("ignored") and node["role"]["value"] not in {"none", "generic", "InlineTextBox"}
    if is_spoken:
        states = [name for name in ("expanded", "modal", "live", "focused") if _property(node, name)]
        yield "  " * depth + " ".join([node["role"]["value"], f"{_name_of(node)!r}", *states])
    for child in node.get("childIds", []):
        if child in nodes:
            yield from _speak(nodes[child], nodes, depth + is_spoken)


def _property(node: dict[str, Any], name: str) -> Any:
    return next((each["value"]["value"] for each in node.get("properties", []) if each["name"] == name), None)


def _name_of(node: dict[str, Any]) -> str:
    return str(node.get("name", {}).get("value", ""))


def _find(node: dict[str, Any], tag_class: str) -> dict[str, Any] | None:
    attributes = node.get("attributes", [])
    pairs = dict(zip(attributes[::2], attributes[1::2], strict=True))
    if tag_class in pairs.get("class", "").split():
        return node
    for child in [*node.get("shadowRoots", []), *node.get("children", [])]:
        if found := _find(child, tag_class):
            return found
    return None


@pytest.fixture
def stage(browser: Browser, harness: str) -> Iterator[Stage]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    stage = Stage(page, harness)
    stage.open()
    yield stage
    context.close()
    assert errors == []


@pytest.fixture(scope="session")
def options_harness(tmp_path_factory: pytest.TempPathFactory) -> str:
    return bundle("tests/ui/options_harness.ts", tmp_path_factory.mktemp("ui"))


@pytest.fixture
def options(browser: Browser, options_harness: str) -> Iterator[OptionsStage]:
    context = browser.new_context(
        viewport={"width": 900, "height": 800}, locale="en-US", timezone_id="UTC", reduced_motion="reduce"
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield OptionsStage(page, options_harness)
    context.close()
    assert errors == []
