/** Words → the languages that may have a say about them. Twin: backend/rollguard/rules/gate.py. */
import type { CompiledLexicon } from "../shared/bundle_types.ts";
import { gateText, keysOf } from "../shared/gate_text.ts";
import type { Word } from "./words.ts";

interface Entry {
  first: string;
  isStem: boolean;
  /** The word that has to follow, be it a stem; empty where none has to. */
  second: string;
  languages: string[];
}

/** A page has other words all the time, most of them once. */
const MOST_KNOWN = 4_000;
const NONE: Entry[] = [];

/**
 * Which languages may have a say: those in which an entry of certain slots begins with some of the words. Most texts
 * speak one or two languages; only these are indexed and searched. Of the gate itself, too, only what is asked is read.
 */
export class Gate {
  readonly #text: string;
  #lines: Map<string, string> | null = null;
  readonly #read = new Map<string, Entry[]>();
  readonly #known = new Map<string, Entry[]>();

  constructor(lexicons: CompiledLexicon[], slots: Set<string>, text: string = gateText(lexicons, slots)) {
    this.#text = text;
  }

  languages(words: Word[]): Set<string> {
    return new Set(this.weigh(words).keys());
  }

  /** Each with its weight: a word that few languages share says more about which it is. */
  weigh(words: Word[]): Map<string, number> {
    const found = new Map<string, number>();
    const seen = new Set<Entry>();
    words.forEach(({ norm }, at) => {
      for (const entry of this.#entriesFor(norm)) {
        if (seen.has(entry) || !goesOn(entry, words[at + 1])) continue;
        seen.add(entry);
        const weight = 1 / entry.languages.length;
        for (const language of entry.languages) found.set(language, (found.get(language) ?? 0) + weight);
      }
    });
    return found;
  }

  /** Whether it would let any language in. */
  opensFor(words: Word[]): boolean {
    return words.some(({ norm }, at) => this.#entriesFor(norm).some((entry) => goesOn(entry, words[at + 1])));
  }

  #entriesFor(norm: string): Entry[] {
    let found = this.#known.get(norm);
    if (found !== undefined) return found;
    const near = keysOf(norm).flatMap((key) => this.#entriesAt(key));
    // Names and numbers: nothing begins like them.
    if (near.length === 0) return NONE;
    found = near.filter((entry) => fits(entry.first, entry.isStem, norm));
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(norm, found);
    return found;
  }

  #entriesAt(key: string): Entry[] {
    let entries = this.#read.get(key);
    if (entries !== undefined) return entries;
    this.#lines ??= new Map(this.#text.split("\n").map((line) => [line.slice(0, line.indexOf("|")), line]));
    entries = this.#lines.get(key)?.split("|").slice(1).map(readEntry) ?? NONE;
    if (entries.length > 0) this.#read.set(key, entries);
    return entries;
  }
}

function readEntry(text: string): Entry {
  const [words = "", languages = ""] = text.split(":");
  const [first = "", second = ""] = words.split(" ");
  const isStem = first.endsWith("*");
  return { first: isStem ? first.slice(0, -1) : first, isStem, second, languages: languages.split(",") };
}

function goesOn({ second }: Entry, next: Word | undefined): boolean {
  if (second === "") return true;
  if (next === undefined) return false;
  return second.endsWith("*") ? next.norm.startsWith(second.slice(0, -1)) : next.norm === second;
}

function fits(first: string, isStem: boolean, norm: string): boolean {
  return isStem ? norm.startsWith(first) : norm === first;
}
