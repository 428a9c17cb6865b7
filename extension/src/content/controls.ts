/**
 * Candidate → its accept and decline control, by role and label, never by position.
 * Twin: backend/rollguard/rules/controls.py.
 */
import type { Rule } from "../shared/bundle_types.ts";
import { type Candidate, isOwn } from "./candidates.ts";
import { type Found, isToggleRow, type Kind, mayAnswer, readKind } from "./kinds.ts";
import { BUTTON, buttonLabel, hasLabel, isUsable, nameOf, TOGGLE } from "./labels.ts";
import type { SlotIndex } from "./slots.ts";
import { isInsideOneOf, selectShown } from "./tree.ts";
import { attributeOf } from "./unclobbered.ts";
import type { Sight } from "./visible_text.ts";
import { collapse } from "./words.ts";

/** A control as the person reads it. `certain`: exactly one answers to this description. */
export interface Control {
  label: string;
  certain: boolean;
  element: Element;
  /** An accept only because a decline stands beside it. */
  isWeak: boolean;
  /** Its label says nothing that we know. */
  isUnknown: boolean;
  /** The slot that its label was known by; empty where it was not. */
  slot: string;
}

/** The accept and the decline control, each null where there is none. */
export function findControls(
  candidate: Candidate,
  rule: Rule,
  index: SlotIndex,
  sight: Sight,
): { accept: Control | null; decline: Control | null } {
  const order = rule.controls;
  const found: Record<Kind, Found[]> = { accept: [], weak: [], decline: [], unknown: [], link: [] };
  for (const element of labelled(candidate, sight)) {
    const { kind, control } = readKind(element, candidate, rule, index, sight);
    if (kind !== null) found[kind].push(control);
  }
  let accept = selected(candidate, order.accept_selector, sight) ?? best(found.accept, order.accept);
  let decline = selected(candidate, order.decline_selector, sight) ?? best(found.decline, order.decline);
  const weak = best(found.weak, order.accept_if_declinable);
  const other = only(found.unknown);
  if (decline === null && (accept !== null || (weak !== null && candidate.kind === "dialog"))) {
    decline = only([...found.unknown, ...found.link].filter((one) => one.label !== ""));
  }
  if (accept === null && decline !== null && weak !== null) accept = { ...weak, isWeak: true };
  if (accept === null && decline !== null && order.unknown_beside.includes(decline.slot) && other !== null) {
    accept = { ...other, isWeak: true };
  }
  if (accept === null && (order.toggle || isToggleRow(candidate))) {
    const toggles = usable(candidate, TOGGLE, sight).filter((element) => mayAnswer(element, candidate));
    accept = best(
      toggles.map((element) => ({ rank: 0, label: nameOf(element, candidate.element, sight), element })),
      [],
    );
  }
  return { accept, decline };
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

/** The one button whose label says nothing that we know: beside a yes it can only be the no, and the reverse. */
function only([first, another]: Found[]): Control | null {
  if (first === undefined || another !== undefined) return null;
  return {
    label: first.label,
    certain: false,
    element: first.element,
    isWeak: false,
    isUnknown: true,
    slot: "",
  };
}

function best(found: Found[], order: string[]): Control | null {
  const rank = Math.min(...found.map((control) => control.rank));
  const same = withoutTwins(found.filter((control) => control.rank === rank));
  const first = same[0];
  return first === undefined ? null : {
    label: first.label,
    certain: same.length === 1,
    element: first.element,
    isWeak: false,
    isUnknown: false,
    slot: order[rank] ?? "",
  };
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
  return { label, certain: found.length === 1, element, isWeak: false, isUnknown: false, slot: "" };
}
