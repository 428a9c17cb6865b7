/** Which controls are worth a look: those whose label could be a consent. Each label is asked about once. */
import { hasDirectionMarks } from "./bidi.ts";
import { TOGGLE } from "./labels.ts";
import { attributeOf, localNameOf, matchesSelector } from "./unclobbered.ts";

const LONGEST_LABEL = 80;
const MOST_LABELS = 2_000;
const MANY_LETTERS = 4;

export class Promises {
  readonly #mayAccept: (control: Element) => boolean;
  /** The same few labels stand below every post of a feed. */
  readonly #labels = new Map<string, boolean>();

  constructor(mayAccept: (control: Element) => boolean) {
    this.#mayAccept = mayAccept;
  }

  has(control: Element): boolean {
    if (matchesSelector(control, TOGGLE)) return true;
    const text = control.textContent ?? "";
    if (text.length > LONGEST_LABEL) return false;
    const names = ["aria-label", "value"].map((name) => attributeOf(control, name));
    if (text.trim() === "" && names.every((name) => !name)) return mayBeDrawn(control);
    if (hasDirectionMarks(text) || isSpelledOut(control)) return true;
    const label = [text, ...names, localNameOf(control)].join("\n");
    let isPromising = this.#labels.get(label);
    if (isPromising === undefined) {
      isPromising = this.#mayAccept(control);
      if (this.#labels.size >= MOST_LABELS) this.#labels.clear();
      this.#labels.set(label, isPromising);
    }
    return isPromising;
  }

  /** Other rules have other words. */
  clear(): void {
    this.#labels.clear();
  }
}

/** A style sheet can write a button's label; an icon or a link that lies over a card has none. */
function mayBeDrawn(control: Element): boolean {
  return localNameOf(control) !== "a" &&
    control.querySelector("svg, img, i, picture, canvas, video, input") === null;
}

/** One letter per element: a style sheet may put them into another order, or add some. */
function isSpelledOut(control: Element): boolean {
  if (control.childElementCount === 0) return false;
  const letters = [...control.querySelectorAll("*")].filter(({ childElementCount, textContent }) =>
    childElementCount === 0 && textContent?.length === 1
  );
  return letters.length >= MANY_LETTERS;
}
