/**
 * Element → the text that a person would read there.
 * Twin: backend/rollguard/rules/visible_text.py, for what the markup tells; the layout is asked through `Sight`.
 * Words are not split by inline elements (one letter per span reads as a word); blocks and controls part them.
 */
import { hasDirectionMarks, readingOrder } from "./bidi.ts";
import { shownChildren } from "./tree.ts";
import {
  attributeOf,
  hasAttributeOf,
  localNameOf,
  matchesSelector,
  namespaceOf,
  parentElementOf,
} from "./unclobbered.ts";
import { type Piece, VisibleText } from "./visible_places.ts";
import { BREAK } from "./words.ts";

/** How a page is looked at. `markupSight` needs no rendering; `layoutSight` also asks the layout. */
export interface Sight {
  /** Nothing of the element, nor of what is inside it, is shown. */
  isHidden(element: Element): boolean;
  /** What is read inside a visible element, in reading order; strings are generated text (::before, SVG <use>). */
  childrenOf(element: Element): (Node | string)[];
  /** What is read of a text node. */
  textOf(node: Text): string;
  /** No phrase reaches across the element's edges. */
  parts(element: Element): boolean;
  /** Whether a control is offered so much more faintly than another that it is passed over. */
  isFainter(element: Element, than: Element): boolean;
}

/** Not text, or not shown, whatever the style sheet says; and what is only said about other text: ruby, SVG's titles. */
const SKIPPED_TAGS = new Set(
  ("canvas datalist head iframe math meter noembed noframes noscript object progress rp rt script select style " +
    "template textarea video audio " +
    "clipPath defs desc foreignObject linearGradient marker mask metadata pattern radialGradient symbol")
    .split(" "),
);
const BLOCK_TAGS = new Set(
  ("address article aside blockquote body button caption dd details dialog div dl dt fieldset figcaption figure " +
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr input label legend li main menu nav ol p pre search section " +
    "summary svg table tbody td tfoot th thead tr ul").split(" "),
);

/** Somebody else's words: an article, a post, a quotation, what a person types. */
export const QUOTED =
  "article, [role=article], [role=feed], [role=log], [role=comment], [role=textbox], [contenteditable], " +
  "[aria-roledescription*=post i], blockquote, q, pre, code, kbd, samp, figure";

/** A link that is no more than a link. */
export const LINK = "a[href]:not([role=button])";

/** A region is read no further than this, in UTF-16 units: no dialog is longer. */
export const MAX_CHARACTERS = 100_000;
/** Nor through more elements: work must have an end. */
export const MAX_ELEMENTS = 20_000;

const SVG = "http://www.w3.org/2000/svg";
const SVG_TEXT_TAGS = new Set("text tspan textPath a".split(" "));
/** What `<bdo dir>` does, as the marks that do the same: override and pop. */
const OVERRIDES = new Map([["rtl", "\u202e"], ["ltr", "\u202d"]]);
const POP = "\u202c";

export const markupSight: Sight = {
  isHidden(element) {
    const name = localNameOf(element);
    if (SKIPPED_TAGS.has(name) || hasAttributeOf(element, "hidden")) return true;
    if (attributeOf(element, "aria-hidden") === "true") return true;
    if (name === "dialog" && !hasAttributeOf(element, "open")) return true;
    if (name === "title" && namespaceOf(element) === SVG) return true;
    const parent = parentElementOf(element);
    if (parent !== null && isClosed(parent) && name !== "summary") return true;
    const style = (attributeOf(element, "style") ?? "").toLowerCase().replaceAll(" ", "");
    return style.includes("display:none") || style.includes("visibility:hidden");
  },
  childrenOf(element) {
    const name = localNameOf(element);
    if (name === "br") return [" "];
    if (name === "input") return [buttonValue(element).replaceAll(BREAK, " ")];
    const inner = shownChildren(element);
    if (isClosed(element) || holdsNoText(element)) return inner.filter((child) => child instanceof Element);
    const dir = name === "bdo" ? attributeOf(element, "dir") ?? "" : "";
    const mark = OVERRIDES.get(dir.toLowerCase());
    return mark === undefined ? inner : [mark, ...inner, POP];
  },
  textOf(node) {
    return node.data.replaceAll(BREAK, " ");
  },
  parts(element) {
    const name = localNameOf(element);
    if (name === "text") return namespaceOf(element) === SVG;
    return BLOCK_TAGS.has(name) || hasAttributeOf(element, "role");
  },
  isFainter(element, than) {
    return matchesSelector(element, LINK) && !matchesSelector(than, LINK);
  },
};

