/**
 * Element → what it is as a control, and what its label means.
 * Twin: backend/rollguard/rules/labels.py.
 */
import type { Rule } from "../shared/bundle_types.ts";
import { covered, dropContained } from "./hits.ts";
import type { SlotIndex } from "./slots.ts";
import { closestTo, rootOf, selectShown, shownClosest, shownParent } from "./tree.ts";
import {
  attributeOf,
  localNameOf,
  matchesSelector,
  parentElementOf,
  selectAll,
  selectFirst,
} from "./unclobbered.ts";
import { buttonValue, readText, type Sight } from "./visible_text.ts";
import { BREAK, collapse, cutWords, type Word, WORD_UNITS } from "./words.ts";

export const BUTTON =
  "button, [role=button], [role=link], a[href], input[type=submit], input[type=button], summary, " +
  "[onclick], [tabindex='0']:not([role=switch], [role=checkbox], [role=dialog], [role=alertdialog])";
export const TOGGLE = "[role=switch], [role=checkbox], input[type=checkbox]";
/** Where the search for a region without a dialog role may begin. */
export const CONTROL = `${BUTTON}, ${TOGGLE}`;
const MAX_LABEL_UNITS = 8 * WORD_UNITS;
/** `aria-labelledby` is followed no further than this: it may name one long text thousands of times. */
const MAX_LABELS = 16;
/** Neither yes nor no: "Learn more", "Settings". */
export const NEUTRAL = "more";
/** Neither yes nor no: "Got it". */
export const NOTED = "acknowledge";
/** A control that switches off is no accept, whatever else its label says. */
export const UNDOING = "turn_off";

export function isUsable(element: Element): boolean {
  if (matchesSelector(element, "[disabled], [aria-disabled=true], [inert]")) return false;
  return shownClosest(element, "[inert], fieldset[disabled]") === null;
}

export function buttonLabel(element: Element, sight: Sight): string {
  return localNameOf(element) === "input" ? buttonValue(element) : readText(element, sight);
}

/** Whether it says something, shown or named, that is short enough to be a label. */
export function hasLabel(element: Element, sight: Sight): boolean {
  const shown = collapse(buttonLabel(element, sight));
  return labelWords(shown || (attributeOf(element, "aria-label") ?? "")).length > 0;
}

/** Whether nothing is said around it but by buttons: then it is a button that is drawn as a link. */
export function standsAlone(link: Element, sight: Sight): boolean {
  const around = shownParent(link);
  return around !== null && cutWords(readText(around, sight, selectShown(around, BUTTON)), 1).length === 0;
}

/**
 * The label that says something, and the slots it meets: the visible text first, `aria-label` second.
 * Words of choosing count first; "Sync my gallery" has none, and names what the rule is about.
 */
export function readLabel(
  element: Element,
  rule: Rule,
  index: SlotIndex,
  sight: Sight,
  isLink: boolean,
): { label: string; slots: Set<string> } {
  const shown = collapse(buttonLabel(element, sight));
  const labels = [shown, collapse(attributeOf(element, "aria-label") ?? "")];
  const order = rule.controls;
  const choices = new Set([
    ...order.accept,
    ...order.accept_if_declinable,
    ...order.decline,
    UNDOING,
    NEUTRAL,
    NOTED,
  ]);
  for (const known of [choices, new Set(others(rule)), new Set(isLink ? [] : subjects(rule))]) {
    for (const label of labels) {
      const slots = labelSlots(labelWords(label), known, index, isLink);
      if (slots.size > 0) return { label: shown || label, slots };
    }
  }
  return { label: shown, slots: new Set() };
}

/** The slots of what the rule is not about: "Share this story" is neither its yes nor its no. */
export function others(rule: Rule): string[] {
  return [...rule.forbids, ...rule.title_forbids];
}

/** The slots of the object and the act that the rule is about. */
export function subjects(rule: Rule): string[] {
  return rule.requires.slice(0, 2).flatMap((group) => group.any_of);
}

/** The words of a label; none where it is too long to be one. */
export function labelWords(label: string): Word[] {
  const words = cutWords(label, MAX_LABEL_UNITS + 1);
  return words.reduce((sum, word) => sum + word.units, 0) <= MAX_LABEL_UNITS ? words : [];
}

export function labelSlots(
  words: Word[],
  known: Set<string>,
  index: SlotIndex,
  isLink: boolean,
): Set<string> {
  let hits = dropContained(index.hits(words).filter((hit) => known.has(hit.slot)));
  // "Personalise" is a setting, "Personalise my photos" may be a yes.
  const neutral = covered(hits.filter((hit) => hit.slot === NEUTRAL));
  if (neutral < words.length) hits = hits.filter((hit) => hit.slot !== NEUTRAL);
  // A link to read more speaks of the thing; a link that is a choice says nothing else.
  if (isLink && !words.every((_, at) => hits.some((hit) => hit.start <= at && at < hit.end))) {
    return new Set();
  }
  return new Set(hits.map((hit) => hit.slot));
}

/** A toggle's accessible name, as far as markup tells it: the texts that it may take it from lie inside `root`. */
export function nameOf(toggle: Element, root: Element, sight: Sight): string {
  for (const text of [attributeOf(toggle, "aria-label") ?? "", labelledBy(toggle, root, sight)]) {
    if (collapse(text) !== "") return collapse(text);
  }
  const id = attributeOf(toggle, "id");
  const above = parentElementOf(toggle);
  const wrapped = (above && closestTo(above, "label")) ??
    (id ? [...selectAll(root, "label")].find((found) => attributeOf(found, "for") === id) : null);
  return wrapped ? collapse(readText(wrapped, sight)) : "";
}

/** The text of the elements that `aria-labelledby` names, looked up inside `root`, or in the element's shadow tree. */
export function labelledBy(element: Element, root: Element, sight: Sight): string {
  const ids = new Set((attributeOf(element, "aria-labelledby") ?? "").split(/\s+/).filter((id) => id !== ""));
  if (ids.size === 0) return "";
  const tree = rootOf(element);
  const place = tree instanceof ShadowRoot ? tree : root;
  return [...ids].slice(0, MAX_LABELS)
    .map((id) => selectFirst(place, `[id="${CSS.escape(id)}"]`))
    .filter((target) => target !== null)
    .map((target) => readText(target, sight))
    .join(BREAK);
}
