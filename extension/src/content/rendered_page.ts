/** A page as rendered: what of it is hidden, what is read in an element, in which order. Valid until the page changes. */
import { unitsOf } from "./rendered_line.ts";
import { arranged } from "./rendered_order.ts";
import { type Seen, seenText } from "./rendered_text.ts";
import { isSeen, MIN_OPACITY, Views, windowFor } from "./rendered_view.ts";
import { shownChildren, shownParent } from "./tree.ts";
import { attributeOf, boxOf, isLaidOut, localNameOf, matchesSelector } from "./unclobbered.ts";
import { buttonValue, markupSight } from "./visible_text.ts";
import { BREAK } from "./words.ts";

/** Not text, whatever the style sheet says. What else a browser draws nothing of, the layout tells. */
const SKIPPED_TAGS = new Set(
  ("canvas datalist head iframe meter noembed noframes noscript progress rp rt script select style template " +
    "textarea title video audio clipPath defs desc linearGradient marker mask metadata pattern radialGradient symbol")
    .split(" "),
);
const CONTROL = "button, input, a, summary, [role=button], [role=link], [role=switch], [role=checkbox]";
/** Often invisible themselves, with a drawing of theirs in their place. */
const DRAWN_OVER = "input[type=checkbox], input[type=radio]";
const MAX_LOOKED_THROUGH = 300;
/** At nodes in a line, each of which may cost some 20 µs: no dialog has so many, and work must have an end. */
const MAX_LOOKS = 20_000;

export class Rendering {
  readonly views: Views;
  readonly #seen = new Map<Text, Seen>();
  readonly #isHidden = new Map<Element, boolean>();
  readonly #children = new Map<Element, (Node | string)[]>();
  /** Whether elements part the text, as far as they were met in a line. */
  readonly #parts = new Map<Element, boolean>();
  #left = MAX_LOOKS;

  constructor(readonly page: Document) {
    this.views = new Views(page);
  }

  seen(node: Text): Seen {
    let seen = this.#seen.get(node);
    if (seen === undefined) this.#seen.set(node, seen = seenText(node, this.views));
    return seen;
  }

  isHidden(element: Element): boolean {
    let isHidden = this.#isHidden.get(element);
    if (isHidden === undefined) this.#isHidden.set(element, isHidden = this.#looksHidden(element));
    return isHidden;
  }

  #looksHidden(element: Element): boolean {
    if (SKIPPED_TAGS.has(localNameOf(element))) return true;
    const view = this.views.of(element);
    const { style } = view;
    // An element without a box of its own hides nothing: its children have theirs.
    if (style.display === "contents") return false;
    if (style.display === "none" || !isLaidOut(element)) return true;
    // Hidden from screen readers only, letters are still seen; a whole block is rather another step's.
    if (attributeOf(element, "aria-hidden") === "true" && markupSight.parts(element)) return true;
    if (style.visibility !== "visible" && !this.#showsInside(element)) return true;
    if (matchesSelector(element, DRAWN_OVER)) return false;
    return view.opacity < MIN_OPACITY ||
      (matchesSelector(element, CONTROL) && !this.#isInView(element, style));
  }

  /** Whether anything in an invisible element is visible all the same. */
  #showsInside(element: Element): boolean {
    let left = MAX_LOOKED_THROUGH;
    const todo = shownChildren(element);
    for (let node = todo.pop(); node !== undefined && left-- > 0; node = todo.pop()) {
      if (!(node instanceof Element)) continue;
      if (this.views.of(node).style.visibility === "visible") return true;
      for (const child of shownChildren(node)) todo.push(child);
    }
    return false;
  }

  #isInView(element: Element, style: CSSStyleDeclaration): boolean {
    const box = boxOf(element);
    const parent = shownParent(element);
    if (box.width === 0 || box.height === 0 || parent === null) return true;
    return isSeen(box, windowFor(style.position, this.views.of(parent)));
  }

  parts(element: Element): boolean {
    return this.#parts.get(element) ?? markupSight.parts(element);
  }

  childrenOf(element: Element): (Node | string)[] {
    let children = this.#children.get(element);
    if (children === undefined) this.#children.set(element, children = this.#readIn(element));
    return [...children];
  }

  #readIn(element: Element): (Node | string)[] {
    const name = localNameOf(element);
    if (name === "br") return [" "];
    if (name === "input") return [buttonValue(element).replaceAll(BREAK, " ")];
    const units = unitsOf(element, this);
    for (const { node, kind } of units) if (node instanceof Element) this.#parts.set(node, kind === "block");
    return arranged(units, this.views.of(element).style.direction === "rtl" ? -1 : 1);
  }

  /** Whether one more node may be looked at. */
  mayGoOn(): boolean {
    return this.#left-- > 0;
  }
}
