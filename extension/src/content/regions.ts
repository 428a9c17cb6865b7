/**
 * Controls → regions without any dialog role: the smallest part around a consent-like control that holds an ask.
 * Twin: backend/rollguard/rules/regions.py.
 */
import { type Candidate, maySpeak, nestedIn } from "./candidates.ts";
import { BUTTON, CONTROL, isUsable, TOGGLE } from "./labels.ts";
import type { SlotIndex } from "./slots.ts";
import { isInsideOneOf, selectShown, shownParent } from "./tree.ts";
import { localNameOf, matchesSelector } from "./unclobbered.ts";
import { QUOTED, readText, type Sight } from "./visible_text.ts";
import { cutWords } from "./words.ts";

/** How far above its control a region may begin. */
const MAX_LEVELS = 14;
/** A region that says more is a page, not a question. */
const MAX_WORDS = 500;
const WHOLE_PAGE = new Set(["html", "body"]);

/** What the rules listen for. */
export interface Ear {
  /** Whether a button's label could be a consent, or the refusal that stands beside one, in any language. */
  hearsConsent(control: Element, sight: Sight): boolean;
  /** The languages in which the text holds every notion that a rule requires. */
  hearsAsk(candidate: Candidate, sight: Sight): SlotIndex[];
  /** Whether the text names an object or an act that a rule requires, in one of these languages. */
  hearsSubject(text: string, languages: SlotIndex[]): boolean;
}

/**
 * The regions around consent-like controls, the innermost once, in the order of their controls.
 * @param controls where to begin: elements that match `CONTROL`.
 * @param settled candidates in which nothing more is looked for: they ask, or something in them speaks against.
 * @param dialogs all dialogs. Their buttons are theirs; a switch in a dialog of settings is a question of its own.
 */
export function findRegions(
  controls: Element[],
  settled: Candidate[],
  dialogs: Element[],
  ear: Ear,
  sight: Sight,
): Candidate[] {
  const taken = new Set(settled.map((candidate) => candidate.element));
  const inDialog = new Set(dialogs);
  const found = new Map<Element, Candidate>();
  const heard = new Heard(dialogs, ear, sight);
  for (const control of controls) {
    if (!couldAsk(control, ear, sight) || isOrIsInside(control, taken)) continue;
    if (!matchesSelector(control, TOGGLE) && isOrIsInside(control, inDialog)) continue;
    const region = regionAround(control, heard, ear, sight);
    if (region === null) continue;
    const same = found.get(region.element);
    if (same === undefined) found.set(region.element, region);
    else if (!matchesSelector(control, TOGGLE)) same.answers.push(control);
  }
  const around = new Set<Element>();
  for (const element of found.keys()) {
    for (let at = shownParent(element); at !== null; at = shownParent(at)) around.add(at);
  }
  return [...found.values()].filter((region) => !around.has(region.element));
}

/** What each element says, heard once: a page may have hundreds of controls in one place. */
class Heard {
  readonly #nested = new Map<Element, Element[]>();
  readonly #asks = new Map<Element, SlotIndex[] | null>();
  readonly #choices = new Map<Element, Element[]>();

  constructor(readonly dialogs: Element[], readonly ear: Ear, readonly sight: Sight) {}

  nested(element: Element): Element[] {
    return kept(this.#nested, element, () => nestedIn(element, this.dialogs));
  }

  /** In which languages it asks; null where it says more than a question does. */
  asks(region: Candidate): SlotIndex[] | null {
    return kept(this.#asks, region.element, () => {
      const words = cutWords(readText(region.element, this.sight, region.nested), MAX_WORDS + 1);
      return words.length > MAX_WORDS ? null : this.ear.hearsAsk(region, this.sight);
    });
  }

  /** Whether it holds another choice beside the toggle's: the next row of a settings page. */
  isShared(element: Element, toggle: Element): boolean {
    const choices = kept(this.#choices, element, () => {
      const isChoice = (one: Element): boolean =>
        matchesSelector(one, TOGGLE) || this.ear.hearsConsent(one, this.sight);
      return firstTwo(selectShown(element, CONTROL), isChoice);
    });
    return choices.some((choice) => choice !== toggle);
  }
}

function kept<Value>(known: Map<Element, Value>, element: Element, find: () => Value): Value {
  if (!known.has(element)) known.set(element, find());
  return known.get(element) as Value;
}

function firstTwo(elements: Element[], fits: (element: Element) => boolean): Element[] {
  const found: Element[] = [];
  for (const element of elements) {
    if (found.length === 2) break;
    if (fits(element)) found.push(element);
  }
  return found;
}

function isOrIsInside(element: Element, outer: Set<Element>): boolean {
  return outer.has(element) || isInsideOneOf(element, outer);
}

function couldAsk(control: Element, ear: Ear, sight: Sight): boolean {
  if (!matchesSelector(control, TOGGLE) && !ear.hearsConsent(control, sight)) return false;
  return isUsable(control) && maySpeak(control, sight);
}

/** Climbs from the control to the first element that asks; null where there is none of a question's size. */
function regionAround(control: Element, heard: Heard, ear: Ear, sight: Sight): Candidate | null {
  const isToggle = matchesSelector(control, TOGGLE);
  let below = control;
  let element = shownParent(control);
  for (let level = 0; level < MAX_LEVELS && element !== null; level++) {
    if (WHOLE_PAGE.has(localNameOf(element)) || matchesSelector(element, QUOTED)) return null;
    if (isToggle && heard.isShared(element, control)) return null;
    const region: Candidate = { element, kind: "region", nested: heard.nested(element), answers: [control] };
    const languages = heard.asks(region);
    if (languages === null) return null;
    if (languages.length > 0) return answers(control, below, ear, languages, sight) ? region : null;
    below = element;
    element = shownParent(element);
  }
  return null;
}

/**
 * Whether the control answers the region's text: what stands closest around it is not about something else.
 * "Was this page helpful? [Yes] [No]" below an article is a question of its own.
 */
function answers(
  control: Element,
  below: Element,
  ear: Ear,
  languages: SlotIndex[],
  sight: Sight,
): boolean {
  if (below === control) return true;
  const prose = readText(below, sight, [...selectShown(below, BUTTON), control]);
  return cutWords(prose, 1).length === 0 || ear.hearsSubject(prose, languages);
}
