/** Subtrees that came → the suspects in them, piece by piece: newest small pieces first, then the long walks. */
import { CHILDLESS, NEITHER, type ShadowDoors } from "./shadow_doors.ts";
import { childCountOf, isCustom, isElement, isInPage } from "./tree.ts";
import { childNodesOf, matchesSelector, parentElementOf } from "./unclobbered.ts";
import { QUOTED } from "./visible_text.ts";

/** All that may ever be a dialog, open or not: more than the rules look at now. */
export const POSSIBLE_DIALOG = "dialog, [role$=dialog], [aria-modal], [popover]";

/**
 * Where dialogs, controls and hosts are, and little else: each part of a selector costs about 15 ns per element, so this
 * one stands for all, and what it finds is asked more precisely. Names with a hyphen are among those that are not plain.
 */
const WORTH_A_LOOK = `[role], [tabindex], [onclick], [aria-modal], [popover], :not(${NEITHER})`;

/** A piece of so many elements is searched in one go. */
const SMALL = 4_000;
const MOST_PIECES = 4_000;

type Place = Element | ShadowRoot | Document;

/** The children of something large, the next one to be looked at. */
interface Row {
  nodes: NodeList;
  next: number;
}

export interface Finder {
  /** Selector of the controls that are worth a look, wherever they stand. */
  readonly control: string;
  /** Whether it is known to be nothing that is looked for. */
  isDull(element: Element): boolean;
  foundDialog(element: Element): unknown;
  foundControl(element: Element): void;
  foundRoot(root: ShadowRoot): void;
}

export class Search {
  readonly #finder: Finder;
  readonly #doors: ShadowDoors;
  #fresh: Place[] = [];
  /** Places that are too large for one go: what is left of each. */
  #long: (Place | Row)[] = [];
  /** In nobody's post. */
  #home: Element | null = null;

  constructor(finder: Finder, doors: ShadowDoors) {
    this.#finder = finder;
    this.#doors = doors;
  }

  get isDone(): boolean {
    return this.#fresh.length === 0;
  }

  /** Whether something large waits for `walk`. */
  get isWalking(): boolean {
    return this.#long.length > 0;
  }

  add(place: Place): void {
    if (this.#fresh.length < MOST_PIECES) this.#fresh.push(place);
  }

  get isFull(): boolean {
    return this.#fresh.length >= MOST_PIECES;
  }

  /** Instead of all that waits: the whole page and every root in it, from the start. */
  startOver(page: Document): void {
    this.#fresh = [];
    this.#long = [page, ...this.#doors.known()].reverse();
  }

  /** What came, as far as it is small. */
  work(isLate: () => boolean): void {
    this.#doors.rest();
    this.#home = null;
    for (let place = this.#fresh.pop(); place !== undefined; place = this.#fresh.pop()) {
      if (isInPage(place)) this.#look(place);
      if (isLate()) return;
    }
  }

  /** What is large, bit by bit. */
  walk(isLate: () => boolean): void {
    this.#doors.rest();
    this.#home = null;
    for (let last = this.#long.at(-1); last !== undefined; last = this.#long.at(-1)) {
      const place = "nodes" in last ? last.nodes[last.next++] : this.#long.pop();
      if (place === undefined) this.#long.pop();
      else if (isPlace(place) && isInPage(place)) this.#look(place);
      if (isLate()) return;
    }
  }

  #look(place: Place): void {
    if (isElement(place) && this.#isInPost(place)) return;
    if (isElement(place) && childCountOf(place) === 0) return this.lookAt(place);
    if (isSmall(place)) return this.#searchAll(place);
    if (isElement(place)) this.lookAt(place);
    this.#long.push({ nodes: childNodesOf(place), next: 0 });
  }

  /** What comes to a feed comes to one place, which is asked once. */
  #isInPost(place: Element): boolean {
    const home = parentElementOf(place);
    if (home !== null && home === this.#home) return matchesSelector(place, QUOTED);
    if (isSomebodyElses(place)) return true;
    if (home !== null && !isSomebodyElses(home)) this.#home = home;
    return false;
  }

  /** The one element, and none in it but behind its own shadow root. */
  lookAt(element: Element): void {
    if (matchesSelector(element, WORTH_A_LOOK)) this.#sort(element);
    if (!this.#doors.isFull && !isCustom(element)) this.#enter([element]);
  }

  #searchAll(place: Place): void {
    if (isElement(place)) this.lookAt(place);
    const worth = all(place, WORTH_A_LOOK);
    for (let at = 0; at < worth.length; at++) this.#sort(worth[at] as Element);
    if (!this.#doors.isFull) this.#enter(all(place, CHILDLESS));
  }

  #sort(element: Element): void {
    if (this.#finder.isDull(element)) return;
    if (isCustom(element)) this.#enter([element]);
    if (matchesSelector(element, POSSIBLE_DIALOG)) this.#finder.foundDialog(element);
    if (matchesSelector(element, this.#finder.control)) this.#finder.foundControl(element);
  }

  #enter(hosts: ArrayLike<Element>): void {
    for (const root of this.#doors.open(hosts)) {
      this.#finder.foundRoot(root);
      this.add(root);
    }
  }
}

function isPlace(node: Node | Row): node is Place {
  return isElement(node) || node instanceof Document || node instanceof ShadowRoot;
}

/** A list that does not follow the page costs least: one that does would be kept up with every change. */
function isSmall(place: Place): boolean {
  return all(place, "*").length <= SMALL;
}

function all(place: Place, selector: string): NodeListOf<Element> {
  return place instanceof Document
    ? Document.prototype.querySelectorAll.call(place, selector)
    : place instanceof ShadowRoot
    ? DocumentFragment.prototype.querySelectorAll.call(place, selector)
    : Element.prototype.querySelectorAll.call(place, selector);
}

/** Nothing in a post or a quotation speaks for the page, unless the post is a dialog's own frame. */
export function isSomebodyElses(place: Element): boolean {
  const quoted = Element.prototype.closest.call(place, QUOTED);
  if (quoted === null) return false;
  const above = parentElementOf(quoted);
  return above === null || Element.prototype.closest.call(above, POSSIBLE_DIALOG) === null;
}
