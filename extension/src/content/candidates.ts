/**
 * Page → candidates: the regions that may be a consent dialog, the innermost once.
 * Twin: backend/rollguard/rules/candidates.py.
 */
import type { Rule } from "../shared/bundle_types.ts";
import { pathFits } from "../shared/match_patterns.ts";
import { isQuoted, QUOTED, type Sight } from "./visible_text.ts";

const DIALOG = "[role=dialog], [role=alertdialog], dialog[open], [aria-modal=true], [popover]";

/** A region with the candidates nested in it, whose text is not its own. */
export interface Candidate {
  element: Element;
  isDialog: boolean;
  nested: Element[];
}

/** Dialogs first, in document order, then the page regions that rules name for this path. */
export function findCandidates(page: Document, rules: Rule[], url: string, sight: Sight): Candidate[] {
  const dialogs = [...page.querySelectorAll(DIALOG)].filter((element) => maySpeak(element, sight));
  const regions: Element[] = [];
  for (const rule of rules) {
    const region = pageRegion(page, rule, url);
    if (region !== null && !dialogs.includes(region) && !regions.includes(region)) regions.push(region);
  }
  return [
    ...dialogs.map((element) => ({ element, isDialog: true })),
    ...regions.filter((element) => maySpeak(element, sight)).map((element) => ({ element, isDialog: false })),
  ].map((candidate) => ({
    ...candidate,
    nested: dialogs.filter((inner) => inner !== candidate.element && candidate.element.contains(inner)),
  }));
}

/** Whether `findCandidates` can find any: one query, for the many frames and moments without a dialog. */
export function hasCandidates(page: Document, rules: Rule[], url: string): boolean {
  return page.querySelector(DIALOG) !== null || rules.some((rule) => isOnPath(rule, url));
}

/** The region that the rule reads on this path; null where the path is not the rule's. */
function pageRegion(page: Document, rule: Rule, url: string): Element | null {
  if (!isOnPath(rule, url)) return null;
  return page.querySelector(rule.scope.page_selector) ?? page.body;
}

function isOnPath(rule: Rule, url: string): boolean {
  const path = new URL(url).pathname;
  return rule.scope.page_paths.some((pattern) => pathFits(pattern, path));
}

/** Whether the rule has a say about this candidate. */
export function looksAt(rule: Rule, candidate: Candidate, page: Document, url: string): boolean {
  if (!candidate.isDialog) return pageRegion(page, rule, url) === candidate.element;
  const selector = rule.scope.dialog_selector;
  return selector === "" || candidate.element.matches(selector);
}

/** Shown, and neither quoted nor a nested candidate's. */
export function isOwn(element: Element, candidate: Candidate, sight: Sight): boolean {
  for (let at: Element | null = element; at !== null && at !== candidate.element; at = at.parentElement) {
    if (sight.isHidden(at) || isQuoted(at, candidate.element) || candidate.nested.includes(at)) return false;
  }
  return true;
}

/** Shown, and not inside somebody else's words. */
function maySpeak(element: Element, sight: Sight): boolean {
  if (sight.isHidden(element)) return false;
  for (let above = element.parentElement; above !== null; above = above.parentElement) {
    if (above.matches(QUOTED) || sight.isHidden(above)) return false;
  }
  return true;
}
