/**
 * Rules and lexicons → gates: by which words a language may have a say, as one compact text each. A page gets these first,
 * and the lexicons of other languages than its own only when one of their words is met.
 */
import type { CompiledLexicon, Rule } from "./bundle_types.ts";
import { headsOf } from "./compositions.ts";

/** The texts of the two gates: what a rule may be about, and what a person may answer. */
export interface Gates {
  objects: string;
  consents: string;
}

/** A word that opens a gate for more languages is asked for the one that follows it: "Google" is no photo service yet. */
const SHARED_BY_MANY = 8;
/** So is a short one, which any language may have by chance: "in" is not yet German for "in Ordnung". */
const SHORT = 3;
const KEY_LETTERS = 2;
const PLAIN = /^[a-z0-9]{2}/;
/** Stands in no normal form; should it come all the same, that entry alone is lost. */
const SEPARATOR = /[|:\n]/;

export function gatesFor(rules: Rule[], lexicons: CompiledLexicon[]): Gates {
  return {
    objects: gateText(lexicons, objectSlots(rules)),
    consents: gateText(lexicons, consentSlots(rules)),
  };
}

export function objectSlots(rules: Rule[]): Set<string> {
  return new Set(rules.flatMap((rule) => rule.requires[0]?.any_of ?? []));
}

export function consentSlots(rules: Rule[]): Set<string> {
  return new Set(rules.flatMap(({ controls }) => [
    ...controls.accept,
    ...controls.accept_if_declinable,
    ...controls.unknown_beside,
  ]));
}

/** Under which keys the entries stand that a word may meet: its first letters, and the first alone for short stems. */
export function keysOf(norm: string): string[] {
  if (PLAIN.test(norm)) return [norm.slice(0, 1), norm.slice(0, KEY_LETTERS)];
  const letters = [...norm.slice(0, 2 * KEY_LETTERS)].slice(0, KEY_LETTERS);
  return letters.map((_, at) => letters.slice(0, at + 1).join(""));
}

/** Lines `key|entry:languages|…`, where an entry is a phrase's first word, or its first two; `*` ends a stem. */
export function gateText(lexicons: CompiledLexicon[], slots: Set<string>): string {
  const lines = new Map<string, string[]>();
  for (const [entry, languages] of entriesOf(lexicons, headsOf(slots))) {
    const [first = ""] = entry.split(" ", 1);
    const key = keysOf(first.replace("*", "")).at(-1);
    if (key === undefined || SEPARATOR.test(entry)) continue;
    const line = lines.get(key) ?? [key];
    line.push(`${entry}:${[...languages].join()}`);
    lines.set(key, line);
  }
  return [...lines.values()].map((line) => line.join("|")).join("\n");
}

function entriesOf(lexicons: CompiledLexicon[], slots: Set<string>): Map<string, Set<string>> {
  const firsts = new Map<string, Set<string>>();
  for (const { language, starts } of lexicons) {
    for (const slot of slots) for (const first of own(starts, slot).split(" ")) add(firsts, first, language);
  }
  firsts.delete("");
  const shared = new Set(
    [...firsts].filter(([first, { size }]) => size > SHARED_BY_MANY || first.length <= SHORT).map(([first]) =>
      first
    ),
  );
  for (const first of shared) firsts.delete(first);
  if (shared.size === 0) return firsts;
  for (const { language, slots: phrases } of lexicons) {
    for (const slot of slots) {
      for (const phrase of own(phrases, slot).split("|")) {
        const [first = "", second = "…"] = phrase.split(" ", 2);
        if (shared.has(first)) add(firsts, second === "…" ? first : `${first} ${second}`, language);
      }
    }
  }
  return firsts;
}

/** A rule may name a slot that every object has from birth: "constructor". */
function own(slots: Record<string, string>, slot: string): string {
  return Object.hasOwn(slots, slot) ? slots[slot] ?? "" : "";
}

function add(entries: Map<string, Set<string>>, entry: string, language: string): void {
  const languages = entries.get(entry);
  if (languages === undefined) entries.set(entry, new Set([language]));
  else languages.add(language);
}
