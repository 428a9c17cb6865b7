/**
 * The page's tree as it is shown: shadow roots, closed ones too, take the place of their hosts' children, slots that of
 * what they hold. Whoever walks a page walks it with these.
 */
import { childNodesOf, localNameOf, matchesSelector, parentElementOf, selectAll } from "./unclobbered.ts";

/** As in `unclobbered.ts`: a page's fields may bear the names of properties. */
function reader<Owner extends object, Key extends keyof Owner & string>(
  owner: Owner | undefined,
  key: Key,
): (of: Owner) => Owner[Key] {
  const read = owner && Object.getOwnPropertyDescriptor(owner, key)?.get;
  return (of) => read === undefined ? of[key] : read.call(of) as Owner[Key];
}

export const isInPage: (node: Node) => boolean = reader(globalThis.Node?.prototype, "isConnected");
export const rootElementOf: (page: Document) => HTMLElement | null = reader(
  globalThis.Document?.prototype,
  "documentElement",
);
export const sheetsOf: (page: Document) => StyleSheetList = reader(
  globalThis.Document?.prototype,
  "styleSheets",
);
export const childCountOf: (element: Element) => number = reader(
  globalThis.Element?.prototype,
  "childElementCount",
);
const slotOf = reader(globalThis.Element?.prototype, "assignedSlot");
const openRootOf = reader(globalThis.Element?.prototype, "shadowRoot");

/** As `node.getRootNode()`, whatever the node's fields are called. */
export function rootOf(node: Node): Node {
  return Node.prototype.getRootNode.call(node);
}

/** As `element.closest(selector)`, whatever the element's fields are called. */
export function closestTo(element: Element, selector: string): Element | null {
  return Element.prototype.closest.call(element, selector);
}

export function isElement(node: unknown): node is Element {
  return node instanceof Node && node.nodeType === Node.ELEMENT_NODE;
}

/** How a shadow root is entered; an extension can also enter closed ones. */
let enter: (element: Element) => ShadowRoot | null = openRootOf;

export function enterShadowRootsBy(door: (element: Element) => ShadowRoot | null): void {
  enter = door;
}

export function shadowRootOf(element: Element): ShadowRoot | null {
  return mayHost(element) ? openRootOf(element) ?? enter(element) : null;
}

/** The elements of HTML that can be hosts (DOM Standard, "attach a shadow root"); asking is not free. */
export const PLAIN_HOSTS =
  "article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span"
    .split(" ");
const HOSTS = new Set(PLAIN_HOSTS);

export function isCustom(element: Element): boolean {
  return localNameOf(element).includes("-");
}

export function mayHost(element: Element): boolean {
  return HOSTS.has(localNameOf(element)) || isCustom(element);
}

/** What is shown inside an element, in the order of the tree. */
export function shownChildren(element: Element): Node[] {
  const root = shadowRootOf(element);
  if (root !== null) return [...childNodesOf(root)];
  if (element instanceof HTMLSlotElement) {
    const assigned = element.assignedNodes();
    if (assigned.length > 0) return assigned;
  }
  return [...childNodesOf(element)];
}

/** The element inside which this one is shown. */
export function shownParent(element: Element): Element | null {
  const above = slotOf(element) ?? parentElementOf(element);
  if (above !== null) return above;
  const root = rootOf(element);
  return root instanceof ShadowRoot ? root.host : null;
}

/** Like `closest`, through shadow roots. */
export function shownClosest(element: Element, selector: string): Element | null {
  for (let at: Element | null = element; at !== null; at = shownParent(at)) {
    if (matchesSelector(at, selector)) return at;
  }
  return null;
}

/** Like `contains`, through shadow roots. */
export function showsInside(outer: Element, inner: Element): boolean {
  for (let at: Element | null = inner; at !== null; at = shownParent(at)) if (at === outer) return true;
  return false;
}

/** Like `querySelectorAll`, through shadow roots, in document order. */
export function selectShown(root: ParentNode, selector: string): Element[] {
  const found: Element[] = [];
  const visit = (parent: ParentNode): void => {
    for (const element of selectAll(parent, "*")) {
      if (matchesSelector(element, selector)) found.push(element);
      const inner = shadowRootOf(element);
      if (inner !== null) visit(inner);
    }
  };
  if (root instanceof Element) {
    const own = shadowRootOf(root);
    if (own !== null) visit(own);
  }
  visit(root);
  return found;
}

/** Whether it stands inside one of these, as the person sees it. */
export function isInsideOneOf(element: Element, outer: Set<Element>): boolean {
  for (let above = shownParent(element); above !== null; above = shownParent(above)) {
    if (outer.has(above)) return true;
  }
  return false;
}
