/**
 * Element → the text that a person would read there.
 * Twin: backend/rollguard/rules/visible_text.py, for what the markup tells; the layout is asked through `Sight`.
 * Words are not split by inline elements (one letter per span reads as a word); blocks and controls part them.
 */

import { BREAK } from "./words.ts";

/** Whether an element is shown. `markupSight` needs no rendering; the page's own sight also asks the layout. */
export interface Sight {
  isHidden(element: Element): boolean;
}

/** Not text, or not shown, whatever the style sheet says. */
const SKIPPED_TAGS = new Set(
  "canvas head iframe math noscript object script select style svg template textarea video audio".split(" "),
);
const BLOCK_TAGS = new Set(
  ("address article aside blockquote body button caption dd details dialog div dl dt fieldset figcaption figure " +
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr input label legend li main menu nav ol p pre search section " +
    "summary table tbody td tfoot th thead tr ul").split(" "),
);

/** Somebody else's words: an article, a post, a quotation, what a person types. */
export const QUOTED =
  "article, [role=article], [role=feed], [role=log], [role=textbox], [contenteditable], " +
  "blockquote, q, pre, code, figure";

export const markupSight: Sight = {
  isHidden(element) {
    if (SKIPPED_TAGS.has(element.localName) || element.hasAttribute("hidden")) return true;
    if (element.getAttribute("aria-hidden") === "true") return true;
    if (element.localName === "dialog" && !element.hasAttribute("open")) return true;
    const style = (element.getAttribute("style") ?? "").toLowerCase().replaceAll(" ", "");
    return style.includes("display:none") || style.includes("visibility:hidden");
  },
};

/** Whether the element holds somebody else's words. An article that is all of a dialog is only its frame. */
export function isQuoted(element: Element, root: Element): boolean {
  if (!element.matches(QUOTED)) return false;
  return !(element.localName === "article" && element.parentElement === root && root.childElementCount === 1);
}

/** The text of `root`; blocks part lines. Elements of `without` (nested candidates) are left out. */
export function readText(root: Element, sight: Sight, without: Element[] = []): string {
  const pieces: string[] = [];
  const todo: (Node | string)[] = [...root.childNodes].reverse();
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (typeof node === "string") {
      pieces.push(node);
    } else if (node instanceof Element) {
      if (without.includes(node) || sight.isHidden(node) || isQuoted(node, root)) continue;
      for (const inner of inside(node).reverse()) todo.push(inner);
    } else if (node.nodeType === Node.TEXT_NODE) {
      pieces.push((node.nodeValue ?? "").replaceAll(BREAK, " "));
    }
  }
  return pieces.join("");
}

/** What there is to read in a visible element, with line breaks where it parts its text. */
function inside(element: Element): (Node | string)[] {
  if (element.localName === "br") return [" "];
  const inner = element.localName === "input"
    ? [buttonValue(element).replaceAll(BREAK, " ")]
    : [...element.childNodes];
  return BLOCK_TAGS.has(element.localName) || element.hasAttribute("role") ? [BREAK, ...inner, BREAK] : inner;
}

/** What an `<input>` shows as a button's label; what is typed into one is nobody's business. */
export function buttonValue(element: Element): string {
  const type = element.getAttribute("type") ?? "";
  return ["submit", "button", "reset"].includes(type) ? element.getAttribute("value") ?? "" : "";
}
