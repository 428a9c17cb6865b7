/** Where a dialog is, for the overlay that must stand beside it and never over its buttons. */
import type { Found } from "./guard.ts";
import type { Anchor } from "./overlay_contract.ts";

export function anchorOf(found: Found): Anchor {
  return {
    rect: () => found.element.isConnected ? found.element.getBoundingClientRect() : null,
    avoid: () =>
      [found.accept, found.decline]
        .filter((control) => control !== null)
        .map((control) => control.getBoundingClientRect()),
    container: () => found.element.closest("dialog:modal") ?? topmostModal(found.element.ownerDocument),
  };
}

/** For a dialog in a frame: the frame's place is not ours to know, only what makes the rest of the page inert. */
export function frameAnchor(page: Document): Anchor {
  return { rect: () => null, avoid: () => [], container: () => topmostModal(page) };
}

function topmostModal(page: Document): Element | null {
  return [...page.querySelectorAll("dialog:modal")].at(-1) ?? null;
}
