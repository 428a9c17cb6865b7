/**
 * Candidate and rule → verdict, with the evidence for it, or the clause that failed.
 * Twin: backend/rollguard/rules/matcher.py. Pure: no browser API but the DOM that comes in.
 */
import type { Lexicon, Rule } from "../shared/bundle_types.ts";
import { fitsAny } from "../shared/match_patterns.ts";
import type { ControlEvidence, Verdict } from "../shared/messages.ts";
import { type Candidate, findCandidates, looksAt } from "./candidates.ts";
import { type Control, findControls } from "./controls.ts";
import { Reading } from "./reading.ts";
import { type Hit, SlotIndex, span } from "./slots.ts";
import type { Sight } from "./visible_text.ts";
import { WORD_UNITS } from "./words.ts";

/** A verdict with the elements that it speaks of. */
export interface Judgement {
  verdict: Verdict;
  rule: Rule;
  accept: Element | null;
  decline: Element | null;
}

/** Every applicable rule's verdict about one candidate, and the one that is shown. */
export interface CandidateReport {
  candidate: Candidate;
  title: string;
  judgements: Judgement[];
  shown: Judgement | null;
}

/** A bundle, ready to judge pages. */
export class Matcher {
  readonly #rules: Rule[];
  readonly #indexes: SlotIndex[];

  constructor(rules: Rule[], lexicons: Lexicon[]) {
    this.#rules = rules.filter(hasReadableSelectors).sort((a, b) => compare(a.id, b.id));
    this.#indexes = [...lexicons].sort((a, b) => compare(a.language, b.language)).map((lex) =>
      new SlotIndex(lex)
    );
  }

  /** A report for every candidate of the page that at least one rule looks at. */
  judgePage(page: Document, url: string, sight: Sight): CandidateReport[] {
    const rules = this.#rules.filter((rule) =>
      rule.match_patterns.length === 0 || fitsAny(rule.match_patterns, url)
    );
    return findCandidates(page, rules, url, sight)
      .map((candidate) => ({
        candidate,
        looking: rules.filter((rule) => looksAt(rule, candidate, page, url)),
      }))
      .filter(({ looking }) => looking.length > 0)
      .map(({ candidate, looking }) => this.#judge(candidate, looking, sight));
  }

  #judge(candidate: Candidate, rules: Rule[], sight: Sight): CandidateReport {
    const reading = new Reading(candidate, sight);
    const judgements = rules.map((rule) => this.#judgeRule(reading, rule));
    const matched = judgements.filter((judgement) => judgement.verdict.matched);
    // A rule for this site knows more than one without a site; among equals, the order of their names.
    const shown = matched.find((judgement) => judgement.rule.match_patterns.length > 0) ?? matched[0] ?? null;
    return { candidate, title: reading.title, judgements, shown };
  }

  /** The verdict of the language that matches, else of the one that the text speaks most; each is judged alone. */
  #judgeRule(reading: Reading, rule: Rule): Judgement {
    const judged = this.#indexes.map((index) => judgeIn(reading, rule, index));
    return judged.reduce((best, next) => speaksMore(next, best) ? next : best).judgement;
  }
}

interface Judged {
  hitCount: number;
  judgement: Judgement;
}

function speaksMore(one: Judged, other: Judged): boolean {
  const [matched, otherMatched] = [one.judgement.verdict.matched, other.judgement.verdict.matched];
  return matched === otherMatched ? one.hitCount > other.hitCount : matched;
}

function judgeIn(reading: Reading, rule: Rule, index: SlotIndex): Judged {
  const hits = reading.hits(index);
  const present = new Set(hits.text.map((hit) => hit.slot));
  const wanted = new Set(rule.requires.flatMap((group) => group.any_of));
  // Buttons are looked at only where the text speaks of the thing at all: most dialogs end here.
  const speaks = rule.requires.every((group) => group.any_of.some((slot) => present.has(slot)));
  const { accept, decline } = speaks
    ? findControls(reading.candidate, rule, index, reading.sight)
    : { accept: null, decline: null };
  const failed = firstFailure(reading, rule, hits, accept);
  const severity = rule.lowered_by.some((slot) => present.has(slot)) ? "notice" : rule.severity;
  const shownHits = hits.text.filter((hit) => wanted.has(hit.slot) || rule.lowered_by.includes(hit.slot));
  const verdict: Verdict = {
    rule: rule.id,
    matched: failed === null,
    severity: failed === null ? severity : null,
    language: index.language,
    evidence: reading.evidence(shownHits),
    accept: controlEvidence(accept),
    decline: controlEvidence(decline),
    failed,
  };
  return {
    hitCount: hits.text.filter((hit) => wanted.has(hit.slot)).length,
    judgement: { verdict, rule, accept: accept?.element ?? null, decline: decline?.element ?? null },
  };
}

/** The first clause that failed, in words; null where all passed. */
function firstFailure(
  reading: Reading,
  rule: Rule,
  hits: { text: Hit[]; title: Hit[] },
  accept: Control | null,
): string | null {
  for (const failed of clauses(reading, rule, hits, accept)) {
    if (failed !== null) return failed;
  }
  return null;
}

/** The rule's clauses in order, the cheap ones first: null where one is met, else its words. */
function* clauses(
  reading: Reading,
  rule: Rule,
  hits: { text: Hit[]; title: Hit[] },
  accept: Control | null,
): Iterable<string | null> {
  const present = new Set(hits.text.map((hit) => hit.slot));
  const titleSlots = new Set(hits.title.map((hit) => hit.slot));
  const groups = rule.requires.map((group) => group.any_of);
  for (const group of groups) {
    yield group.some((slot) => present.has(slot)) ? null : `requires ${group.join(" | ")}`;
  }
  if (rule.within_words > 0) {
    const length = span(hits.text, reading.words, groups);
    yield length !== null && length <= rule.within_words * WORD_UNITS
      ? null
      : `within_words ${rule.within_words}`;
  }
  for (const slot of rule.forbids) yield present.has(slot) ? `forbids ${slot}` : null;
  for (const slot of rule.title_forbids) yield titleSlots.has(slot) ? `title_forbids ${slot}` : null;
  if (rule.forbids_selector !== "") {
    const found = reading.candidate.element.querySelector(rule.forbids_selector);
    yield found === null ? null : `forbids_selector ${rule.forbids_selector}`;
  }
  yield accept === null ? "no accept control" : null;
  if (accept?.isWeak) {
    for (const slot of rule.forbids_if_weak) yield present.has(slot) ? `forbids_if_weak ${slot}` : null;
  }
}

function controlEvidence(control: Control | null): ControlEvidence | null {
  return control && { label: control.label, certain: control.certain };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The check before publishing refuses such a rule; should one come all the same, the others must not fall with it. */
function hasReadableSelectors(rule: Rule): boolean {
  const { scope, controls, forbids_selector } = rule;
  const selectors = [
    scope.dialog_selector,
    scope.page_selector,
    forbids_selector,
    controls.accept_selector,
    controls.decline_selector,
  ];
  try {
    const nothing = new DocumentFragment();
    for (const selector of selectors) if (selector !== "") nothing.querySelector(selector);
    return true;
  } catch (error) {
    console.warn(`Rollguard: the rule ${rule.id} is left out:`, error);
    return false;
  }
}
