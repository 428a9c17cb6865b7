/**
 * One frame's guard: judges the page's dialogs whenever one of them may have changed, tells its host what was found and
 * when it is gone. Knows neither the browser's API nor the overlay: extension, userscript and tests plug in their own.
 */
import type { CompiledLexicon } from "../shared/bundle_types.ts";
import type { PageRules, PauseReason, Verdict } from "../shared/messages.ts";
import { pageAddress } from "./address.ts";
import { DialogKeys } from "./dialog_keys.ts";
import { fingerprint } from "./fingerprint.ts";
import { Lookout } from "./lookout.ts";
import { Matcher } from "./matcher.ts";
import { look } from "./look.ts";
import { isInPage } from "./tree.ts";
import { type Voice, Voices } from "./voices.ts";

/** A dialog that meets a rule and is on screen. */
export interface Found {
  /** Names this dialog instance within its frame. */
  key: string;
  verdict: Verdict;
  /** Fingerprint of all that it says. */
  print: string;
  element: Element;
  accept: Element | null;
  decline: Element | null;
  /** Where the words that met the rule stand on the page. */
  ranges: StaticRange[];
}

export interface GuardHost {
  /** Also when the dialog told of last says something else that changes nothing: its `print` is another. */
  found(found: Found): void;
  gone(key: string): void;
  /** A text may be in these languages, whose lexicons are not here: `learn` gives them. */
  wants?(languages: string[]): void;
  /** The page was looked at again: what stands beside a dialog may have to follow it. */
  looked(): void;
}

export class Guard {
  readonly #page: Document;
  readonly #host: GuardHost;
  readonly #isOurs: (node: Node) => boolean;
  readonly #signal: AbortSignal;
  readonly #keys = new DialogKeys();
  readonly #voices = new Voices();
  #rules: PageRules | null = null;
  #matcher: Matcher | null = null;
  readonly #asked = new Set<string>();
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
    const isHeard = rules.lexicons.length > 0 || rules.gates !== undefined;
    this.#rules = rules.rules.length > 0 && isHeard ? rules : null;
    this.#matcher = null;
    this.#asked.clear();
    if (this.#rules === null) return this.#stop();
    this.#lookout ??= new Lookout(this.#page, {
      isOurs: this.#isOurs,
      mayAccept: (control) => this.#matcherNow().mayAccept(control),
      judge: (suspect, unit) => this.#judge(suspect, unit),
      gone: (suspect) => this.#voices.forget(suspect),
      looked: () => this.#tell(),
    }, this.#signal);
    this.#lookout.lookAtEverything(rules.rules);
  }

  /** Lexicons that were asked for; `languages`: those that may be asked for again if they did not come. */
  learn(lexicons: CompiledLexicon[], languages: string[] = []): void {
    for (const language of languages) this.#asked.delete(language);
    const rules = this.#rules;
    const news = lexicons.filter(({ language }) =>
      !rules?.lexicons.some((known) => known.language === language)
    );
    if (rules === null || news.length === 0) return;
    this.#rules = { ...rules, lexicons: [...rules.lexicons, ...news] };
    this.#matcher = null;
    this.#lookout?.lookAtEverything(rules.rules);
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

  /** The dismissal was not meant. */
  recall(): void {
    this.#voices.recall();
    this.#tell();
  }

  /** The dialog told of, if it is still the one. */
  current(key: string): Found | null {
    const found = this.#current?.found;
    return found?.key === key ? found : null;
  }

  /** Presses the dialog's own decline control, for a person who pressed ours. */
  pressDecline(key: string): void {
    const found = this.current(key);
    if (!found?.verdict.decline?.certain) return;
    if (found.decline instanceof HTMLElement && found.decline.isConnected) found.decline.click();
  }

  #stop(): void {
    this.#lookout?.stop();
    this.#lookout = null;
    this.#voices.forgetAll();
    this.#show(null);
  }

  #matcherNow(): Matcher {
    const { rules = [], lexicons = [], gates = null } = this.#rules ?? {};
    return this.#matcher ??= new Matcher(rules, lexicons, gates, (languages) => this.#want(languages));
  }

  #want(languages: string[]): void {
    const news = languages.filter((language) => !this.#asked.has(language));
    if (news.length === 0) return;
    for (const language of news) this.#asked.add(language);
    this.#host.wants?.(news);
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
    const { element, shown, print, wording } = voice;
    const isAnew = before !== null && before.voice.print === print && !isInPage(before.found.element);
    if (isAnew) this.#keys.pass(before.found.element, element); // the page drew the same dialog once more
    const key = this.#keys.of(element);
    const { verdict, accept, decline, ranges } = shown;
    const found = { key, verdict, print: fingerprint(wording), element, accept, decline, ranges };
    if (before?.found.key === key && before.voice.print === print) {
      const isWordedAnew = before.found.print !== found.print;
      Object.assign(before.found, found); // whoever was told of it now points at the controls of today
      if (isWordedAnew) this.#host.found(before.found);
      return;
    }
    if (before !== null) this.#host.gone(before.found.key);
    this.#current = { found, voice };
    this.#host.found(found);
  }
}
