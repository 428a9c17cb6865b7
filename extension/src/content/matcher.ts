/**
 * Page → reports: every candidate with every rule's verdict about it.
 * Twin: backend/rollguard/rules/matcher.py, with judgement.ts. Pure: no browser API but the DOM that comes in.
 */
import type { CompiledLexicon, Rule } from "../shared/bundle_types.ts";
import type { Gates } from "../shared/gate_text.ts";
import { fitsAny } from "../shared/match_patterns.ts";
import { type Candidate, DIALOG, findCandidates, isConsentPage, looksAt } from "./candidates.ts";
import { type CandidateReport, isSettled, judgeCandidate } from "./judgement.ts";
import { CONTROL } from "./labels.ts";
import { Indexes } from "./indexes.ts";
import { Languages } from "./languages.ts";
import { findRegions } from "./regions.ts";
import { selectShown } from "./tree.ts";
import { markupSight, type Sight } from "./visible_text.ts";

/** Where candidates may be: elements that match `DIALOG`, and elements that match `CONTROL`, in document order. */
export interface Suspects {
  dialogs: Element[];
  controls: Element[];
}

/** A bundle, ready to judge pages. */
export class Matcher {
  readonly #rules: Rule[];
  readonly #indexes: Indexes;
  readonly #languages = new Map<string, Languages>();

  /** @param gates @param want as in `Indexes`: where only some lexicons are here, who brings others. */
  constructor(
    rules: Rule[],
    lexicons: CompiledLexicon[],
    gates: Gates | null = null,
    want: (languages: string[]) => void = () => {},
  ) {
    this.#rules = rules.filter(hasReadableSelectors).sort((a, b) => compare(a.id, b.id));
    this.#indexes = new Indexes(lexicons.toSorted((a, b) => compare(a.language, b.language)), gates, want);
  }

  /** Whether a control's label could be a consent in any language. Cheap, by the markup alone. */
  mayAccept(control: Element): boolean {
    const languages = this.#languagesFor(this.#rules);
    return languages.mayHearConsent(control) &&
      (languages.hearsConsent(control, markupSight) || languages.waitsFor(control));
  }

  /** Whether a rule reads the page itself at this address. */
  readsPage(url: string): boolean {
    return isConsentPage(this.#rules.filter((rule) => fitsAny(rule.match_patterns, url)), url);
  }

  /** A report for every candidate of the page that at least one rule looks at, regions without a role last. */
  judgePage(page: Document, url: string, sight: Sight): CandidateReport[] {
    return this.judge(page, url, {
      dialogs: selectShown(page, DIALOG),
      controls: selectShown(page, CONTROL),
    }, sight);
  }

  judge(page: Document, url: string, suspects: Suspects, sight: Sight): CandidateReport[] {
    const rules = this.#rules.filter((rule) =>
      rule.match_patterns.length === 0 || fitsAny(rule.match_patterns, url)
    );
    if (rules.length === 0) return [];
    const languages = this.#languagesFor(rules);
    const judgeAll = (candidates: Candidate[]): CandidateReport[] =>
      candidates
        .map((candidate) => ({
          candidate,
          looking: rules.filter((rule) => looksAt(rule, candidate, page, url)),
        }))
        .filter(({ looking }) => looking.length > 0)
        .map(({ candidate, looking }) => judgeCandidate(candidate, looking, languages, sight));
    const candidates = findCandidates(page, suspects.dialogs, rules, url, sight);
    const reports = judgeAll(candidates);
    const settled = reports.filter(isSettled).map(({ candidate }) => candidate);
    const dialogs = candidates.filter(({ kind }) => kind === "dialog").map(({ element }) => element);
    return [...reports, ...judgeAll(findRegions(suspects.controls, settled, dialogs, languages, sight))];
  }

  #languagesFor(rules: Rule[]): Languages {
    const key = rules.map((rule) => rule.id).join();
    let languages = this.#languages.get(key);
    if (languages === undefined) {
      languages = new Languages(this.#indexes, rules);
      this.#languages.set(key, languages);
    }
    return languages;
  }
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
