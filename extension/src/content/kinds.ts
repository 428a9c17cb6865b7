/**
 * Button → what it is good for: a yes, a no, or neither.
 * Twin: backend/rollguard/rules/kinds.py.
 */
import type { Rule } from "../shared/bundle_types.ts";
import type { Candidate } from "./candidates.ts";
import { NEUTRAL, NOTED, others, readLabel, standsAlone, TOGGLE, UNDOING } from "./labels.ts";
import type { SlotIndex } from "./slots.ts";
import { matchesSelector } from "./unclobbered.ts";
import { LINK, type Sight } from "./visible_text.ts";

export type Kind = "accept" | "weak" | "decline" | "unknown" | "link";

export interface Found {
  rank: number;
  label: string;
  element: Element;
}

/** What a button is good for. A link says more than its words; a no may stand alone as one, a yes is a button. */
export function readKind(
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
  const aboutElse = [NOTED, ...others(rule)].filter((slot) => !order.accept_if_declinable.includes(slot));
  const isAboutElse = [...slots].every((slot) => aboutElse.includes(slot));
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

export function mayAnswer(element: Element, candidate: Candidate): boolean {
  return candidate.kind !== "region" || candidate.answers.includes(element);
}
