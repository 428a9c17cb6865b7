/** What the candidates of a frame say, and which of them is told of: the one that spoke last and was not dismissed. */
import type { CandidateReport, Judgement } from "./judgement.ts";
import { isInPage } from "./tree.ts";

/** A candidate that meets a rule and is on screen. */
export interface Voice {
  element: Element;
  shown: Judgement;
  /** What it says, as far as it mattered: another text is another question. */
  print: string;
  /** All that it says. */
  wording: string;
}

export class Voices {
  readonly #voices = new Map<Element, Voice & { turn: number }>();
  /** Which candidates each suspect gave rise to. */
  readonly #raised = new Map<object, Element[]>();
  readonly #dismissed = new WeakMap<Element, string>();
  /** Those of them that were in the page when it was last asked who is loudest. */
  #silent: { element: Element; print: string }[] = [];
  #turn = 0;

  /** What the look at one suspect has come to, in place of what the last look came to. */
  hear(suspect: object, reports: CandidateReport[]): void {
    const speaking = reports.filter((report) => report.shown !== null);
    const now = new Set(speaking.map((report) => report.candidate.element));
    for (const element of this.#raised.get(suspect) ?? []) {
      if (!now.has(element)) this.#voices.delete(element);
    }
    for (const report of reports) if (report.shown === null) this.#voices.delete(report.candidate.element);
    for (const report of speaking) this.#note(report);
    if (now.size > 0) this.#raised.set(suspect, [...now]);
    else this.#raised.delete(suspect);
  }

  #note({ candidate: { element }, title, text, shown }: CandidateReport): void {
    if (shown === null) return;
    const print = JSON.stringify([title, shown.verdict]);
    const before = this.#voices.get(element);
    const turn = before?.print === print ? before.turn : this.#turn;
    this.#voices.set(element, { element, shown, print, wording: `${title}\n${text}`, turn });
  }

  forget(suspect: object): void {
    for (const element of this.#raised.get(suspect) ?? []) this.#voices.delete(element);
    this.#raised.delete(suspect);
  }

  forgetAll(): void {
    this.#voices.clear();
    this.#raised.clear();
  }

  dismiss({ element, print }: Voice): void {
    this.#dismissed.set(element, print);
    this.#silent.push({ element, print });
  }

  /** The last dismissal was not meant. */
  recall(): void {
    const last = this.#silent.pop();
    if (last !== undefined) this.#dismissed.delete(last.element);
  }

  /** Of several, the one that came last lies on top. To ask ends a turn: those heard until now came together. */
  loudest(): Voice | null {
    let loudest: Voice & { turn: number } | null = null;
    for (const voice of this.#voices.values()) {
      if (!isInPage(voice.element) || this.#isDismissed(voice)) continue;
      if (loudest === null || isLater(voice, loudest)) loudest = voice;
    }
    this.#silent = this.#silent.filter(({ element }) => isInPage(element));
    this.#turn++;
    return loudest;
  }

  /** Also where the page drew the same dialog anew: the old one has gone since this was last asked. */
  #isDismissed({ element, print }: Voice): boolean {
    if (this.#dismissed.get(element) === print) return true;
    const before = this.#silent.find((each) => each.print === print && !isInPage(each.element));
    if (before === undefined) return false;
    before.element = element;
    this.#dismissed.set(element, print);
    return true;
  }
}

function isLater(
  one: { element: Element; turn: number },
  other: { element: Element; turn: number },
): boolean {
  if (one.turn !== other.turn) return one.turn > other.turn;
  const place = Node.prototype.compareDocumentPosition.call(other.element, one.element);
  return (place & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}
