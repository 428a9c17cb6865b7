/**
 * Candidate → its accept and decline control, by role and label, never by position.
 * Twin: backend/rollguard/rules/controls.py.
 */
import type { Rule } from "../shared/bundle_types.ts";
import { type Candidate, isOwn } from "./candidates.ts";
import {
  BUTTON,
  buttonLabel,
  hasLabel,
  isUsable,
  nameOf,
  NEUTRAL,
  others,
  readLabel,
  standsAlone,
  TOGGLE,
  UNDOING,
} from "./labels.ts";
import type { SlotIndex } from "./slots.ts";
import { isInsideOneOf, selectShown } from "./tree.ts";
import { attributeOf, matchesSelector } from "./unclobbered.ts";
import { LINK, type Sight } from "./visible_text.ts";
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

type Kind = "accept" | "weak" | "decline" | "unknown" | "link";

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
  const found: Record<Kind, Found[]> = { accept: [], weak: [], decline: [], unknown: [], link: [] };
  for (const element of labelled(candidate, sight)) {
    const { kind, control } = read(element, candidate, rule, index, sight);
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

/** What a button is good for. A link says more than its words; a no may stand alone as one, a yes is a button. */
function read(
  element: Element,
  candidate: Candidate,
  rule: Rule,
  index: SlotIndex,
  sight: Sight,
): { kind: Kind | null; control: Found } {
  const isLink = matchesSelector(element, LINK);
  let { label, slots } = readLabel(element, rule, index, sight, isLink);
  let { kind, rank } = kindOf(element, slots, candidate, rule);
  if (isLink && kind === "unknown") {
    ({ label, slots } = readLabel(element, rule, index, sight, false));
    ({ kind, rank } = kindOf(element, slots, candidate, rule));
    if (kind === "unknown") kind = "link";
    if ((kind !== "decline" && kind !== "link") || !standsAlone(element, sight)) kind = null;
  }
  return { kind, control: { rank, label, element } };
}

/** What a button is good for, and its rank among its like: 0 is the best. */
function kindOf(
  element: Element,
  slots: Set<string>,
  candidate: Candidate,
  rule: Rule,
): { kind: Kind | null; rank: number } {
  const order = rule.controls;
  const nothing = { kind: null, rank: 0 };
  const declineRank = order.decline.findIndex((slot) => slots.has(slot));
  if (declineRank >= 0) return { kind: "decline", rank: declineRank };
  if (slots.size === 0) return { kind: "unknown", rank: 0 };
  const isAboutElse = [...slots].every((slot) => others(rule).includes(slot));
  if (slots.has(UNDOING) || slots.has(NEUTRAL) || isAboutElse || !mayAnswer(element, candidate)) {
    return nothing;
  }
  const acceptRank = order.accept.findIndex((slot) => slots.has(slot));
  if (acceptRank >= 0) return { kind: "accept", rank: acceptRank };
  const weakRank = order.accept_if_declinable.findIndex((slot) => slots.has(slot));
  // One that only names the thing comes last.
  return { kind: "weak", rank: weakRank >= 0 ? weakRank : order.accept_if_declinable.length };
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
