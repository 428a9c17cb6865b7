/**
 * Suspects → reports, as the page is rendered. The markup first, which costs no layout; the layout is asked only where
 * the markup meets a rule, or where it shows signs that a person reads something else than it says.
 */
import { layoutSight } from "./layout_sight.ts";
import type { CandidateReport } from "./judgement.ts";
import type { Matcher, Suspects } from "./matcher.ts";
import { looksRearranged } from "./rearranged.ts";
import { shownParent } from "./tree.ts";
import { markupSight } from "./visible_text.ts";

/** So far above a control the words of its question stand, mostly: a card, not the page. */
const NEAR_LEVELS = 4;

/** @returns null where there is no reason to ask the layout: nothing in here asks, shown or not. */
export function look(
  matcher: Matcher,
  page: Document,
  url: string,
  suspects: Suspects,
): CandidateReport[] | null {
  const meetsRule = matcher.judge(page, url, suspects, markupSight).some((report) => report.shown !== null);
  if (!meetsRule && !isDisguised(suspects)) return null;
  return matcher.judge(page, url, suspects, layoutSight);
}

function isDisguised({ dialogs, controls }: Suspects): boolean {
  return dialogs.some(looksRearranged) || controls.some((control) => looksRearranged(cardOf(control)));
}

function cardOf(control: Element): Element {
  let card = control;
  for (let level = 0; level < NEAR_LEVELS; level++) {
    const above = shownParent(card);
    if (above === null || above.localName === "body") return card;
    card = above;
  }
  return card;
}
