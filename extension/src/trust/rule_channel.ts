/**
 * Verified target → rules in use. The same code in worker and userscript: load what is kept, check for newer,
 * and go on with the old where the new does not verify.
 */
import { type Bundle, parseBundle } from "../shared/bundle.ts";
import type { Remedy, Rule } from "../shared/bundle_types.ts";
import { fitsAny } from "../shared/match_patterns.ts";
import type { Catalogue, ChannelStatus } from "../shared/messages.ts";
import { TufClient } from "./client.ts";
import { patchBundle } from "./delta.ts";
import { failureOf, ifVerified, UnknownTargetError, wordsOf } from "./errors.ts";
import type { BakedTrust, Clock, Fetcher, TrustStore } from "./interfaces.ts";
import type { Dice } from "./polling.ts";
import { NOTHING_RECALLED, parseRecall, type Recall, RECALLED } from "./recall.ts";
import { ownNumber, takesPart } from "./rollout.ts";
import { Speech } from "./speech.ts";
import type { TargetInUse } from "./target_keeper.ts";
import { Timetable } from "./timetable.ts";

export const BUNDLE = "rules.jsonl";

const RECALLED_BY = "recalled by a maintainer";
/** Said in place of a rule's name. */
const ALL_NEWER = "everything newer than this build";

/** A bundle, the texts for it, and what is not used here. */
export interface Choice extends TargetInUse {
  /** Target path → text, of the person's language and of English. */
  texts: Record<string, string>;
  /** A rule's id → reason; of all that is newer as well. */
  off: Record<string, string>;
}

export class RuleChannel {
  readonly timetable: Timetable;
  readonly #client: TufClient;
  readonly #store: TrustStore;
  readonly #now: Clock;
  readonly #speech: Speech;
  #choice: Choice = {
    ...{ text: "", version: 0, published: "", expires: 0, pollIntervalSeconds: 60 },
    ...{ texts: {}, off: {} },
  };
  /** The chosen text, read. */
  #whole: Bundle = { rules: [], lexicons: [], skipped: [] };
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
    this.#speech = new Speech(this.#client);
    this.#store = options.store;
    this.#now = options.now;
  }

  /** What is kept, or baked into the build: rules at once, online or not. @param language as a browser writes it. */
  async load(language: string): Promise<void> {
    this.#speech.want(language);
    await this.timetable.load();
    await this.#take();
  }

  /** Another language from now on: its texts as far as they are here, newer ones with the next check. */
  async speak(language: string): Promise<void> {
    if (this.#speech.speaks(language)) return;
    this.#speech.want(language);
    const texts = await this.#speech.inUse(this.#choice.version);
    this.#use({ ...this.#choice, texts }, this.#whole);
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
  rulesFor(url: string, language: string): Catalogue {
    return this.catalogue(language, ({ match_patterns: at }) => at.length === 0 || fitsAny(at, url));
  }

  remedies = (language: string): Remedy[] => this.#speech.remedies(language);

  /** Every rule. A language whose texts are not here yet is asked for at the next check; English speaks until then. */
  catalogue(language: string, isWanted: (rule: Rule) => boolean = () => true): Catalogue {
    this.#speech.want(language);
    const { rules, lexicons } = this.#bundle;
    return { version: this.#choice.version, lexicons, ...this.#speech.word(rules, language, isWanted) };
  }

  status(): ChannelStatus {
    return {
      version: this.#choice.version,
      publishedAt: this.#choice.published,
      checkedAt: this.timetable.checkedAt,
      error: this.timetable.error || this.#unreadable,
      isExpired: this.#choice.expires <= this.#now(),
      ruleCount: this.#bundle.rules.length,
      skipped: [...this.#bundle.skipped, ...this.#speech.skipped],
    };
  }

  /** A recall comes first, and neither waits for the other: a bundle that is lost keeps no rule on. Texts follow rules. */
  async #update(): Promise<void> {
    await this.#client.refresh();
    const failure = await failureOf(() => this.#client.getTarget(RECALLED));
    await this.#client.getTarget(BUNDLE);
    await this.#speech.update();
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
    this.#use({ ...inUse, texts: await this.#speech.inUse(inUse.version), off }, bundle);
  }

  #use(choice: Choice, bundle: Bundle): void {
    const { text, texts, off } = this.#choice;
    const isSame = JSON.stringify([texts, off]) === JSON.stringify([choice.texts, choice.off]);
    if (text !== choice.text || !isSame) this.#revision++;
    this.#choice = choice;
    this.#speech.use(choice.texts);
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
}
