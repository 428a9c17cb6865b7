/**
 * A rule's clauses, one after the other: what is met, and the first that is not, in words.
 * Twin: backend/rollguard/rules/clauses.py.
 */
import type { Rule } from "../shared/bundle_types.ts";
import type { Candidate } from "./candidates.ts";
import type { Control } from "./controls.ts";
import { isToggleRow } from "./kinds.ts";
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

/** Whether the text has every required notion in this language, close enough together. */
export function meetsRequirements(reading: Reading, rule: Rule, index: SlotIndex): boolean {
  for (const failed of required(reading, rule, index)) {
    if (failed !== null) return false;
  }
  return true;
}

function* required(reading: Reading, rule: Rule, index: SlotIndex): Iterable<string | null> {
  const hits = reading.hits(index).text;
  const present = new Set(hits.map((hit) => hit.slot));
  const groups = rule.requires.map((group) => group.any_of);
  for (const group of groups) {
    yield group.some((slot) => present.has(slot)) ? null : `requires ${group.join(" | ")}`;
  }
  if (rule.within_words > 0) {
    const length = span(hits, reading.words, groups);
    const isClose = length !== null && length <= rule.within_words * WORD_UNITS;
    yield isClose ? null : `within_words ${rule.within_words}`;
  }
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
  yield* required(reading, rule, index);
  yield* forbidden("forbids", rule.forbids, present);
  yield* forbidden("title_forbids", rule.title_forbids, new Set(hits.title.map((hit) => hit.slot)));
  if (rule.forbids_selector !== "") {
    const found = selectFirst(candidate.element, rule.forbids_selector);
    yield found === null ? null : `forbids_selector ${rule.forbids_selector}`;
  }
  yield* clausesOfTheChoice(candidate, rule, present, accept, decline);
}

function* clausesOfTheChoice(
  candidate: Candidate,
  rule: Rule,
  present: Set<string>,
  accept: Control | null,
  decline: Control | null,
): Iterable<string | null> {
  if (accept === null) return yield NO_ACCEPT;
  // What does not say of itself that it is a dialog must look like a choice.
  const isChoice = candidate.kind !== "region" || isToggleRow(candidate) || decline !== null;
  yield isChoice ? null : "no decline control";
  if (accept.isUnknown || (decline?.isUnknown && (accept.isWeak || candidate.kind === "region"))) {
    yield tooFew("unknown_least", rule.controls.unknown_least, rule, present);
  }
  if (accept.isWeak) {
    const isRefused = decline !== null && rule.controls.unknown_beside.includes(decline.slot);
    // Where the text leaves no doubt, and "Not now" stands beside it, an insurer's ask is an ask.
    if (!isRefused || actsOf(rule, present) < rule.controls.unknown_least) {
      yield* forbidden("forbids_if_weak", rule.forbids_if_weak, present);
    }
    if (decline !== null && !decline.isUnknown && !isRefused) {
      yield tooFew("cancel_least", rule.controls.cancel_least, rule, present);
      yield* forbidden("forbids_if_cancel", rule.forbids_if_cancel, present);
    }
  }
}

function actsOf(rule: Rule, present: Set<string>): number {
  return rule.controls.unknown_with.filter((slot) => present.has(slot)).length;
}

/** Fewer acts than such a choice asks for. */
function tooFew(clause: string, least: number, rule: Rule, present: Set<string>): string | null {
  const isEnough = actsOf(rule, present) >= least;
  return isEnough ? null : `${clause} ${least} of ${rule.controls.unknown_with.join(" | ")}`;
}

function* forbidden(clause: string, slots: string[], present: Set<string>): Iterable<string | null> {
  for (const slot of slots) yield present.has(slot) ? `${clause} ${slot}` : null;
}
