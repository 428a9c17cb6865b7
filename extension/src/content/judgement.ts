/**
 * Candidate and rule → verdict, with the evidence for it, or the clause that failed.
 * Twin: backend/rollguard/rules/matcher.py, with matcher.ts.
 */
import type { Rule } from "../shared/bundle_types.ts";
import type { ControlEvidence, Verdict } from "../shared/messages.ts";
import { findAsymmetry } from "./asymmetry.ts";
import type { Candidate } from "./candidates.ts";
import { firstFailure, missingObject, speaksAgainst } from "./clauses.ts";
import { type Control, findControls } from "./controls.ts";
import type { Languages } from "./languages.ts";
import { Reading } from "./reading.ts";
import type { Hit } from "./hits.ts";
import type { SlotIndex } from "./slots.ts";
import type { Sight } from "./visible_text.ts";

/** A verdict with the elements that it speaks of. */
export interface Judgement {
  verdict: Verdict;
  rule: Rule;
  accept: Element | null;
  decline: Element | null;
  /** Where the words of the evidence stand on the page. */
  ranges: StaticRange[];
}

/** Every applicable rule's verdict about one candidate, and the one that is shown. */
export interface CandidateReport {
  candidate: Candidate;
  title: string;
  /** All that it says, as far as it was seen. */
  text: string;
  judgements: Judgement[];
  shown: Judgement | null;
}

/** It asks, or it says something that speaks against: nothing smaller is looked for in it. */
export function isSettled(report: CandidateReport): boolean {
  return report.judgements.some(({ verdict }) => verdict.failed === null || speaksAgainst(verdict.failed));
}

export function judgeCandidate(
  candidate: Candidate,
  rules: Rule[],
  languages: Languages,
  sight: Sight,
): CandidateReport {
  const reading = new Reading(candidate, sight);
  const indexes = languages.of(reading);
  const judgements = rules.map((rule) => judgeRule(reading, rule, indexes));
  const matched = judgements.filter((judgement) => judgement.verdict.matched);
  // A rule for this site knows more than one without a site; among equals, the order of their names.
  const shown = matched.find((judgement) => judgement.rule.match_patterns.length > 0) ?? matched[0] ?? null;
  return { candidate, title: reading.title, text: reading.text, judgements, shown };
}

interface Judged {
  hitCount: number;
  judgement: Judgement;
}

/** The verdict of the language that matches, else of the one that the text speaks most; each is judged alone. */
function judgeRule(reading: Reading, rule: Rule, indexes: SlotIndex[]): Judgement {
  const [first, ...others] = indexes
    .map((index) => judgeIn(reading, rule, index))
    .filter((judged) => judged !== null);
  if (first === undefined) return notSpoken(rule);
  return others.reduce((best, next) => speaksMore(next, best) ? next : best, first).judgement;
}

function speaksMore(one: Judged, other: Judged): boolean {
  const [matched, otherMatched] = [one.judgement.verdict.matched, other.judgement.verdict.matched];
  return matched === otherMatched ? one.hitCount > other.hitCount : matched;
}

function notSpoken(rule: Rule): Judgement {
  const verdict: Verdict = {
    rule: rule.id,
    matched: false,
    severity: null,
    language: null,
    evidence: [],
    accept: null,
    decline: null,
    asymmetry: [],
    failed: missingObject(rule),
  };
  return { verdict, rule, accept: null, decline: null, ranges: [] };
}

/** Null where the text does not name the first thing that the rule requires in this language. */
function judgeIn(reading: Reading, rule: Rule, index: SlotIndex): Judged | null {
  const { candidate, sight } = reading;
  const hits = reading.hits(index).text;
  const present = new Set(hits.map((hit) => hit.slot));
  const speaksOf = (slots: string[]) => slots.some((slot) => present.has(slot));
  if (!speaksOf(rule.requires[0]?.any_of ?? [])) return null;
  const wanted = new Set(rule.requires.flatMap((group) => group.any_of));
  // Buttons are looked at only where the text speaks of the thing at all: most dialogs end here.
  const { accept, decline } = rule.requires.every((group) => speaksOf(group.any_of))
    ? findControls(candidate, rule, index, sight)
    : { accept: null, decline: null };
  const failed = firstFailure(reading, rule, index, accept, decline);
  const loweredBy = [...rule.lowered_by, ...(speaksOf(rule.not_alone_with) ? [] : rule.lowered_by_alone)];
  const isShown = (hit: Hit) => wanted.has(hit.slot) || loweredBy.includes(hit.slot);
  const shownHits = hits.filter(isShown);
  const verdict: Verdict = {
    rule: rule.id,
    matched: failed === null,
    severity: failed === null ? (speaksOf(loweredBy) ? "notice" : rule.severity) : null,
    language: index.language,
    evidence: reading.evidence(shownHits),
    accept: controlEvidence(accept),
    decline: controlEvidence(decline),
    asymmetry: failed === null ? findAsymmetry(candidate, accept, decline, sight) : [],
    failed,
  };
  return {
    hitCount: hits.filter((hit) => wanted.has(hit.slot)).length,
    judgement: {
      verdict,
      rule,
      accept: accept?.element ?? null,
      decline: decline?.element ?? null,
      ranges: failed === null ? reading.rangesOf(shownHits) : [],
    },
  };
}

function controlEvidence(control: Control | null): ControlEvidence | null {
  return control && { label: control.label, certain: control.certain };
}
