/**
 * The page's tree as it is shown: shadow roots, closed ones too, take the place of their hosts' children, slots that of
 * what they hold. Whoever walks a page walks it with these.
 */

/** How a shadow root is entered; an extension can also enter closed ones. */
let enter = (element: Element): ShadowRoot | null => element.shadowRoot;

export function enterShadowRootsBy(door: (element: Element) => ShadowRoot | null): void {
  enter = door;
}

export function shadowRootOf(element: Element): ShadowRoot | null {
  return mayHost(element) ? enter(element) : null;
}

/** Only these can be hosts (DOM Standard, "attach a shadow root"); asking is not free. */
const HOSTS = new Set(
  "article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span".split(" "),
);

function mayHost(element: Element): boolean {
  return HOSTS.has(element.localName) || element.localName.includes("-");
}

/** What is shown inside an element, in the order of the tree. */
export function shownChildren(element: Element): Node[] {
  const root = shadowRootOf(element);
  if (root !== null) return [...root.childNodes];
  if (element instanceof HTMLSlotElement) {
    const assigned = element.assignedNodes();
    if (assigned.length > 0) return assigned;
  }
  return [...element.childNodes];
}

/** The element inside which this one is shown. */
export function shownParent(element: Element): Element | null {
  if (element.assignedSlot !== null) return element.assignedSlot;
  if (element.parentElement !== null) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/** Like `closest`, through shadow roots. */
export function shownClosest(element: Element, selector: string): Element | null {
  for (let at: Element | null = element; at !== null; at = shownParent(at)) {
    if (at.matches(selector)) return at;
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
    for (const element of parent.querySelectorAll("*")) {
      if (element.matches(selector)) found.push(element);
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
