/** Lexicons → indexes, each made when a text first speaks its language. */
import type { CompiledLexicon } from "../shared/bundle_types.ts";
import type { Gates } from "../shared/gate_text.ts";
import { SlotIndex } from "./slots.ts";

/** The lexicons that are here, each made ready when a text first speaks its language. */
export class Indexes {
  readonly #ready = new Map<string, SlotIndex>();

  /** @param gates by which words the languages are told apart; without them all lexicons are here. */
  constructor(
    readonly lexicons: CompiledLexicon[],
    readonly gates: Gates | null = null,
    readonly want: (languages: string[]) => void = () => {},
  ) {}

  lexicon(language: string): CompiledLexicon | undefined {
    return this.lexicons.find((found) => found.language === language);
  }

  has(language: string): boolean {
    return this.lexicon(language) !== undefined;
  }

  get(language: string): SlotIndex {
    return kept(this.#ready, language, () => new SlotIndex(this.lexicon(language) ?? nothingIn(language)));
  }
}

export function nothingIn(language: string): CompiledLexicon {
  return { language, slots: {}, starts: {} };
}

export function kept<Value>(values: Map<string, Value>, key: string, make: () => Value): Value {
  const value = values.get(key) ?? make();
  values.set(key, value);
  return value;
}
