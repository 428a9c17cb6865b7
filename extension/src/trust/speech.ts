/** The texts of the person's language and of English: one signed file each, which follow the rules that they speak for. */
import { parseTexts, type Texts } from "../shared/bundle.ts";
import type { Remedy, Rule, RuleText } from "../shared/bundle_types.ts";
import { namesOf } from "../shared/language_names.ts";
import { wordRule } from "../shared/wording.ts";
import type { TufClient } from "./client.ts";
import { failureOf, ifVerified, UnknownTargetError, wordsOf } from "./errors.ts";

const EVERYWHERE = "en";
const MOST_WANTED = 2;

export function textsPath(language: string): string {
  return `texts/${language}.jsonl`;
}

/** Where texts may lie that this person reads: under the closest of their language's names, and English. */
export function textsPaths(language: string): string[][] {
  return [namesOf(language).map(textsPath), [textsPath(EVERYWHERE)]];
}

export class Speech {
  readonly #client: TufClient;
  /** As browsers write them, the last one first: whoever changes it may change it back. */
  #wanted = [EVERYWHERE];
  #spoken: string[] = [];
  #read = new Map<string, Texts>();
  /** Records, and whole files, that this version cannot read, each with the reason. */
  skipped: string[] = [];

  constructor(client: TufClient) {
    this.#client = client;
  }

  /** Takes effect with what is used next. */
  want(language: string): void {
    if (this.#wanted.includes(language)) return;
    this.#wanted = [language, ...this.#wanted].slice(0, MOST_WANTED);
  }

  /** What is here of this language has been looked up. */
  speaks(language: string): boolean {
    return this.#spoken.includes(language);
  }

  /** Comes after a refresh and the rules. @throws DownloadError, RepositoryError: what was in use stays in use. */
  async update(): Promise<void> {
    const failures: unknown[] = [];
    for (const names of this.#paths()) failures.push(await this.#fetchFirst(names));
    const missed = failures.find((failure) => failure !== null);
    if (missed !== undefined) throw missed;
  }

  /** What may be used beside rules of this version: never newer texts, since their rules may not be here. */
  async inUse(version: number): Promise<Record<string, string>> {
    const texts: Record<string, string> = {};
    this.#spoken = this.#wanted;
    for (const names of this.#paths()) {
      for (const path of names) {
        const kept = await ifVerified(() => this.#client.inUse(path));
        const isTooNew = kept !== null && kept.version > version;
        const found = isTooNew ? await ifVerified(() => this.#client.baked(path)) : kept;
        if (found === null) continue;
        texts[path] = found.text;
        break;
      }
    }
    return texts;
  }

  /** From now on these, verified. */
  use(texts: Record<string, string>): void {
    this.#read = new Map();
    this.skipped = [];
    for (const [path, text] of Object.entries(texts)) {
      try {
        const found = parseTexts(text);
        this.#read.set(path, found);
        this.skipped.push(...found.skipped.map((reason) => `${path}: ${reason}`));
      } catch (error) {
        this.skipped.push(`${path}: ${wordsOf(error)}`); // the other language, or rules' own words, go on
      }
    }
  }

  /** Those of the rules that are wanted, with words that the person reads. */
  word(
    rules: Rule[],
    language: string,
    isWanted: (rule: Rule) => boolean,
  ): { rules: Rule[]; texts: RuleText[] } {
    const shelves = textsPaths(language).flat().map((path) => this.#read.get(path)?.texts ?? []);
    const worded = rules.filter(isWanted).map((rule) => wordRule(rule, rules, shelves));
    return { rules: worded.map(({ rule }) => rule), texts: worded.map(({ text }) => text) };
  }

  /** All that are here, each in the first of the person's languages that has it. */
  remedies(language: string): Remedy[] {
    const found = new Map<string, Remedy>();
    for (const path of textsPaths(language).flat()) {
      for (const remedy of this.#read.get(path)?.remedies ?? []) {
        if (!found.has(remedy.id)) found.set(remedy.id, remedy);
      }
    }
    return [...found.values()];
  }

  /** Each language's names once, English last. */
  #paths(): string[][] {
    const own = this.#wanted.flatMap((language) => textsPaths(language).slice(0, 1));
    return [...own.filter(([first]) => first !== textsPath(EVERYWHERE)), [textsPath(EVERYWHERE)]];
  }

  /** Under the first name that the maintainers know; a language that none of them speaks is no failure. */
  async #fetchFirst(names: string[]): Promise<unknown> {
    for (const path of names) {
      const failure = await failureOf(() => this.#client.getTarget(path));
      if (!(failure instanceof UnknownTargetError)) return failure;
    }
    return null;
  }
}
