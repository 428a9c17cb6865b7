/**
 * Verified target → rules in use. The same code in worker and userscript: load what is kept, check for newer,
 * and go on with the old where the new does not verify.
 */
import { type Bundle, parseBundle } from "../shared/bundle.ts";
import type { Rule, RuleText } from "../shared/bundle_types.ts";
import { fitsAny } from "../shared/match_patterns.ts";
import type { Catalogue, ChannelStatus, PageRules } from "../shared/messages.ts";
import { TufClient } from "./client.ts";
import { patchBundle } from "./delta.ts";
import { failureOf, ifVerified, UnknownTargetError, wordsOf } from "./errors.ts";
import type { BakedTrust, Clock, Fetcher, TrustStore } from "./interfaces.ts";
import type { Dice } from "./polling.ts";
import { NOTHING_RECALLED, parseRecall, type Recall, RECALLED } from "./recall.ts";
import { ownNumber, takesPart } from "./rollout.ts";
import type { TargetInUse } from "./target_keeper.ts";
import { Timetable } from "./timetable.ts";

export const BUNDLE = "rules.jsonl";
const FALLBACK_LANGUAGE = "en";

const RECALLED_BY = "recalled by a maintainer";
/** Said in place of a rule's name. */
const ALL_NEWER = "everything newer than this build";

/** A bundle, and what is not used here: a rule's id → reason; of all that is newer as well. */
export interface Choice extends TargetInUse {
  off: Record<string, string>;
}

export class RuleChannel {
  readonly timetable: Timetable;
  readonly #client: TufClient;
  readonly #store: TrustStore;
  readonly #now: Clock;
  #choice: Choice = { text: "", version: 0, published: "", expires: 0, pollIntervalSeconds: 60, off: {} };
  /** The chosen text, read. */
  #whole: Bundle = { rules: [], lexicons: [], texts: [], skipped: [] };
  /** The same without what is off. */
  #bundle = this.#whole;
  #revision = 0;
  #number: string | undefined;
  /** Why what is verified cannot be used; empty where it can. */
  #unreadable = "";

  constructor(
    options: { fetcher: Fetcher; store: TrustStore; now: Clock; dice: Dice; baked: BakedTrust },
  ) {
    this.timetable = new Timetable(options);
    this.#client = new TufClient({ ...options, patches: { [BUNDLE]: patchBundle } });
    this.#store = options.store;
    this.#now = options.now;
  }

  /** What is kept, or baked into the build: rules at once, online or not. */
  async load(): Promise<void> {
    await this.timetable.load();
    await this.#take();
  }

  /** Takes rules that were verified before, where the browser lends no means to verify them again. */
  useAsKept(choice: Choice): void {
    this.#use(choice, this.#read(choice.text));
  }

  /** Asks the service. Never throws: what goes wrong is told in `status`. @returns whether the rules changed. */
  async check(): Promise<boolean> {
    const before = this.#revision;
    const missed = await failureOf(() => this.#update());
    const failure = await failureOf(() => this.#take()) ?? missed;
    if (failure === null) await this.timetable.passed(this.pollIntervalMs);
    else await this.timetable.failed(failure, this.pollIntervalMs);
    return this.#revision !== before;
  }

  /** Goes up whenever the rules in use change. */
  get revision(): number {
    return this.#revision;
  }

  get choice(): Choice {
    return this.#choice;
  }

  get pollIntervalMs(): number {
    return this.#choice.pollIntervalSeconds * 1000;
  }

  /** Whether a watched page that opens now is a reason to ask. */
  get isStale(): boolean {
    return this.timetable.isStale(this.pollIntervalMs);
  }

  /** What a page at this address needs, with the texts in the person's language. */
  rulesFor(url: string, language: string): Omit<PageRules, "mutes" | "settings"> {
    const rules = this.#bundle.rules.filter((rule) =>
      rule.match_patterns.length === 0 || fitsAny(rule.match_patterns, url)
    );
    return this.#withTexts(rules, language);
  }

  /** All that is in use, with the texts in the person's language. */
  catalogue(language: string): Catalogue {
    return this.#withTexts(this.#bundle.rules, language);
  }

  #withTexts(rules: Rule[], language: string): Catalogue {
    const texts = rules.map((rule) => this.#textFor(rule.id, language)).filter((text) => text !== undefined);
    return { version: this.#choice.version, rules, lexicons: this.#bundle.lexicons, texts };
  }

  status(): ChannelStatus {
    return {
      version: this.#choice.version,
      publishedAt: this.#choice.published,
      checkedAt: this.timetable.checkedAt,
      error: this.timetable.error || this.#unreadable,
      isExpired: this.#choice.expires <= this.#now(),
      ruleCount: this.#bundle.rules.length,
      skipped: this.#bundle.skipped,
    };
  }

  /** A recall comes first, and neither waits for the other: a bundle that is lost keeps no rule on. */
  async #update(): Promise<void> {
    await this.#client.refresh();
    const failure = await failureOf(() => this.#client.getTarget(RECALLED));
    await this.#client.getTarget(BUNDLE);
    // Maintainers who never recalled anything may not have appointed anybody for it.
    if (failure !== null && !(failure instanceof UnknownTargetError)) throw failure;
  }

  async #take(): Promise<void> {
    const recalled = await ifVerified(() => this.#client.inUse(RECALLED));
    const recall = recalled === null ? NOTHING_RECALLED : parseRecall(recalled.text);
    const baked = () => this.#client.baked(BUNDLE);
    const inUse = recall.isAll ? await baked() : await this.#client.inUse(BUNDLE);
    const failure = await failureOf(() => this.#choose(inUse, recall));
    this.#unreadable = failure === null ? "" : wordsOf(failure);
    // Well signed, but not for this version: what the build brought can be read.
    if (failure !== null) await this.#choose(await baked(), recall);
  }

  async #choose(inUse: TargetInUse, { rules, isAll }: Recall): Promise<void> {
    const bundle = this.#read(inUse.text);
    const off: Record<string, string> = isAll ? { [ALL_NEWER]: RECALLED_BY } : {};
    for (const { id, rollout } of bundle.rules) {
      if (rules.has(id)) off[id] = RECALLED_BY;
      else if (
        rollout !== undefined && !await takesPart(this.#number ??= await ownNumber(this.#store), rollout)
      ) {
        off[id] = "goes to a share of all devices first";
      }
    }
    this.#use({ ...inUse, off }, bundle);
  }

  #use(choice: Choice, bundle: Bundle): void {
    const { text, off } = this.#choice;
    if (text !== choice.text || JSON.stringify(off) !== JSON.stringify(choice.off)) this.#revision++;
    this.#choice = choice;
    this.#whole = bundle;
    const left = Object.entries(choice.off).map(([id, reason]) => `${id}: ${reason}`);
    this.#bundle = {
      ...bundle,
      rules: bundle.rules.filter(({ id }) => !Object.hasOwn(choice.off, id)),
      skipped: [...bundle.skipped, ...left],
    };
  }

  #read(text: string): Bundle {
    return text === this.#choice.text ? this.#whole : parseBundle(text);
  }

  #textFor(rule: string, language: string): RuleText | undefined {
    const texts = this.#bundle.texts.filter((text) => text.rule === rule);
    const wanted = [language, language.split(/[-_]/)[0], FALLBACK_LANGUAGE];
    return wanted.map((code) => texts.find((text) => text.language === code)).find((text) =>
      text !== undefined
    );
  }
}
