"""Speaks to the worker as the content script in a page does: from its own world, which the page cannot enter."""

import json
from typing import Any

from playwright.sync_api import Page


def ask_from_page(page: Page, extension_id: str, message: dict[str, Any]) -> Any:
    """The worker's answer to the content script of the page's top frame; None where it gives none."""
    session = page.context.new_cdp_session(page)
    worlds: list[dict[str, Any]] = []
    session.on("Runtime.executionContextCreated", lambda event: worlds.append(event["context"]))
    session.send("Runtime.enable")
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    own = next(world for world in worlds if extension_id in world["origin"] and world["auxData"]["frameId"] == frame)
    done = session.send(
        "Runtime.evaluate",
        {
            "expression": f"chrome.runtime.sendMessage({json.dumps(message)})",
            "contextId": own["id"],
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    session.detach()
    return done["result"].get("value")
