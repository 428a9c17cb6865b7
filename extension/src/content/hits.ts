/**
 * Hits: where on a page a lexicon's notions are met, and what can be said of several together.
 * Twin: backend/rollguard/rules/hits.py.
 */
import { type Word, WORD_UNITS } from "./words.ts";

/** A slot met by the words `start` … `end` (exclusive). */
export interface Hit {
  slot: string;
  start: number;
  end: number;
  /** Put together of two others, and of words between them that say nothing. */
  isComposed?: true;
}

/** How many words are part of some hit. What stands between the parts of a composed one is not understood. */
export function covered(hits: Hit[]): number {
  const words = new Set<number>();
  for (const { start, end, isComposed } of hits) {
    for (let at = start; at < end && !isComposed; at++) words.add(at);
  }
  return words.size;
}

/**
 * Only the hits that are not part of a longer one: in "Don't allow", `allow` means nothing. The hits come in the order of
 * the text, and stay in it.
 */
export function dropContained(hits: Hit[]): Hit[] {
  const longest = new Map<number, number>();
  for (const { start, end } of hits) longest.set(start, Math.max(end, longest.get(start) ?? 0));
  let reach = 0;
  for (const [start, end] of longest) {
    if (end <= reach) longest.set(start, 0); // inside one that began before
    reach = Math.max(reach, end);
  }
  return hits.filter((hit) => hit.end === longest.get(hit.start));
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
