/** Words → the languages that may have a say about them. Twin: `Gate` in backend/rollguard/rules/slots.py. */
import type { CompiledLexicon } from "../shared/bundle_types.ts";
import { partsOf } from "./composed.ts";
import { append, stemKey, stemKeys } from "./slots.ts";
import type { Word } from "./words.ts";

/**
 * Which languages may have a say: those in which an entry of certain slots begins with one of the words. Most texts
 * speak one or two languages; only these are indexed and searched.
 */
export class Gate {
  readonly #byWord = new Map<string, Set<string>>();
  readonly #byStem = new Map<string, { stem: string; language: string }[]>();

  constructor(lexicons: CompiledLexicon[], slots: Set<string>) {
    for (const lexicon of lexicons) {
      for (const slot of partsOf(slots)) {
        // A rule may name a slot that every object has from birth: "constructor".
        const starts = Object.hasOwn(lexicon.starts, slot) ? lexicon.starts[slot] : undefined;
        for (const start of starts?.split(" ") ?? []) this.#add(start, lexicon.language);
      }
    }
  }

  #add(first: string, language: string): void {
    if (first.endsWith("*")) {
      const stem = first.slice(0, -1);
      append(this.#byStem, stemKey(stem), { stem, language });
    } else {
      const languages = this.#byWord.get(first);
      if (languages === undefined) this.#byWord.set(first, new Set([language]));
      else languages.add(language);
    }
  }

  languages(words: Word[]): Set<string> {
    const found = new Set<string>();
    for (const norm of new Set(words.map((word) => word.norm))) {
      for (const language of this.#languagesOf(norm)) found.add(language);
    }
    return found;
  }

  /** Whether it would let any language in. */
  opensFor(words: Word[]): boolean {
    return words.some(({ norm }) => !this.#languagesOf(norm).next().done);
  }

  *#languagesOf(norm: string): Generator<string> {
    yield* this.#byWord.get(norm) ?? [];
    for (const key of stemKeys(norm)) {
      for (const { stem, language } of this.#byStem.get(key) ?? []) if (norm.startsWith(stem)) yield language;
    }
  }
}
