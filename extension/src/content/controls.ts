/**
 * Candidate → its accept and decline control, by role and label, never by position.
 * Twin: backend/rollguard/rules/controls.py.
 */
import type { Rule } from "../shared/bundle_types.ts";
import { type Candidate, isOwn } from "./candidates.ts";
import { dropContained, type SlotIndex } from "./slots.ts";
import { buttonValue, readText, type Sight } from "./visible_text.ts";
import { BREAK, collapse, cutWords } from "./words.ts";

const BUTTON = "button, [role=button], [role=link], a[href], input[type=submit], input[type=button]";
const TOGGLE = "[role=switch], [role=checkbox], input[type=checkbox]";
const LINK = "a[href]:not([role=button])";
const MAX_LABEL_WORDS = 8;
/** A control that switches off is no accept, whatever else its label says. */
const UNDOING = "turn_off";

/** A control as the person reads it. `certain`: exactly one answers to this description. */
export interface Control {
  label: string;
  certain: boolean;
  element: Element;
  /** An accept only because a decline stands beside it. */
  isWeak: boolean;
}

interface Found {
  rank: number;
  label: string;
  element: Element;
}

/** The accept and the decline control, each null where there is none. */
export function findControls(
  candidate: Candidate,
  rule: Rule,
  index: SlotIndex,
  sight: Sight,
): { accept: Control | null; decline: Control | null } {
  const order = rule.controls;
  const accepts: Found[] = [];
  const weak: Found[] = [];
  const declines: Found[] = [];
  for (const element of usable(candidate, BUTTON, sight)) {
    const { label, slots } = readLabel(element, rule, index, sight);
    const declineRank = order.decline.findIndex((slot) => slots.has(slot));
    const acceptRank = order.accept.findIndex((slot) => slots.has(slot));
    const weakRank = order.accept_if_declinable.findIndex((slot) => slots.has(slot));
    if (declineRank >= 0) declines.push({ rank: declineRank, label, element });
    else if (slots.has(UNDOING)) continue;
    else if (acceptRank >= 0) accepts.push({ rank: acceptRank, label, element });
    else if (weakRank >= 0) weak.push({ rank: weakRank, label, element });
  }
  let accept = selected(candidate, order.accept_selector, sight) ?? best(accepts);
  const decline = selected(candidate, order.decline_selector, sight) ?? best(declines);
  if (accept === null && decline !== null) accept = best(weak, true);
  if (accept === null && order.toggle) {
    const toggles = usable(candidate, TOGGLE, sight);
    accept = best(toggles.map((element) => ({ rank: 0, label: nameOf(element, candidate, sight), element })));
  }
  return { accept, decline };
}

function usable(candidate: Candidate, selector: string, sight: Sight): Element[] {
  return [...candidate.element.querySelectorAll(selector)].filter((element) =>
    !element.hasAttribute("disabled") &&
    element.getAttribute("aria-disabled") !== "true" &&
    isOwn(element, candidate, sight)
  );
}

/** The label that says something: the visible text first, `aria-label` second. */
function readLabel(
  element: Element,
  rule: Rule,
  index: SlotIndex,
  sight: Sight,
): { label: string; slots: Set<string> } {
  const shown = collapse(buttonLabel(element, sight));
  for (const label of [shown, collapse(element.getAttribute("aria-label") ?? "")]) {
    const slots = labelSlots(label, rule, index, element.matches(LINK));
    if (slots.size > 0) return { label: shown || label, slots };
  }
  return { label: shown, slots: new Set() };
}

function buttonLabel(element: Element, sight: Sight): string {
  return element.localName === "input" ? buttonValue(element) : readText(element, sight);
}

function labelSlots(label: string, rule: Rule, index: SlotIndex, isLink: boolean): Set<string> {
  const words = cutWords(label, MAX_LABEL_WORDS + 1);
  if (words.length === 0 || words.length > MAX_LABEL_WORDS) return new Set();
  const order = rule.controls;
  const known = new Set([...order.accept, ...order.accept_if_declinable, ...order.decline, UNDOING]);
  const hits = dropContained(index.hits(words).filter((hit) => known.has(hit.slot)));
  // A link to read more speaks of the thing; a link that is a choice says nothing else.
  if (isLink && !words.every((_, at) => hits.some((hit) => hit.start <= at && at < hit.end))) {
    return new Set();
  }
  return new Set(hits.map((hit) => hit.slot));
}

function best(found: Found[], isWeak = false): Control | null {
  const rank = Math.min(...found.map((control) => control.rank));
  const same = found.filter((control) => control.rank === rank);
  const first = same[0];
  return first === undefined
    ? null
    : { label: first.label, certain: same.length === 1, element: first.element, isWeak };
}

function selected(candidate: Candidate, selector: string, sight: Sight): Control | null {
  const found = selector === "" ? [] : usable(candidate, selector, sight);
  const element = found[0];
  if (element === undefined) return null;
  const label = collapse(buttonLabel(element, sight)) || collapse(element.getAttribute("aria-label") ?? "");
  return { label, certain: found.length === 1, element, isWeak: false };
}

/** A toggle's accessible name, as far as markup tells it. */
function nameOf(toggle: Element, candidate: Candidate, sight: Sight): string {
  for (
    const text of [toggle.getAttribute("aria-label") ?? "", labelledBy(toggle, candidate.element, sight)]
  ) {
    if (collapse(text) !== "") return collapse(text);
  }
  const id = toggle.getAttribute("id");
  const label = toggle.closest("label") ??
    (id
      ? [...candidate.element.querySelectorAll("label")].find((found) => found.getAttribute("for") === id)
      : null);
  return label ? collapse(readText(label, sight)) : "";
}

/** The text of the elements that `aria-labelledby` names, looked up inside `root`. */
export function labelledBy(element: Element, root: Element, sight: Sight): string {
  const ids = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter((id) => id !== "");
  return ids
    .map((id) => root.querySelector(`[id="${CSS.escape(id)}"]`))
    .filter((target) => target !== null)
    .map((target) => readText(target, sight))
    .join(BREAK);
}
