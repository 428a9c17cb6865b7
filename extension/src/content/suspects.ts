/** The elements that may ask something, and which of them have to be judged again. */
import type { Suspects as Unit } from "./matcher.ts";
import { DIALOG } from "./candidates.ts";
import { TOGGLE } from "./labels.ts";
import { POSSIBLE_DIALOG } from "./search.ts";
import { isInPage, rootOf, shownParent, showsInside } from "./tree.ts";
import { localNameOf, matchesSelector } from "./unclobbered.ts";
import { QUOTED } from "./visible_text.ts";

/** As far above a control a region may begin (regions.ts), and so many elements it may hold at most. */
const MAX_LEVELS = 14;
const MAX_REGION = 3_000;
const WHOLE_PAGE = new Set(["html", "body"]);
const MOST = 1_000;
/** More of them inside one another is no page that asks something. */
const MOST_TOGETHER = 40;

/** A dialog, or a control around which the region of a question may be. */
interface Suspect {
  element: Element;
  isDialog: boolean;
  /** What decides about it lies in here. */
  zone: Element;
}

export class Suspects {
  readonly #all = new Map<Element, Suspect>();
  readonly #byZone = new Map<Element, Set<Suspect>>();
  /** To be judged, the last one first. */
  readonly #due = new Set<Suspect>();

  get isEmpty(): boolean {
    return this.#all.size === 0;
  }

  get dueCount(): number {
    return this.#due.size;
  }

  /** @returns the zone to be watched; null where it is known, or nothing more is taken. */
  addDialog(element: Element): Element | null {
    return this.#add({ element, isDialog: true, zone: element });
  }

  /** @returns as `addDialog`. A plain button inside a dialog is the dialog's business. */
  addControl(element: Element): Element | null {
    if (!matchesSelector(element, TOGGLE) && Element.prototype.closest.call(element, DIALOG) !== null) {
      return null;
    }
    return this.#add({ element, isDialog: false, zone: zoneOf(element) });
  }

  #add(suspect: Suspect): Element | null {
    const { element, zone } = suspect;
    const before = this.#all.get(element);
    if (before !== undefined) {
      this.#due.add(before);
      if (before.zone === zone) return zone;
      this.#drop(before);
    }
    if (this.#all.size >= MOST) {
      for (const oldest of this.#all.values()) {
        this.#drop(oldest);
        break;
      }
    }
    this.#all.set(element, suspect);
    const same = this.#byZone.get(zone);
    if (same === undefined) this.#byZone.set(zone, new Set([suspect]));
    else same.add(suspect);
    this.#due.add(suspect);
    return zone;
  }

  #drop(suspect: Suspect): void {
    this.#all.delete(suspect.element);
    this.#due.delete(suspect);
    const same = this.#byZone.get(suspect.zone);
    same?.delete(suspect);
    if (same?.size === 0) this.#byZone.delete(suspect.zone);
  }

  /** Something changed in these elements: what lies around them is judged again. */
  touch(places: Iterable<Element>, isToJudge: (element: Element) => boolean = () => true): void {
    if (this.#byZone.size === 0) return;
    const seen = new Set<Element>();
    for (const place of places) {
      for (let at: Element | null = place; at !== null && !seen.has(at); at = shownParent(at)) {
        seen.add(at);
        for (const suspect of this.#byZone.get(at) ?? []) {
          if (isToJudge(suspect.element)) this.#due.add(suspect);
        }
      }
    }
  }

  /** What is inside these may be shown or hidden by them; where the markup says the same as before, the layout may not. */
  touchLooks(looks: Map<Element, boolean>, isFollowed: (element: Element) => boolean): void {
    for (const [place, isStyling] of looks) {
      const isToJudge = (element: Element) => !isStyling || isFollowed(element);
      this.touch([place], isToJudge);
      for (const suspect of this.#all.values()) {
        if (isToJudge(suspect.element) && showsInside(place, suspect.element)) this.#due.add(suspect);
      }
    }
  }

  touchAll(): void {
    for (const suspect of this.#all.values()) this.#due.add(suspect);
  }

  touchOne(element: Element): void {
    const suspect = this.#all.get(element);
    if (suspect !== undefined) this.#due.add(suspect);
  }

  /** Takes one that is due; the latest first, for it lies on top. */
  takeDue(): Element | null {
    const last = [...this.#due].at(-1);
    if (last === undefined) return null;
    this.#due.delete(last);
    return last.element;
  }

  /** Forgets those that have left the page. @returns them. */
  dropGone(): Element[] {
    const gone = [...this.#all.values()].filter(({ element }) => !isInPage(element));
    for (const suspect of gone) this.#drop(suspect);
    return gone.map(({ element }) => element);
  }

  /** What has to be judged together with it: dialogs around and inside, and the switches in a dialog. */
  unitOf(element: Element): Unit {
    const own = this.#all.get(element);
    if (own === undefined) return { dialogs: [], controls: [] };
    const around = new Set<Element>();
    for (let at = shownParent(element); at !== null; at = shownParent(at)) around.add(at);
    const near = [...this.#all.values()].filter((other) =>
      isInside(own.zone, other.element) || (other.isDialog && around.has(other.element))
    ).slice(0, MOST_TOGETHER).map((suspect) => suspect.element);
    const together = [...new Set([element, ...near])].sort(inOrder);
    return {
      dialogs: together.filter((each) => matchesSelector(each, DIALOG)),
      controls: together.filter((each) => this.#all.get(each)?.isDialog === false),
    };
  }
}

/** As `showsInside`, and quick where no shadow root or slot lies between. */
function isInside(zone: Element, element: Element): boolean {
  if (Node.prototype.contains.call(zone, element)) return true;
  return rootOf(element) instanceof ShadowRoot || zone instanceof HTMLSlotElement ||
      rootOf(zone) instanceof ShadowRoot
    ? showsInside(zone, element)
    : false;
}

function inOrder(one: Element, other: Element): number {
  const place = Node.prototype.compareDocumentPosition.call(one, other);
  return place & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

/** The largest part of the page that a region around this control may be. */
function zoneOf(control: Element): Element {
  let zone = control;
  for (let level = 0; level < MAX_LEVELS; level++) {
    const above = shownParent(zone);
    if (above === null || WHOLE_PAGE.has(localNameOf(above)) || matchesSelector(above, QUOTED)) return zone;
    if (Element.prototype.getElementsByTagName.call(above, "*")[MAX_REGION] !== undefined) return zone;
    zone = above;
    if (matchesSelector(above, POSSIBLE_DIALOG)) return zone;
  }
  return zone;
}
