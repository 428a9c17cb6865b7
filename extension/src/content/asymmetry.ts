/**
 * Candidate and controls → choice asymmetry: how the dialog makes "yes" easier than "no".
 * Evidence for the person, never a reason to warn. Twin: backend/rollguard/rules/asymmetry.py.
 */
import type { Candidate } from "./candidates.ts";
import { type Control, usable } from "./controls.ts";
import { TOGGLE } from "./labels.ts";
import { attributeOf, hasAttributeOf, matchesSelector } from "./unclobbered.ts";
import type { Sight } from "./visible_text.ts";

export const NO_DECLINE = "no_decline";
/** Accept is a button, decline a mere link, or drawn much fainter. */
export const MUTED_DECLINE = "muted_decline";
/** A switch or tick box is on before the person has touched it. */
export const PRE_TICKED = "pre_ticked";

/** What is asymmetric, in a fixed order; nothing where there is no accept control. */
export function findAsymmetry(
  candidate: Candidate,
  accept: Control | null,
  decline: Control | null,
  sight: Sight,
): string[] {
  if (accept === null) return [];
  const found: string[] = [];
  const isToggle = matchesSelector(accept.element, TOGGLE);
  if (decline === null && !isToggle) found.push(NO_DECLINE);
  if (decline !== null && sight.isFainter(decline.element, accept.element)) found.push(MUTED_DECLINE);
  const toggles = isToggle ? [accept.element] : usable(candidate, TOGGLE, sight);
  if (toggles.some(isOn)) found.push(PRE_TICKED);
  return found;
}

function isOn(toggle: Element): boolean {
  return hasAttributeOf(toggle, "checked") || attributeOf(toggle, "aria-checked") === "true";
}
