/**
 * Page → what changed in it, named as narrowly as the browser tells: subtrees that came, places where something
 * changed, looks. Costs nothing on what nobody suspects: classes and styles are watched only in and above suspects.
 */
import { type Changes, isNothing, nothing } from "./changes.ts";
import { isSomebodyElses } from "./search.ts";
import { isElement, rootElementOf, sheetsOf, shownParent } from "./tree.ts";
import { attributeOf, localNameOf, parentElementOf } from "./unclobbered.ts";

/** What makes a dialog or a control of an element that stands there already. Rare on any page. */
const NATURE = ["role", "aria-modal", "popover"];
/** What shows and hides. */
const LOOK = [
  ...["class", "style", "hidden", "open", "aria-hidden", "inert"],
  ...["aria-label", "disabled", "aria-disabled", "checked", "aria-checked"],
];
const MOST_RECORDS = 3_000;
const MOST_ABOVE = 2_000;
const SHEETS = new Set(["style", "link"]);

export class Watch {
  readonly #page: Document;
  readonly #isOurs: (node: Node) => boolean;
  readonly #onChanges: (changes: Changes) => void;
  readonly #signal: AbortSignal;
  readonly #tree = new MutationObserver((records) => this.#hand(records));
  readonly #zones = new MutationObserver((records) => this.#hand(records));
  readonly #above = new MutationObserver((records) => this.#hand(records));
  readonly #wake = (event: Event) => this.#onEvent(event);
  readonly #watchedAbove = new WeakSet<Element>();
  #countAbove = 0;
  #hasZones = false;
  /** Somebody's words, in which something changed last. */
  #post: Element | null = null;
  /** Nobody's post, in which something changed last. */
  #home: Node | null = null;
  /** One may have come in a post, which is not read. */
  #sheetCount = 0;

