/** The elements that we add to a page: how they are made, kept on top, and known again. */
import type { Warning } from "../shared/messages.ts";

const WARNING = "rollguard-warning";
/** What a page could set on our element to take it out of reach. */
const SPOILERS = ["inert", "hidden", "aria-hidden"];

const ours = new WeakSet<Node>();

/** Whether we made it: what happens in and to it is no change of the page. */
export function isOurs(node: Node): boolean {
  return ours.has(node);
}

/**
 * Made in a document without a custom element registry: a page that has defined our tag gets no hand
 * on the element before its shadow root is closed.
 */
export function createHost(tag: string): { host: HTMLElement; shadow: ShadowRoot } {
  const host = document.implementation.createHTMLDocument("").createElement(tag);
  const shadow = host.attachShadow({ mode: "closed" });
  document.adoptNode(host);
  host.setAttribute("popover", "manual");
  ours.add(host);
  return { host, shadow };
}

export function createWarningHost({ rule, severity }: Warning): { host: HTMLElement; shadow: ShadowRoot } {
  const made = createHost(WARNING);
  made.host.dataset.rule = rule.id;
  made.host.dataset.severity = severity;
  return made;
}

/** Where our element is within reach: inside the modal dialog that makes all else inert, and outside of what is inert itself. */
export function homeIn(container: Element | null): Element {
  const home = container ?? document.body;
  return home === null || home.matches(SPOILERS.map((name) => `[${name}]`).join())
    ? document.documentElement
    : home;
}

/** To the top of the top layer, if it is not there already. Without a top layer, z-index has to do. @returns whether it was not. */
export function promote(host: HTMLElement): boolean {
  if (!host.isConnected) return false;
  for (const name of SPOILERS) host.removeAttribute(name);
  if (typeof host.showPopover !== "function") return false;
  if (host.getAttribute("popover") !== "manual") host.setAttribute("popover", "manual");
  try {
    if (host.matches(":popover-open")) {
      if (!isCovered(host)) return false;
      host.hidePopover();
    }
    host.showPopover();
    return true;
  } catch (error) {
    // A document that is going away refuses; our failure must not be the page's.
    console.debug("Rollguard: the overlay could not be raised:", error);
    return false;
  }
}

/** On screen, and nothing of the page above it. */
export function isOnTop(host: HTMLElement): boolean {
  return host.isConnected && host.getBoundingClientRect().width > 0 && !isCovered(host);
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
