/**
 * Verified target → rules in use. The same code in worker and userscript: load what is kept, check for newer,
 * and go on with the old where the new does not verify.
 */
import { type Bundle, parseBundle } from "../shared/bundle.ts";
import type { RuleText } from "../shared/bundle_types.ts";
import { fitsAny } from "../shared/match_patterns.ts";
import type { ChannelStatus, PageRules } from "../shared/messages.ts";
import { TufClient } from "./client.ts";
import type { BakedTrust, Clock, Fetcher, TrustStore } from "./interfaces.ts";

const BUNDLE = "rules.jsonl";
const STATUS = "status";
const FALLBACK_LANGUAGE = "en";

interface LastCheck {
  checkedAt: string;
  error: string;
}

export class RuleChannel {
  readonly #client: TufClient;
  readonly #store: TrustStore;
  readonly #now: Clock;
  #bundle: Bundle = { rules: [], lexicons: [], texts: [], skipped: [] };
  #text = "";
  #version = 0;
  #publishedAt = "";
  #expires = 0;
  #pollIntervalMs = 60_000;
  #last: LastCheck = { checkedAt: "", error: "" };

  constructor(options: { fetcher: Fetcher; store: TrustStore; now: Clock; baked: BakedTrust }) {
    this.#client = new TufClient(options);
    this.#store = options.store;
    this.#now = options.now;
  }

  /** What is kept, or baked into the build: rules at once, online or not. */
  async load(): Promise<void> {
    this.#last = parseLastCheck(await this.#store.read(STATUS));
    await this.#take();
  }

  /** Asks the service. Never throws: what goes wrong is told in `status`. @returns whether the rules changed. */
  async check(): Promise<boolean> {
    const before = this.#text;
    try {
      await this.#client.refresh();
      await this.#client.getTarget(BUNDLE);
      this.#last = { checkedAt: new Date(this.#now()).toISOString(), error: "" };
    } catch (error) {
      this.#last = { ...this.#last, error: error instanceof Error ? error.message : String(error) };
    }
    try {
      await this.#take();
      await this.#store.write(STATUS, JSON.stringify(this.#last));
    } catch (error) {
      // A full disk: what is in memory goes on warning, and the popup says what happened.
      this.#last = { ...this.#last, error: error instanceof Error ? error.message : String(error) };
    }
    return this.#text !== before;
  }

  get pollIntervalMs(): number {
    return this.#pollIntervalMs;
  }

  /** Milliseconds since the last check that verified. */
  get age(): number {
    return this.#last.checkedAt === "" ? Infinity : this.#now() - Date.parse(this.#last.checkedAt);
  }

  /** What a page at this address needs, with the texts in the person's language. */
  rulesFor(url: string, language: string): Omit<PageRules, "isMuted"> {
    const rules = this.#bundle.rules.filter((rule) =>
      rule.match_patterns.length === 0 || fitsAny(rule.match_patterns, url)
    );
    const texts = rules.map((rule) => this.#textFor(rule.id, language)).filter((text) => text !== undefined);
    return { version: this.#version, rules, lexicons: this.#bundle.lexicons, texts };
  }

  status(): ChannelStatus {
    return {
      version: this.#version,
      publishedAt: this.#publishedAt,
      checkedAt: this.#last.checkedAt,
      error: this.#last.error,
      isExpired: this.#expires <= this.#now(),
      ruleCount: this.#bundle.rules.length,
      skipped: this.#bundle.skipped,
    };
  }

  async #take(): Promise<void> {
    const inUse = await this.#client.inUse(BUNDLE);
    if (inUse.text !== this.#text) {
      this.#bundle = parseBundle(inUse.text);
      this.#text = inUse.text;
    }
    this.#version = inUse.version;
    this.#publishedAt = inUse.published;
    this.#expires = inUse.expires;
    this.#pollIntervalMs = inUse.pollIntervalSeconds * 1000;
  }

  #textFor(rule: string, language: string): RuleText | undefined {
    const texts = this.#bundle.texts.filter((text) => text.rule === rule);
    const wanted = [language, language.split(/[-_]/)[0], FALLBACK_LANGUAGE];
    return wanted.map((code) => texts.find((text) => text.language === code)).find((text) =>
      text !== undefined
    );
  }
}

function parseLastCheck(text: string | undefined): LastCheck {
  try {
    const { checkedAt, error } = JSON.parse(text ?? "{}") as Partial<LastCheck>;
    return { checkedAt: checkedAt ?? "", error: error ?? "" };
  } catch {
    return { checkedAt: "", error: "" }; // torn by a crash; the next check writes it anew
  }
}