  constructor(
    page: Document,
    isOurs: (node: Node) => boolean,
    onChanges: (changes: Changes) => void,
    signal: AbortSignal,
  ) {
    this.#page = page;
    this.#isOurs = isOurs;
    this.#onChanges = onChanges;
    this.#signal = signal;
    this.watchTree(page);
    this.#listen();
    signal.addEventListener("abort", () => {
      for (const observer of [this.#tree, this.#zones, this.#above]) observer.disconnect();
    }, { once: true });
  }

  /** The page itself, or a shadow root in it: no observer looks into those by itself. */
  watchTree(root: Document | ShadowRoot): void {
    this.#tree.observe(root, {
      childList: true,
      subtree: true,
      characterData: true,
      attributes: true,
      attributeFilter: NATURE,
    });
    // Events that are not composed end at the root.
    for (const type of ["toggle", "transitionend", "animationend"]) {
      root.addEventListener(type, this.#wake, { capture: true, passive: true, signal: this.#signal });
    }
  }

  /** A suspect's surroundings: how it looks is decided in here and above. */
  watchZone(zone: Element): void {
    const filter = { attributes: true, attributeOldValue: true, attributeFilter: LOOK };
    this.#hasZones = true;
    this.#zones.observe(zone, { ...filter, subtree: true });
    for (let at = shownParent(zone); at !== null; at = shownParent(at)) {
      if (this.#watchedAbove.has(at) || this.#countAbove >= MOST_ABOVE) return;
      this.#watchedAbove.add(at);
      this.#countAbove++;
      this.#above.observe(at, filter);
    }
  }

  /** `document.open()` takes all listeners away, and the page stays; adding one twice changes nothing. */
  #listen(): void {
    const options = { capture: true, passive: true, signal: this.#signal };
    for (const type of ["toggle", "transitionend", "animationstart", "animationend", "focusin", "click"]) {
      Document.prototype.addEventListener.call(this.#page, type, this.#wake, options);
    }
    for (const type of ["pageshow", "load", "popstate", "hashchange"]) {
      globalThis.addEventListener(type, this.#wake, options);
    }
    Document.prototype.addEventListener.call(this.#page, "visibilitychange", this.#wake, options);
    const { navigation } = globalThis as { navigation?: EventTarget };
    navigation?.addEventListener("currententrychange", this.#wake, options);
  }

  #onEvent(event: Event): void {
    const [target] = event.composedPath();
    if (event.target instanceof Node && this.#isOurs(event.target)) return;
    const changes = nothing();
    if (isElement(target)) {
      changes.looks.set(target, true);
      changes.became.add(target);
    } else {
      lookEverywhere(changes, this.#page);
    }
    this.#onChanges(changes);
  }

  /** All three observers have been told by now; what they know belongs together. */
  #hand(first: MutationRecord[]): void {
    const lists = [first, this.#tree.takeRecords()];
    if (this.#hasZones) lists.push(this.#zones.takeRecords(), this.#above.takeRecords());
    const changes = nothing();
    if (lists.reduce((sum, { length }) => sum + length, 0) > MOST_RECORDS) changes.isEverything = true;
    else for (const records of lists) for (const record of records) this.#read(record, changes);
    this.#post = this.#home = null;
    const sheetCount = sheetsOf(this.#page).length;
    if (sheetCount !== this.#sheetCount) lookEverywhere(changes, this.#page);
    this.#sheetCount = sheetCount;
    if (!isNothing(changes)) this.#onChanges(changes);
  }

  #read(record: MutationRecord, changes: Changes): void {
    const { target, type } = record;
    if (type === "childList") return this.#readChildren(record, target, changes);
    if (this.#isOurs(target)) return;
    const element = isElement(target) ? target : parentElementOf(target) ?? hostOf(target);
    if (element === null) return;
    if (type === "characterData") changes.touched.add(element);
    else if (NATURE.includes(record.attributeName ?? "")) changes.became.add(element);
    else if (changes.looks.get(element) !== false) changes.looks.set(element, isStyling(record, element));
  }

  #readChildren(record: MutationRecord, target: Node, changes: Changes): void {
    // A feed adds many to one place, and what is added to somebody's post is a part of it: each place is asked once.
    if (target === this.#post) return;
    const place = isElement(target) ? target : hostOf(target);
    if (target !== this.#home) {
      if (this.#isOurs(target)) return;
      if (target === this.#page) this.#listen();
      if (place !== null && place === target && isSomebodyElses(place)) {
        this.#post = place;
        changes.touched.add(place);
        return;
      }
      this.#home = target;
    }
    const isTheirs = this.#readNodes(record.addedNodes, changes.came, changes);
    if (!this.#readNodes(record.removedNodes, null, changes) && !isTheirs) return;
    if (place !== null) changes.touched.add(place);
  }

  /** @param came takes what is new: what was put into something that came itself comes with it. @returns whether any is the page's. */
  #readNodes(nodes: NodeList, came: Set<Element> | null, changes: Changes): boolean {
    const { length } = nodes;
    if (came !== null && length > MOST_RECORDS) changes.isEverything = true;
    let isTheirs = false;
    for (let at = 0; at < length && at < MOST_RECORDS; at++) {
      const node = nodes[at] as Node;
      if (this.#isOurs(node)) continue;
      isTheirs = true;
      if (!isElement(node)) continue;
      if (SHEETS.has(localNameOf(node))) lookEverywhere(changes, this.#page);
      came?.add(node);
    }
    return isTheirs;
  }
}

/** A style sheet, a media query, a switched tab: what is shown may be another, and nobody says what. */
function lookEverywhere(changes: Changes, page: Document): void {
  const root = rootElementOf(page);
  if (root !== null) changes.looks.set(root, true);
}

function hostOf(node: Node): Element | null {
  return node instanceof ShadowRoot ? node.host : null;
}

/** A class, or a style that neither hid nor hides by itself: the markup says the same as before. */
function isStyling({ attributeName, oldValue }: MutationRecord, element: Element): boolean {
  if (attributeName === "class") return true;
  if (attributeName !== "style") return false;
  return ![oldValue, attributeOf(element, "style")].some((style) => /display|visibility/i.test(style ?? ""));
}
