/**
 * One frame's guard: judges the page's dialogs whenever one of them may have changed, tells its host what was found and
 * when it is gone. Knows neither the browser's API nor the overlay: extension, userscript and tests plug in their own.
 */
import type { PageRules, PauseReason, Verdict } from "../shared/messages.ts";
import { pageAddress } from "./address.ts";
import { Lookout } from "./lookout.ts";
import { Matcher } from "./matcher.ts";
import { look } from "./look.ts";
import { afterOthers } from "./slices.ts";
import { type Voice, Voices } from "./voices.ts";

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
  readonly #isOurs: (node: Node) => boolean;
  readonly #signal: AbortSignal;
  readonly #keys = new WeakMap<Element, string>();
  readonly #voices = new Voices();
  #keyCount = 0;
  #rules: PageRules | null = null;
  #matcher: Matcher | null = null;
  #lookout: Lookout | null = null;
  #current: { found: Found; voice: Voice } | null = null;

  constructor(page: Document, host: GuardHost, isOurs: (node: Node) => boolean, signal: AbortSignal) {
    this.#page = page;
    this.#host = host;
    this.#isOurs = isOurs;
    this.#signal = signal;
    signal.addEventListener("abort", () => this.#stop(), { once: true });
  }

  /** Why and for how long this page is not looked at; null while it is. */
  get pause(): { reason: PauseReason; seconds: number } | null {
    return this.#lookout?.pause ?? null;
  }

  /** New rules act at once, on what is already on screen. A page that no rule speaks of is not even watched. */
  setRules(rules: PageRules): void {
    if (this.#signal.aborted) return;
    this.#rules = rules.rules.length > 0 && rules.lexicons.length > 0 ? rules : null;
    this.#matcher = null;
    if (this.#rules === null) return this.#stop();
    this.#lookout ??= new Lookout(this.#page, {
      isOurs: this.#isOurs,
      mayAccept: (control) => this.#matcherNow().mayAccept(control),
      judge: (suspect, unit) => this.#judge(suspect, unit),
      gone: (suspect) => this.#voices.forget(suspect),
      looked: () => this.#tell(),
    }, this.#signal);
    this.#lookout.lookAtEverything(rules.rules);
    // The ear is made ready while nobody waits for it.
    afterOthers(() => this.#matcherNow().mayAccept(this.#page.createElement("button")), "background");
  }

  /** The page lay in a cache, and everybody else has forgotten it: what is on screen is told again. */
  startAnew(): void {
    this.#voices.forgetAll();
    this.#show(null);
    this.#lookout?.lookAtEverything(this.#rules?.rules ?? []);
  }

  /** The person has understood: silence about this dialog, as long as it says the same. */
  dismiss(key: string): void {
    const current = this.#current;
    if (current?.found.key !== key) return;
    this.#voices.dismiss(current.voice);
    this.#tell();
  }

  /** Presses the dialog's own decline control, for a person who pressed ours. */
  pressDecline(key: string): void {
    const found = this.#current?.found;
    if (found?.key !== key || !found.verdict.decline?.certain) return;
    if (found.decline instanceof HTMLElement && found.decline.isConnected) found.decline.click();
  }

  #stop(): void {
    this.#lookout?.stop();
    this.#lookout = null;
    this.#voices.forgetAll();
    this.#show(null);
  }

  #matcherNow(): Matcher {
    return this.#matcher ??= new Matcher(this.#rules?.rules ?? [], this.#rules?.lexicons ?? []);
  }

  /** @returns whether it could ask, be it shown or not. */
  #judge(suspect: object, unit: { dialogs: Element[]; controls: Element[] }): boolean {
    const url = pageAddress(this.#page);
    if (this.#rules === null || url === null) return false;
    const reports = look(this.#matcherNow(), this.#page, url, unit);
    this.#voices.hear(suspect, reports ?? []);
    return reports !== null;
  }

  #tell(): void {
    this.#show(this.#voices.loudest());
    if (this.#current !== null) this.#host.looked();
  }

  #show(voice: Voice | null): void {
    const before = this.#current;
    if (voice === null) {
      this.#current = null;
      if (before !== null) this.#host.gone(before.found.key);
      return;
    }
    const { element, shown, print } = voice;
    const key = this.#keyOf(element);
    const found = { key, verdict: shown.verdict, element, accept: shown.accept, decline: shown.decline };
    if (before?.found.key === key && before.voice.print === print) {
      Object.assign(before.found, found); // whoever was told of it now points at the controls of today
      return;
    }
    if (before !== null) this.#host.gone(before.found.key);
    this.#current = { found, voice };
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
