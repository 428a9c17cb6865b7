/** Trees that no parser would make: grown by DOM calls, with shadow roots, foreign elements and names in the way. */
import { fc } from "./naughty.ts";

export interface Grown {
  tag: string;
  space: string;
  attributes: [string, string][];
  shadow: "open" | "closed" | null;
  children: (Grown | { kind: "text" | "comment" | "instruction" | "cdata"; data: string })[];
}

const HTML = "http://www.w3.org/1999/xhtml";
const SPACES = [
  HTML,
  HTML,
  HTML,
  HTML,
  "http://www.w3.org/2000/svg",
  "http://www.w3.org/1998/Math/MathML",
  "",
];
const TAGS =
  ("div div span p h2 a button article main form form dialog details summary label input br bdo ruby slot x-y " +
    "svg text tspan title use foreignObject math mi template noscript table td select option textarea iframe img object " +
    "fieldset legend style body DIV Button").split(" ");
/** What a page may call its fields: `<form><input name=matches>` hides `form.matches`. */
export const IN_THE_WAY =
  ("parentElement parentNode childNodes children firstChild nodeType nodeName localName tagName " +
    "namespaceURI ownerDocument attributes getAttribute hasAttribute matches closest querySelector querySelectorAll " +
    "getRootNode contains isConnected assignedSlot shadowRoot childElementCount textContent style id className title dir " +
    "hidden checkVisibility getBoundingClientRect getClientRects offsetParent body documentElement defaultView " +
    "createRange createTreeWalker implementation elementFromPoint elementsFromPoint getElementById getSelection styleSheets constructor toString")
    .split(" ");
const NAMES =
  ("role aria-label aria-labelledby aria-hidden aria-modal aria-checked id for href style hidden open popover " +
    "inert disabled contenteditable tabindex onclick type value dir slot name name name checked").split(" ");
const VALUES =
  ("dialog alertdialog button switch checkbox link heading article true x #x submit 0 -1 rtl display:none " +
    "visibility:hidden position:absolute;left:-9px writing-mode:vertical-rl transform:scale(0) float:right;order:2 " +
    "display:contents content-visibility:hidden").split(" ");
export const WORDS =
  ("Allow Don’t&allow cloud&processing camera&roll upload photos AI faces \u202e \u202c \u2066 \u2069 " +
    "\u200b \u2029 \ud800 \udfff 相机胶卷 允许 صورك a\u0301 😀").split(" ").map((word) =>
      word.replace("&", " ")
    );
export const ASK = "Allow cloud processing of your camera roll? We upload your photos to our servers.";

const text = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 5 }).map((words) => words.join(" ")),
  fc.string({ unit: "binary", maxLength: 10 }),
  fc.constant(ASK),
);
const attribute: fc.Arbitrary<[string, string]> = fc.oneof(
  fc.tuple(fc.constantFrom(...NAMES), fc.oneof(fc.constantFrom(...VALUES), text)),
  fc.tuple(fc.constant("name"), fc.constantFrom(...IN_THE_WAY)),
  fc.constantFrom<[string, string]>(["role", "dialog"], ["role", "button"]),
);
const leaf = fc.record({
  kind: fc.constantFrom(
    "text" as const,
    "text" as const,
    "comment" as const,
    "instruction" as const,
    "cdata" as const,
  ),
  data: text,
});

export const grown: fc.Arbitrary<Grown> = fc.letrec<{ grown: Grown }>((tie) => ({
  grown: fc.record({
    tag: fc.constantFrom(...TAGS),
    space: fc.constantFrom(...SPACES),
    attributes: fc.array(attribute, { maxLength: 3 }),
    shadow: fc.constantFrom(null, null, null, "open" as const, "closed" as const),
    children: fc.array(fc.oneof({ depthSize: "small", withCrossShrink: true }, leaf, tie("grown")), {
      maxLength: 5,
    }),
  }),
})).grown;

// Taken before anything is grown: what grows here may hide them.
const { appendChild } = Node.prototype;
const { setAttribute, attachShadow } = Element.prototype;
const { createElementNS, createTextNode, createComment, createProcessingInstruction } = Document.prototype;

/** Grows the tree in a document; what the DOM refuses is left out. Shadow roots are gathered in `roots`. */
export function grow(page: Document, plan: Grown, roots: ShadowRoot[]): Element {
  const element = createElementNS.call(page, plan.space, plan.tag);
  for (const [name, value] of plan.attributes) setAttribute.call(element, name, value);
  let below: Node = element;
  if (plan.shadow !== null) {
    const root = orNull(() => attachShadow.call(element, { mode: plan.shadow ?? "open" }));
    if (root !== null) {
      roots.push(root);
      appendChild.call(element, createTextNode.call(page, ASK));
      below = root;
    }
  }
  for (const child of plan.children) {
    appendChild.call(below, "tag" in child ? grow(page, child, roots) : leafOf(page, child));
  }
  return element;
}

function leafOf(page: Document, { kind, data }: { kind: string; data: string }): Node {
  if (kind === "comment") return createComment.call(page, data);
  const made = kind === "instruction"
    ? orNull(() => createProcessingInstruction.call(page, "x", data))
    : kind === "cdata"
    ? orNull(() => page.createCDATASection(data))
    : null;
  return made ?? createTextNode.call(page, data);
}

function orNull<Value>(make: () => Value): Value | null {
  try {
    return make();
  } catch {
    return null;
  }
}
