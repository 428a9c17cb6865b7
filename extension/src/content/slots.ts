/**
 * Words → hits: where on a page a lexicon's notions are met.
 * Twin: backend/rollguard/rules/slots.py.
 */
import type { Lexicon } from "../shared/bundle_types.ts";
import { cutWords, type Word, WORD_UNITS } from "./words.ts";

/** `…` in an entry stands for at most so many words, or three signs for each where there are no spaces. */
const MAX_GAP = 3;
const STEM_KEY = 2;

/** One word of an entry. `gap`: up to MAX_GAP words may stand before it. */
interface Part {
  norm: string;
  isStem: boolean;
  gap: boolean;
}

interface Entry {
  slot: string;
  parts: Part[];
}

/** A slot met by the words `start` … `end` (exclusive). */
export interface Hit {
  slot: string;
  start: number;
  end: number;
}

function parseEntry(slot: string, phrase: string): Entry {
  const parts: Part[] = [];
  let gap = false;
  for (const piece of phrase.split(/\s+/)) {
    if (piece === "…" || piece === "...") {
      gap = parts.length > 0;
      continue;
    }
    const norms = cutWords(piece).map((word) => word.norm);
    norms.forEach((norm, index) => {
      parts.push({ norm, isStem: piece.endsWith("*") && index === norms.length - 1, gap });
      gap = false;
    });
  }
  return { slot, parts };
}

/** One language's lexicon, ready to be searched in time linear in the text. */
export class SlotIndex {
  readonly language: string;
  readonly #byWord = new Map<string, Entry[]>();
  readonly #byStem = new Map<string, Entry[]>();

  constructor(lexicon: Lexicon) {
    this.language = lexicon.language;
    for (const [slot, phrases] of Object.entries(lexicon.slots)) {
      for (const phrase of phrases) this.#add(parseEntry(slot, phrase));
    }
  }

  #add(entry: Entry): void {
    const first = entry.parts[0];
    if (first === undefined) return;
    const [index, key] = first.isStem
      ? [this.#byStem, [...first.norm].slice(0, STEM_KEY).join("")] as const
      : [this.#byWord, first.norm] as const;
    const entries = index.get(key);
    if (entries === undefined) index.set(key, [entry]);
    else entries.push(entry);
  }

  /** Every slot's hits, the longest per slot and place, in the order of the text. */
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
    return found;
  }

  *#candidates(norm: string): Iterable<Entry> {
    yield* this.#byWord.get(norm) ?? [];
    if (this.#byStem.size === 0) return;
    const letters = [...norm.slice(0, 2 * STEM_KEY)];
    for (let length = 1; length <= Math.min(STEM_KEY, letters.length); length++) {
      yield* this.#byStem.get(letters.slice(0, length).join("")) ?? [];
    }
  }
}

/** Where the entry ends (exclusive) when it begins at `start`; 0 where it does not. Nearest words first. */
function matchEntry(entry: Entry, words: Word[], start: number): number {
  let at = start;
  for (const part of entry.parts) {
    const last = (words[at]?.at ?? 0) + (part.gap ? MAX_GAP * WORD_UNITS : 0);
    let word = wordWithin(words, at, start, last);
    while (word !== undefined && !fits(part, word.norm)) word = wordWithin(words, ++at, start, last);
    if (word === undefined) return 0;
    at += 1;
  }
  return at;
}

/** The word at `at`, if a phrase that began at `start` may go on there: not too far, and in the same block. */
function wordWithin(words: Word[], at: number, start: number, last: number): Word | undefined {
  const word = words[at];
  return word !== undefined && word.at <= last && (at === start || !word.opensBlock) ? word : undefined;
}

function fits(part: Part, norm: string): boolean {
  return part.isStem ? norm.startsWith(part.norm) : norm === part.norm;
}

/** Only the hits that are not part of a longer one: in "Don't allow", `allow` means nothing. */
export function dropContained(hits: Hit[]): Hit[] {
  return hits.filter((hit) =>
    !hits.some((other) =>
      other.start <= hit.start && hit.end <= other.end && other.end - other.start > hit.end - hit.start
    )
  );
}

/** The shortest stretch in which every group has a hit, in units of words; null if there is none. */
export function span(hits: Hit[], words: Word[], groups: string[][]): number | null {
  const latest: (number | undefined)[] = groups.map(() => undefined);
  let best: number | null = null;
  for (const hit of hits) {
    groups.forEach((group, index) => {
      if (group.includes(hit.slot)) latest[index] = words[hit.start]?.at;
    });
    const starts = latest.filter((start) => start !== undefined);
    if (starts.length === groups.length) {
      const length = Math.max(...starts) - Math.min(...starts) + WORD_UNITS;
      best = best === null ? length : Math.min(best, length);
    }
  }
  return best;
}
