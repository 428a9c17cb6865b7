/** The one element that we add to a page: how it is made and kept on top. */
import type { Warning } from "../shared/messages.ts";

const TAG = "rollguard-warning";

/**
 * Made in a document without a custom element registry: a page that has defined our tag gets no hand
 * on the element before its shadow root is closed.
 */
export function createHost(warning: Warning): { host: HTMLElement; shadow: ShadowRoot } {
  const host = document.implementation.createHTMLDocument("").createElement(TAG);
  const shadow = host.attachShadow({ mode: "closed" });
  document.adoptNode(host);
  host.setAttribute("popover", "manual");
  host.dataset.rule = warning.rule.id;
  host.dataset.severity = warning.severity;
  return { host, shadow };
}

/** To the top of the top layer, if it is not there already. Without a top layer, z-index has to do. */
export function promote(host: HTMLElement): void {
  if (!host.isConnected || typeof host.showPopover !== "function") return;
  if (host.getAttribute("popover") !== "manual") host.setAttribute("popover", "manual");
  try {
    if (!host.matches(":popover-open")) return host.showPopover();
    if (!isCovered(host)) return;
    host.hidePopover();
    host.showPopover();
  } catch (error) {
    // A document that is going away refuses; our failure must not be the page's.
    console.debug("Rollguard: the overlay could not be raised:", error);
  }
}

/** What comes later into the top layer lies above us. */
function isCovered(host: HTMLElement): boolean {
  const { left, top, width, height } = host.getBoundingClientRect();
  const places: [number, number][] = [[0.5, 0.5], [0.08, 0.5], [0.92, 0.5], [0.5, 0.1], [0.5, 0.9]];
  return places.some(([across, down]) => {
    const there = document.elementFromPoint(left + width * across, top + height * down);
    return there !== null && there !== host;
  });
}
