/** Which controls are worth a look: those whose label could be a consent. Each label is asked about once. */
import { hasDirectionMarks } from "./bidi.ts";
import { TOGGLE } from "./labels.ts";
import { childCountOf } from "./tree.ts";
import { attributeOf, localNameOf, matchesSelector, selectAll, textContentOf } from "./unclobbered.ts";
import { LINK } from "./visible_text.ts";

const LONGEST_LABEL = 80;
const MOST_LABELS = 2_000;
const MANY_LETTERS = 4;
/** What was a word so often is one. */
const OFTEN = 8;
/** No more than the words in it: neither a dialog nor a switch, and without a name of its own. */
const ONLY_WORDS =
  ":is(a, button, [role=button], [role=link]):not([aria-label], [value], [aria-modal], [popover], " +
  "[role=switch], [role=checkbox], [role$=dialog])";

export class Promises {
  readonly #mayAccept: (control: Element) => boolean;
  /** The same few labels stand below every post of a feed. */
  readonly #labels = new Map<string, boolean>();
  /** How often each was met that says nothing and is written as any other word: by links, and by what may say more. */
  readonly #dull = { link: new Map<string, number>(), button: new Map<string, number>() };

  constructor(mayAccept: (control: Element) => boolean) {
    this.#mayAccept = mayAccept;
  }

  /** Whether it is known to promise nothing. Below a feed's posts most are; each question to the page counts there. */
  isDull(element: Element): boolean {
    if (!matchesSelector(element, ONLY_WORDS)) return false;
    const text = textContentOf(element) ?? "";
    if ((this.#dull.button.get(text) ?? 0) >= OFTEN) return true;
    return (this.#dull.link.get(text) ?? 0) >= OFTEN && localNameOf(element) === "a";
  }

  has(control: Element): boolean {
    const [tag, role] = [localNameOf(control), attributeOf(control, "role")];
    if (isToggle(tag, role, control)) return true;
    const text = textContentOf(control) ?? "";
    if (text.length > LONGEST_LABEL) return false;
    const [name, value] = [attributeOf(control, "aria-label"), attributeOf(control, "value")];
    if (!name && !value && text.trim() === "") return mayBeDrawn(control);
    const label = `${text}\n${name ?? ""}\n${value ?? ""}\n${tag}\n${role ?? ""}`;
    let isPromising = this.#labels.get(label);
    if (isPromising === undefined) {
      isPromising = hasDirectionMarks(text) || this.#mayAccept(control);
      if (this.#labels.size >= MOST_LABELS) this.clear();
      this.#labels.set(label, isPromising);
    }
    if (isPromising || isSpelledOut(control)) return true;
    if (name === null && value === null) {
      const dull = this.#dull[matchesSelector(control, LINK) ? "link" : "button"];
      if (dull.size >= MOST_LABELS) dull.clear();
      dull.set(text, (dull.get(text) ?? 0) + 1);
    }
    return false;
  }

  /** Other rules have other words. */
  clear(): void {
    this.#labels.clear();
    for (const dull of Object.values(this.#dull)) dull.clear();
  }
}

/** A style sheet can write a button's label; an icon or a link that lies over a card has none. */
function mayBeDrawn(control: Element): boolean {
  return localNameOf(control) !== "a" &&
    control.querySelector("svg, img, i, picture, canvas, video, input") === null;
}

/** As `TOGGLE`, asked of thousands. */
function isToggle(tag: string, role: string | null, control: Element): boolean {
  return role === "switch" || role === "checkbox" || (tag === "input" && matchesSelector(control, TOGGLE));
}

/** One letter per element: a style sheet may put them into another order, or add some. */
function isSpelledOut(control: Element): boolean {
  if (childCountOf(control) === 0) return false;
  const inside = selectAll(control, "*");
  if (inside.length < MANY_LETTERS) return false;
  const letters = [...inside].filter(({ childElementCount, textContent }) =>
    childElementCount === 0 && textContent?.length === 1
  );
  return letters.length >= MANY_LETTERS;
}
