/**
 * Page → candidates: the regions that may be a consent dialog, the innermost once.
 * Twin: backend/rollguard/rules/candidates.py. Regions without any dialog role are found by regions.ts.
 */
import type { Rule } from "../shared/bundle_types.ts";
import { pathFits } from "../shared/match_patterns.ts";
import { shownParent, showsInside } from "./tree.ts";
import { matchesSelector, selectFirst } from "./unclobbered.ts";
import { isQuoted, QUOTED, type Sight } from "./visible_text.ts";

export const DIALOG = "[role=dialog], [role=alertdialog], dialog[open], [aria-modal=true], [popover]";

/**
 * A region with the candidates nested in it, whose text is not its own. A `dialog` says of itself that it is one; a
 * `page` is named by a rule for its path; a `region` was found around a control that could be a consent.
 */
export interface Candidate {
  element: Element;
  kind: "dialog" | "page" | "region";
  nested: Element[];
  /** The controls around which a region was found: one switch or tick box, or buttons. No other can accept. */
  answers: Element[];
}

/** Dialogs first, in the order in which they come, then the page regions that rules name for this path. */
export function findCandidates(
  page: Document,
  dialogs: Element[],
  rules: Rule[],
  url: string,
  sight: Sight,
): Candidate[] {
  const speaking = dialogs.filter((element) => maySpeak(element, sight));
  const pages: Element[] = [];
  for (const rule of rules) {
    const region = pageRegion(page, rule, url);
    if (region !== null && !speaking.includes(region) && !pages.includes(region)) pages.push(region);
  }
  return [
    ...speaking.map((element) => ({ element, kind: "dialog" as const })),
    ...pages.filter((element) => maySpeak(element, sight)).map((element) => ({
      element,
      kind: "page" as const,
    })),
  ].map((candidate) => ({ ...candidate, nested: nestedIn(candidate.element, speaking), answers: [] }));
}

export function nestedIn(element: Element, dialogs: Element[]): Element[] {
  return dialogs.filter((inner) => inner !== element && showsInside(element, inner));
}

/** Whether a rule reads the page itself at this address. */
export function isConsentPage(rules: Rule[], url: string): boolean {
  return rules.some((rule) => isOnPath(rule, url));
}

/** The region that the rule reads on this path; null where the path is not the rule's. */
function pageRegion(page: Document, rule: Rule, url: string): Element | null {
  if (!isOnPath(rule, url)) return null;
  return selectFirst(page, rule.scope.page_selector) ?? selectFirst(page, "body, frameset");
}

function isOnPath(rule: Rule, url: string): boolean {
  if (rule.scope.page_paths.length === 0) return false;
  const path = new URL(url).pathname;
  return rule.scope.page_paths.some((pattern) => pathFits(pattern, path));
}

/** Whether the rule has a say about this candidate. */
export function looksAt(rule: Rule, candidate: Candidate, page: Document, url: string): boolean {
  const selector = rule.scope.dialog_selector;
  switch (candidate.kind) {
    case "page":
      return pageRegion(page, rule, url) === candidate.element;
    case "region":
      return selector === "";
    case "dialog":
      return selector === "" || matchesSelector(candidate.element, selector);
  }
}

/** Shown, and neither quoted nor a nested candidate's. */
export function isOwn(element: Element, candidate: Candidate, sight: Sight): boolean {
  for (let at: Element | null = element; at !== null && at !== candidate.element; at = shownParent(at)) {
    if (sight.isHidden(at) || isQuoted(at, candidate.element) || candidate.nested.includes(at)) return false;
  }
  return true;
}

/** Shown, and not inside somebody else's words. */
export function maySpeak(element: Element, sight: Sight): boolean {
  if (sight.isHidden(element)) return false;
  for (let above = shownParent(element); above !== null; above = shownParent(above)) {
    if (matchesSelector(above, QUOTED) || sight.isHidden(above)) return false;
  }
  return true;
}
