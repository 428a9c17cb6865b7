/**
 * Hits → hits of notions that are said in two parts: "pictures" and "on your phone" are the person's pictures.
 * Twin: backend/rollguard/rules/composed.py.
 */
import { type Composition, COMPOSITIONS } from "../shared/compositions.ts";
import type { Hit } from "./hits.ts";
import { type Word, WORD_UNITS } from "./words.ts";

/** The hits and, in the order of the text, what they compose: the longest per slot and place. */
export function compose(hits: Hit[], words: Word[]): Hit[] {
  const composed = COMPOSITIONS.flatMap((composition) => [...composedBy(composition, hits, words)]);
  if (composed.length === 0) return hits;
  const longest = new Map<string, Hit>();
  for (const hit of [...hits, ...composed]) {
    const key = `${hit.start} ${hit.slot}`;
    const known = longest.get(key);
    if (known === undefined || hit.end > known.end) longest.set(key, hit);
  }
  return [...longest.values()].sort((one, other) =>
    one.start - other.start || (one.slot < other.slot ? -1 : 1)
  );
}

/** Each part with the one of the other side before it that is nearest. */
function* composedBy({ slot, heads, others, reach }: Composition, hits: Hit[], words: Word[]): Iterable<Hit> {
  let head: Hit | null = null;
  let other: Hit | null = null;
  for (const hit of hits) {
    if (heads.includes(hit.slot)) {
      if (other !== null && areClose(other, hit, reach[0], words)) yield joined(slot, other, hit);
      head = hit;
    }
    if (others.includes(hit.slot)) {
      if (head !== null && areClose(head, hit, reach[1], words)) yield joined(slot, head, hit);
      other = hit;
    }
  }
}

function joined(slot: string, before: Hit, hit: Hit): Hit {
  return { slot, start: before.start, end: Math.max(before.end, hit.end), isComposed: true };
}

/** Whether they stand apart, not too far, and in one sentence. */
function areClose(before: Hit, hit: Hit, reach: number, words: Word[]): boolean {
  const last = words[before.end - 1];
  const first = words[hit.start];
  if (last === undefined || first === undefined || hit.start < before.end) return false;
  if (first.at - last.at - last.units > reach * WORD_UNITS) return false;
  return !words.slice(before.end, hit.start + 1).some((word) => word.opensSentence);
}