function isClosed(element: Element): boolean {
  return localNameOf(element) === "details" && !hasAttributeOf(element, "open");
}

/** SVG draws only the text that stands in its text elements. */
export function holdsNoText(element: Element): boolean {
  return namespaceOf(element) === SVG && !SVG_TEXT_TAGS.has(localNameOf(element));
}

/** Whether the element holds somebody else's words. An article that is all of a dialog is only its frame. */
export function isQuoted(element: Element, root: Element): boolean {
  if (!matchesSelector(element, QUOTED)) return false;
  return !(localNameOf(element) === "article" && parentElementOf(element) === root &&
    root.childElementCount === 1);
}

/** The text of `root`; blocks part lines. Elements of `without` (nested candidates) are left out. */
export function readText(root: Element, sight: Sight, without: Element[] = []): string {
  return readVisible(root, sight, without).text;
}

/** The text of `root`, and where in the page its letters stand. */
export function readVisible(root: Element, sight: Sight, without: Element[] = []): VisibleText {
  return new VisibleText(inReadingOrder(piecesOf(root, sight, new Set(without))));
}

/** The text as the sight gives it, no more than may be read. */
function piecesOf(root: Element, sight: Sight, without: Set<Element>): Piece[] {
  const pieces: Piece[] = [];
  let characters = MAX_CHARACTERS;
  let elements = MAX_ELEMENTS;
  const todo = sight.childrenOf(root).reverse();
  for (let node = todo.pop(); node !== undefined && characters > 0; node = todo.pop()) {
    if (node instanceof Element) {
      if (without.has(node) || sight.isHidden(node) || isQuoted(node, root)) continue;
      if (elements-- === 0) break;
      const inner = sight.childrenOf(node).reverse();
      if (!sight.parts(node)) { for (const child of inner) todo.push(child); }
      else {
        todo.push(BREAK);
        for (const child of inner) todo.push(child);
        todo.push(BREAK);
      }
      continue;
    }
    if (typeof node !== "string" && node.nodeType !== Node.TEXT_NODE) continue;
    const piece = typeof node === "string"
      ? { text: node, node: null, at: 0 }
      : { text: sight.textOf(node as Text), node: node as Text, at: 0 };
    if (piece.text !== BREAK) {
      piece.text = cut(piece.text, characters);
      characters -= piece.text.length;
    }
    if (piece.text !== "") pieces.push(piece);
  }
  return pieces;
}

/** The first units, without half a character at the end. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}

/** Direction marks are followed within each block, over all that stands in it. */
function inReadingOrder(pieces: Piece[]): Piece[] {
  if (!pieces.some((piece) => hasDirectionMarks(piece.text))) return pieces;
  const ordered: Piece[] = [];
  let block: Piece[] = [];
  for (const piece of [...pieces, { text: BREAK, node: null, at: 0 }]) {
    if (piece.text !== BREAK) block.push(piece);
    else {
      const visible = new VisibleText(block);
      for (const [from, to] of readingOrder(visible.text)) ordered.push(...visible.slice(from, to));
      ordered.push(piece);
      block = [];
    }
  }
  ordered.pop();
  return ordered;
}

/** What an `<input>` shows as a button's label; what is typed into one is nobody's business. */
export function buttonValue(element: Element): string {
  const type = attributeOf(element, "type") ?? "";
  return ["submit", "button", "reset"].includes(type) ? attributeOf(element, "value") ?? "" : "";
}
