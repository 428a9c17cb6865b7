/**
 * Suspects → reports, as the page is rendered. The markup first, which costs no layout; the layout is asked only where
 * the markup meets a rule, or where something offers a choice whose words a style sheet may write or garble.
 */
import type { CandidateReport } from "./judgement.ts";
import { BUTTON } from "./labels.ts";
import { layoutSight } from "./layout_sight.ts";
import type { Matcher, Suspects } from "./matcher.ts";
import { looksRearranged } from "./rearranged.ts";
import { selectShown, shownParent } from "./tree.ts";
import { localNameOf } from "./unclobbered.ts";
import { markupSight } from "./visible_text.ts";

/** So far above a control the words of its question stand, mostly: a card, not the page. */
const NEAR_LEVELS = 4;
/** A dialog with more buttons is a tool, not a question. */
const MOST_BUTTONS = 40;

/** @returns null where there is no reason to ask the layout: nothing in here asks, shown or not. */
export function look(
  matcher: Matcher,
  page: Document,
  url: string,
  suspects: Suspects,
): CandidateReport[] | null {
  const meetsRule = matcher.judge(page, url, suspects, markupSight).some((report) => report.shown !== null);
  if (!meetsRule && !offersChoice(matcher, url, suspects)) return null;
  return matcher.judge(page, url, suspects, layoutSight);
}

function offersChoice(matcher: Matcher, url: string, { dialogs, controls }: Suspects): boolean {
  if (dialogs.length + controls.length === 0) return matcher.readsPage(url);
  // Outside a dialog one "Continue" is nothing; a "Continue" and a "Not now" may be a question.
  if (controls.length > 1 || controls.some((control) => looksRearranged(cardOf(control)))) return true;
  return dialogs.some((dialog) =>
    looksRearranged(dialog) ||
    selectShown(dialog, BUTTON).slice(0, MOST_BUTTONS).some((button) => matcher.mayAccept(button))
  );
}

function cardOf(control: Element): Element {
  let card = control;
  for (let level = 0; level < NEAR_LEVELS; level++) {
    const above = shownParent(card);
    if (above === null || localNameOf(above) === "body") return card;
    card = above;
  }
  return card;
}
