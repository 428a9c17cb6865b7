/**
 * Candidate → its accept and decline control, by role and label, never by position.
 * Twin: backend/rollguard/rules/controls.py.
 */
import type { Rule } from "../shared/bundle_types.ts";
import { type Candidate, isOwn } from "./candidates.ts";
import { BUTTON, buttonLabel, hasLabel, isUsable, nameOf, readLabel, TOGGLE, UNDOING } from "./labels.ts";
import type { SlotIndex } from "./slots.ts";
import { selectShown, shownParent } from "./tree.ts";
import { attributeOf, matchesSelector } from "./unclobbered.ts";
import type { Sight } from "./visible_text.ts";
import { collapse } from "./words.ts";

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
  for (const element of labelled(candidate, sight)) {
    const { label, slots } = readLabel(element, rule, index, sight);
    const declineRank = order.decline.findIndex((slot) => slots.has(slot));
    const acceptRank = order.accept.findIndex((slot) => slots.has(slot));
    const weakRank = order.accept_if_declinable.findIndex((slot) => slots.has(slot));
    if (declineRank >= 0) declines.push({ rank: declineRank, label, element });
    else if (slots.has(UNDOING) || !mayAnswer(element, candidate)) continue;
    else if (acceptRank >= 0) accepts.push({ rank: acceptRank, label, element });
    else if (weakRank >= 0) weak.push({ rank: weakRank, label, element });
    else if (slots.size > 0) weak.push({ rank: order.accept_if_declinable.length, label, element }); // it names the thing
  }
  let accept = selected(candidate, order.accept_selector, sight) ?? best(accepts);
  const decline = selected(candidate, order.decline_selector, sight) ?? best(declines);
  if (accept === null && decline !== null) accept = best(weak, true);
  if (accept === null && (order.toggle || isToggleRow(candidate))) {
    const toggles = usable(candidate, TOGGLE, sight).filter((element) => mayAnswer(element, candidate));
    accept = best(
      toggles.map((element) => ({ rank: 0, label: nameOf(element, candidate.element, sight), element })),
    );
  }
  return { accept, decline };
}

/** Whether it was found around a switch or tick box: that is the choice. */
export function isToggleRow(candidate: Candidate): boolean {
  return candidate.answers.some((element) => matchesSelector(element, TOGGLE));
}

function mayAnswer(element: Element, candidate: Candidate): boolean {
  return candidate.kind !== "region" || candidate.answers.includes(element);
}

/** The candidate's own controls of this kind that a person can use. */
export function usable(candidate: Candidate, selector: string, sight: Sight): Element[] {
  return selectShown(candidate.element, selector)
    .filter((element) => isUsable(element) && isOwn(element, candidate, sight));
}

const labelledOf = new WeakMap<Candidate, Element[]>();

/** The usable buttons with a label of a label's length; of one inside another, the outer. Read once per candidate. */
function labelled(candidate: Candidate, sight: Sight): Element[] {
  let found = labelledOf.get(candidate);
  if (found === undefined) {
    const all = new Set(usable(candidate, BUTTON, sight).filter((element) => hasLabel(element, sight)));
    found = [...all].filter((element) => !isInsideOneOf(element, all));
    labelledOf.set(candidate, found);
  }
  return found;
}

function isInsideOneOf(element: Element, outer: Set<Element>): boolean {
  for (let above = shownParent(element); above !== null; above = shownParent(above)) {
    if (outer.has(above)) return true;
  }
  return false;
}

function best(found: Found[], isWeak = false): Control | null {
  const rank = Math.min(...found.map((control) => control.rank));
  const same = withoutTwins(found.filter((control) => control.rank === rank));
  const first = same[0];
  return first === undefined
    ? null
    : { label: first.label, certain: same.length === 1, element: first.element, isWeak };
}

/** Without those that the keyboard cannot reach, if others say the same: pages keep such twins for measuring. */
function withoutTwins(found: Found[]): Found[] {
  const isOutOfReach = ({ element }: Found) => attributeOf(element, "tabindex") === "-1";
  const reachable = new Set(found.filter((one) => !isOutOfReach(one)).map((one) => one.label));
  return found.filter((one) => !reachable.has(one.label) || !isOutOfReach(one));
}

function selected(candidate: Candidate, selector: string, sight: Sight): Control | null {
  const found = selector === "" ? [] : usable(candidate, selector, sight);
  const element = found[0];
  if (element === undefined) return null;
  const label = collapse(buttonLabel(element, sight)) || collapse(attributeOf(element, "aria-label") ?? "");
  return { label, certain: found.length === 1, element, isWeak: false };
}
