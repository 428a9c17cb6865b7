/**
 * A dialog's markup → whether it shows signs that its text is not what the person sees, so that it is worth reading as
 * rendered although the markup alone met no rule. Cheap: one walk, no layout.
 */
import { hasDirectionMarks } from "./bidi.ts";
import { shownChildren } from "./tree.ts";
import { attributeOf, hasAttributeOf, localNameOf } from "./unclobbered.ts";

const MAX_NODES = 5000;
/** So many pieces of one word, wordless carriers of data, or hacked-up phrases are no accident. */
const MANY_SPLITS = 2;
const MANY_CARRIERS = 4;
const MANY_PIECES = 3;
const LONG_DATA = 10;
const MAX_INSIDE = 30;

const INLINE = new Set("b bdi big del em font i ins mark s small span strong sub sup tt u".split(" "));
const HARMLESS_DATA = /^data-(?:test|qa|cy|react|v-|svelte|analytics|track|gtm|id$|key$|state$|target$)/;
const TRICKS = new RegExp(
  [
    "(?:^|[;\\s])(?:order|left|right|top|bottom|inset[a-z-]*|float|direction|unicode-bidi|clip|clip-path)\\s*:",
    "position\\s*:\\s*(?:absolute|relative)",
    "opacity\\s*:\\s*0",
    "font-size\\s*:\\s*[01](?:\\.|px|em|rem|;|$)",
    "text-indent\\s*:\\s*-",
    "transform\\s*:",
    "color\\s*:\\s*transparent",
    "(?:row|column|wrap)-reverse",
    "(?:max-)?(?:height|width)\\s*:\\s*[01](?:px|;|$)",
  ].join("|"),
  "i",
);
const LETTER = /^[\p{L}\p{N}]/u;
const LAST_LETTER = /[\p{L}\p{N}]$/u;

export function looksRearranged(element: Element): boolean {
  const signs = new Signs();
  const todo: (Node | null)[] = [element];
  for (let left = MAX_NODES; left > 0; left--) {
    const node = todo.pop();
    if (node === undefined) break;
    if (node === null) signs.leave();
    else if (node.nodeType === Node.TEXT_NODE) signs.text(node as Text);
    else if (node instanceof Element) {
      const isInline = INLINE.has(localNameOf(node));
      signs.enter(node, isInline);
      if (isInline) todo.push(null);
      for (const child of shownChildren(node).reverse()) todo.push(child);
      if (!isInline) signs.part();
    }
    if (signs.areEnough) return true;
  }
  return signs.lackLabels;
}

class Signs {
  areEnough = false;
  #splits = 0;
  #carriers = 0;
  #worded = 0;
  #wordless = 0;
  /** Whether the text so far ends inside a word, and whether an element has begun or ended since. */
  #isInWord = false;
  #isAtEdge = false;
  #pieces = new Map<Node, number>();

  enter(element: Element, isInline: boolean): void {
    const name = localNameOf(element);
    this.#isAtEdge = true;
    if (name === "use" || name === "text" || name === "bdo" || hasTrick(element)) this.areEnough = true;
    if (element.firstElementChild === null && isWordless(element)) this.#countData(element);
    if (isControl(element, name)) this.#countControl(element);
    if (isInline && !isWordless(element)) {
      this.#countPiece(element);
      if (attributeOf(element, "aria-hidden") === "true") this.areEnough = true;
    }
  }

  /** A close button is often a mere drawing; a dialog's answers are not. */
  get lackLabels(): boolean {
    return this.#wordless > 0 && this.#worded < 2;
  }

  leave(): void {
    this.#isAtEdge = true;
  }

  part(): void {
    this.#isInWord = false;
  }

  text(node: Text): void {
    const text = node.data;
    if (text === "") return;
    if (this.#isAtEdge && this.#isInWord && LETTER.test(text)) this.#splits++;
    this.#isInWord = LAST_LETTER.test(text);
    this.#isAtEdge = false;
    if (hasDirectionMarks(text) || this.#splits >= MANY_SPLITS) this.areEnough = true;
  }

  #countControl(element: Element): void {
    if (!isWordless(element)) this.#worded++;
    else if (element.querySelector("svg, img, picture, input, canvas, video") === null) this.#wordless++;
  }

  /** `<p>Allow <span class="x">never</span> access`: whether the word is shown, style tells. */
  #countPiece(element: Element): void {
    const parent = element.parentNode;
    if (parent === null) return;
    const isStyled = hasAttributeOf(element, "class") || hasAttributeOf(element, "style");
    if (isStyled && (isWords(element.previousSibling) || isWords(element.nextSibling))) this.areEnough = true;
    const count = (this.#pieces.get(parent) ?? 0) + 1;
    this.#pieces.set(parent, count);
    if (count >= MANY_PIECES) this.areEnough = true;
  }

  /** Words in an attribute of an empty element: `content: attr(…)` may show them. */
  #countData(element: Element): void {
    for (const { name, value } of element.attributes) {
      if (!name.startsWith("data-") || HARMLESS_DATA.test(name) || !/\p{L}/u.test(value)) continue;
      this.#carriers++;
      if (value.length >= LONG_DATA && value.includes(" ")) this.areEnough = true;
    }
    if (this.#carriers >= MANY_CARRIERS) this.areEnough = true;
  }
}

function hasTrick(element: Element): boolean {
  const style = attributeOf(element, "style");
  return style !== null && TRICKS.test(style);
}

function isWords(node: Node | null): boolean {
  return node?.nodeType === Node.TEXT_NODE && /\S/.test((node as Text).data);
}

function isControl(element: Element, name: string): boolean {
  return name === "button" || attributeOf(element, "role") === "button" ||
    (name === "a" && hasAttributeOf(element, "href"));
}

/** Whether nothing is written in the element; one that holds much is not looked through. */
function isWordless(element: Element): boolean {
  const todo = shownChildren(element);
  for (let left = MAX_INSIDE; left > 0; left--) {
    const node = todo.pop();
    if (node === undefined) return true;
    if (node.nodeType === Node.TEXT_NODE && /\S/.test((node as Text).data)) return false;
    if (node instanceof Element) { for (const child of shownChildren(node)) todo.push(child); }
  }
  return false;
}
