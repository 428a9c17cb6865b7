/**
 * Words → hits: where on a page a lexicon's notions are met.
 * Twin: backend/rollguard/rules/slots.py.
 */
import type { CompiledLexicon } from "../shared/bundle_types.ts";
import { partsOf } from "../shared/compositions.ts";
import { compose } from "./composed.ts";
import type { Hit } from "./hits.ts";
import { type Word, WORD_UNITS } from "./words.ts";

/** `…` in an entry stands for at most so many words, or three signs for each where there are no spaces. */
const MAX_GAP = 3;
const STEM_KEY = 2;

/** One word of an entry. `gap`: up to MAX_GAP words may stand before it. */
interface Part {
  norm: string;
  isStem: boolean;
  gap: boolean;
}

/** A compiled lexicon's words are in their normal form already: there is nothing to do but to split. */
function parsePhrase(phrase: string): Part[] {
  const parts: Part[] = [];
  let gap = false;
  for (const piece of phrase.split(" ")) {
    if (piece === "…") {
      gap = parts.length > 0;
      continue;
    }
    const isStem = piece.endsWith("*");
    parts.push({ norm: isStem ? piece.slice(0, -1) : piece, isStem, gap });
    gap = false;
  }
  return parts;
}

export function stemKey(norm: string): string {
  return [...norm.slice(0, 2 * STEM_KEY)].slice(0, STEM_KEY).join("");
}

/** Under which keys the stems stand that a word may begin with. */
export function stemKeys(norm: string): string[] {
  const letters = [...norm.slice(0, 2 * STEM_KEY)].slice(0, STEM_KEY);
  return letters.map((_, at) => letters.slice(0, at + 1).join(""));
}

export function append<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** A phrase that is read when its first word is met: most never are. */
class Entry {
  #parts: Part[] | null = null;

  constructor(readonly slot: string, readonly phrase: string) {}

  get parts(): Part[] {
    return this.#parts ??= parsePhrase(this.phrase);
  }
}

/** One language's lexicon, or some of its slots, ready to be searched in time linear in the text. */
export class SlotIndex {
  readonly language: string;
  readonly #byWord = new Map<string, Entry[]>();
  readonly #byStem = new Map<string, Entry[]>();

  constructor(lexicon: CompiledLexicon, slots?: Set<string>) {
    this.language = lexicon.language;
    const wanted = slots === undefined ? undefined : partsOf(slots);
    for (const [slot, phrases] of Object.entries(lexicon.slots)) {
      if (wanted !== undefined && !wanted.has(slot)) continue;
      for (const phrase of phrases.split("|")) this.#add(new Entry(slot, phrase));
    }
  }

  #add(entry: Entry): void {
    const end = entry.phrase.indexOf(" ");
    const first = end < 0 ? entry.phrase : entry.phrase.slice(0, end);
    if (first.endsWith("*")) append(this.#byStem, stemKey(first.slice(0, -1)), entry);
    else if (first !== "") append(this.#byWord, first, entry);
  }

  /** Every slot's hits, composed ones among them, the longest per slot and place, in the order of the text. */
  hits(words: Word[]): Hit[] {
    const found: Hit[] = [];
    words.forEach((word, start) => {
      const longest = new Map<string, number>();
      for (const entry of this.#candidates(word.norm)) {
        const end = matchEntry(entry, words, start);
        if (end > (longest.get(entry.slot) ?? 0)) longest.set(entry.slot, end);
      }
      for (const slot of [...longest.keys()].sort()) found.push({ slot, start, end: longest.get(slot) ?? 0 });
    });
    return compose(found, words);
  }

  *#candidates(norm: string): Iterable<Entry> {
    yield* this.#byWord.get(norm) ?? [];
    if (this.#byStem.size === 0) return;
    for (const key of stemKeys(norm)) yield* this.#byStem.get(key) ?? [];
  }
}

/** Where the entry ends (exclusive) when it begins at `start`; 0 where it does not. Nearest words first. */
function matchEntry(entry: Entry, words: Word[], start: number): number {
  let at = start;
  for (const part of entry.parts) {
    const last = (words[at]?.at ?? 0) + (part.gap ? MAX_GAP * WORD_UNITS : 0);
    let word = wordFor(part, words, at, start, last);
    while (word !== undefined && !fits(part, word.norm)) word = wordFor(part, words, ++at, start, last);
    if (word === undefined) return 0;
    at += 1;
  }
  return at;
}

/** The word at `at`, if a phrase may go on there: not too far, in the same block, no gap over a full stop. */
function wordFor(part: Part, words: Word[], at: number, start: number, last: number): Word | undefined {
  const word = words[at];
  if (word === undefined || word.at > last) return undefined;
  return at === start || !(part.gap ? word.opensSentence : word.opensBlock) ? word : undefined;
}

function fits(part: Part, norm: string): boolean {
  return part.isStem ? norm.startsWith(part.norm) : norm === part.norm;
}
