/**
 * A rule's clauses, one after the other: what is met, and the first that is not, in words.
 * Twin: backend/rollguard/rules/clauses.py.
 */
import type { Rule } from "../shared/bundle_types.ts";
import { type Control, isToggleRow } from "./controls.ts";
import type { Reading } from "./reading.ts";
import { span } from "./hits.ts";
import type { SlotIndex } from "./slots.ts";
import { selectFirst } from "./unclobbered.ts";
import { WORD_UNITS } from "./words.ts";

const NO_ACCEPT = "no accept control";
const MISSING = ["requires ", "within_words ", NO_ACCEPT];

/** Whether a clause failed by what is there (a word that forbids), not by what is missing. */
export function speaksAgainst(failed: string): boolean {
  return !MISSING.some((start) => failed.startsWith(start));
}

/** The first clause that failed, in words; null where all passed. */
export function firstFailure(
  reading: Reading,
  rule: Rule,
  index: SlotIndex,
  accept: Control | null,
  decline: Control | null,
): string | null {
  for (const failed of clauses(reading, rule, index, accept, decline)) {
    if (failed !== null) return failed;
  }
  return null;
}

/** What fails where no language names the first thing that the rule requires. */
export function missingObject(rule: Rule): string {
  return `requires ${(rule.requires[0]?.any_of ?? []).join(" | ")}`;
}

/** The rule's clauses in order, the cheap ones first: null where one is met, else its words. */
function* clauses(
  reading: Reading,
  rule: Rule,
  index: SlotIndex,
  accept: Control | null,
  decline: Control | null,
): Iterable<string | null> {
  const { candidate } = reading;
  const hits = reading.hits(index);
  const present = new Set(hits.text.map((hit) => hit.slot));
  const titleSlots = new Set(hits.title.map((hit) => hit.slot));
  const groups = rule.requires.map((group) => group.any_of);
  for (const group of groups) {
    yield group.some((slot) => present.has(slot)) ? null : `requires ${group.join(" | ")}`;
  }
  if (rule.within_words > 0) {
    const length = span(hits.text, reading.words, groups);
    const isClose = length !== null && length <= rule.within_words * WORD_UNITS;
    yield isClose ? null : `within_words ${rule.within_words}`;
  }
  for (const slot of rule.forbids) yield present.has(slot) ? `forbids ${slot}` : null;
  for (const slot of rule.title_forbids) yield titleSlots.has(slot) ? `title_forbids ${slot}` : null;
  if (rule.forbids_selector !== "") {
    const found = selectFirst(candidate.element, rule.forbids_selector);
    yield found === null ? null : `forbids_selector ${rule.forbids_selector}`;
  }
  yield accept === null ? NO_ACCEPT : null;
  // What does not say of itself that it is a dialog must look like a choice.
  const isChoice = candidate.kind !== "region" || isToggleRow(candidate) || decline !== null;
  yield isChoice ? null : "no decline control";
  if (accept?.isUnknown || (accept?.isWeak && decline?.isUnknown)) {
    const known = rule.controls.unknown_with;
    yield known.some((slot) => present.has(slot)) ? null : `unknown_with ${known.join(" | ")}`;
  }
  if (accept?.isWeak) {
    for (const slot of rule.forbids_if_weak) yield present.has(slot) ? `forbids_if_weak ${slot}` : null;
    if (decline !== null && !rule.controls.unknown_beside.includes(decline.slot)) {
      for (const slot of rule.forbids_if_cancel) yield present.has(slot) ? `forbids_if_cancel ${slot}` : null;
    }
  }
}
