/**
 * What the DOM says of a node, whatever a page puts in the way: `<form><input name="matches">` hides `form.matches`, and
 * a page that shares our world (a userscript's) may replace what it likes later. Taken once, before the page runs.
 */

const { Node: NodeClass, Element: ElementClass, Document: DocumentClass, DocumentFragment: FragmentClass } =
  globalThis;

function reader<T>(owner: object | undefined, name: string): (node: Node) => T {
  const get = owner && Object.getOwnPropertyDescriptor(owner, name)?.get;
  return (node) => get?.call(node) as T;
}

export const childNodesOf: (node: Node) => NodeListOf<ChildNode> = reader(NodeClass?.prototype, "childNodes");
export const textContentOf: (node: Node) => string | null = reader(NodeClass?.prototype, "textContent");
export const parentElementOf: (node: Node) => Element | null = reader(NodeClass?.prototype, "parentElement");
export const localNameOf: (node: Node) => string = reader(ElementClass?.prototype, "localName");

export const namespaceOf: (node: Node) => string | null = reader(ElementClass?.prototype, "namespaceURI");
export const documentOf: (node: Node) => Document | null = reader(NodeClass?.prototype, "ownerDocument");

const { getAttribute, hasAttribute, matches, getBoundingClientRect, getClientRects, checkVisibility } =
  ElementClass?.prototype ?? {};

export function attributeOf(element: Element, name: string): string | null {
  return getAttribute.call(element, name);
}

export function hasAttributeOf(element: Element, name: string): boolean {
  return hasAttribute.call(element, name);
}

export function matchesSelector(element: Element, selector: string): boolean {
  return matches.call(element, selector);
}

const [inElement, inDocument, inFragment] = [ElementClass, DocumentClass, FragmentClass].map((owner) => ({
  first: owner?.prototype.querySelector,
  all: owner?.prototype.querySelectorAll,
}));

function selectionIn(
  root: ParentNode,
): { first: typeof root.querySelector; all: typeof root.querySelectorAll } {
  const found = root instanceof ElementClass
    ? inElement
    : root instanceof DocumentClass
    ? inDocument
    : inFragment;
  return found as NonNullable<typeof found>;
}

/** As `root.querySelector(selector)`. */
export function selectFirst(root: ParentNode, selector: string): Element | null {
  return selectionIn(root).first.call(root, selector);
}

/** As `root.querySelectorAll(selector)`. */
export function selectAll(root: ParentNode, selector: string): NodeListOf<Element> {
  return selectionIn(root).all.call(root, selector);
}

export function boxOf(element: Element): DOMRect {
  return getBoundingClientRect.call(element);
}

export function boxesOf(element: Element): DOMRectList {
  return getClientRects.call(element);
}

/** Whether it has a box at all: neither it nor what it stands in is left out of the layout. */
export function isLaidOut(element: Element): boolean {
  return checkVisibility.call(element);
}
