/**
 * One frame's guard: watches the page, judges its dialogs, tells its host what was found and when it is gone.
 * Knows neither the browser's API nor the overlay: extension, userscript and tests plug in their own host.
 */
import type { PageRules, Verdict } from "../shared/messages.ts";
import { layoutSight } from "./layout_sight.ts";
import { hasCandidates } from "./candidates.ts";
import { type CandidateReport, type Judgement, Matcher } from "./matcher.ts";
import { markupSight } from "./visible_text.ts";
import { watchPage } from "./watch.ts";

/** While something on the page meets a rule, its appearing and vanishing by style alone is looked for so often. */
const LOOK_AGAIN_MS = 250;

/** A dialog that meets a rule and is on screen. */
export interface Found {
  /** Names this dialog instance within its frame. */
  key: string;
  verdict: Verdict;
  element: Element;
  accept: Element | null;
  decline: Element | null;
}

export interface GuardHost {
  found(found: Found): void;
  gone(key: string): void;
  /** The page was looked at again: what stands beside a dialog may have to follow it. */
  looked(): void;
}

export class Guard {
  readonly #page: Document;
  readonly #host: GuardHost;
  readonly #watch: { scanNow(): void };
  readonly #keys = new WeakMap<Element, string>();
  readonly #dismissed = new WeakMap<Element, string>();
  #keyCount = 0;
  #rules: PageRules | null = null;
  #matcher: Matcher | null = null;
  #current: { found: Found; print: string } | null = null;

  constructor(page: Document, host: GuardHost, isOurs: (node: Node) => boolean, signal: AbortSignal) {
    this.#page = page;
    this.#host = host;
    this.#watch = watchPage(page, isOurs, () => {
      const again = this.#scan();
      host.looked();
      return again;
    }, signal);
    signal.addEventListener("abort", () => this.#show(null), { once: true });
  }

  /** New rules act at once, on what is already on screen. */
  setRules(rules: PageRules): void {
    this.#rules = rules.rules.length > 0 && rules.lexicons.length > 0 ? rules : null;
    this.#matcher = null;
    this.#watch.scanNow();
  }

  /** The person has understood: silence about this dialog, as long as it says the same. */
  dismiss(key: string): void {
    const current = this.#current;
    if (current?.found.key !== key) return;
    this.#dismissed.set(current.found.element, current.print);
    this.#show(null);
  }

  /** Presses the dialog's own decline control, for a person who pressed ours. */
  pressDecline(key: string): void {
    const found = this.#current?.found;
    if (found?.key !== key || !found.verdict.decline?.certain) return;
    if (found.decline instanceof HTMLElement && found.decline.isConnected) found.decline.click();
    this.#watch.scanNow();
  }

  /** @returns after how many milliseconds to look again even if nothing changes; null: no need. */
  #scan(): number | null {
    const url = this.#page.location?.href ?? "";
    const rules = this.#rules;
    if (rules === null || !url.startsWith("http") || !hasCandidates(this.#page, rules.rules, url)) {
      this.#show(null);
      return null;
    }
    // Most frames never have a dialog: words are indexed only when the first one comes.
    const matcher = this.#matcher ??= new Matcher(rules.rules, rules.lexicons);
    // The markup first, which costs no layout; only what meets a rule there is looked at as rendered.
    if (!matcher.judgePage(this.#page, url, markupSight).some((report) => report.shown !== null)) {
      this.#show(null);
      return null;
    }
    const reports = matcher.judgePage(this.#page, url, layoutSight);
    const speaking = reports.filter((report) => report.shown !== null && !this.#isDismissed(report));
    // Of several, the one that came last lies on top.
    this.#show(speaking.at(-1) ?? null);
    return LOOK_AGAIN_MS;
  }

  #isDismissed(report: CandidateReport): boolean {
    const { shown, candidate } = report;
    return shown !== null && this.#dismissed.get(candidate.element) === fingerprint(report, shown);
  }

  #show(report: CandidateReport | null): void {
    const shown = report?.shown ?? null;
    const before = this.#current;
    if (report === null || shown === null) {
      this.#current = null;
      if (before !== null) this.#host.gone(before.found.key);
      return;
    }
    const element = report.candidate.element;
    const print = fingerprint(report, shown);
    const key = this.#keyOf(element);
    const found = { key, verdict: shown.verdict, element, accept: shown.accept, decline: shown.decline };
    if (before?.found.key === key && before.print === print) {
      Object.assign(before.found, found); // whoever was told of it now points at the controls of today
      return;
    }
    if (before !== null) this.#host.gone(before.found.key);
    this.#current = { found, print };
    this.#host.found(found);
  }

  #keyOf(element: Element): string {
    let key = this.#keys.get(element);
    if (key === undefined) {
      key = String(++this.#keyCount);
      this.#keys.set(element, key);
    }
    return key;
  }
}

/** What the dialog says, as far as it mattered: another text is another question. */
function fingerprint(report: CandidateReport, shown: Judgement): string {
  return JSON.stringify([report.title, shown.verdict]);
}
