/**
 * Hits → hits of notions that are said in two parts: "pictures" and "on your phone" are the person's pictures.
 * Twin: backend/rollguard/rules/composed.py.
 */
import type { Hit } from "./hits.ts";
import { type Word, WORD_UNITS } from "./words.ts";

/**
 * `slot` is met where a head and another part stand in one sentence. `reach`: how many words may stand between them;
 * first where the head comes last ("your best photos"), then where it comes first ("photos of yours").
 */
interface Composition {
  slot: string;
  heads: string[];
  others: string[];
  reach: [number, number];
}

const COMPOSITIONS: Composition[] = [
  { slot: "your_photos", heads: ["pictures"], others: ["yours", "everything"], reach: [2, 0] },
  { slot: "your_photos", heads: ["pictures"], others: ["place"], reach: [4, 4] },
  { slot: "camera_roll", heads: ["gallery"], others: ["yours", "everything"], reach: [2, 0] },
  { slot: "camera_roll", heads: ["gallery"], others: ["place"], reach: [4, 4] },
  { slot: "camera_roll", heads: ["gallery"], others: ["analyse"], reach: [5, 5] },
  { slot: "cloud", heads: ["hand_over"], others: ["theirs"], reach: [10, 10] },
  { slot: "ai", heads: ["analyse"], others: ["machine"], reach: [8, 8] },
];

/** The slots, and what they may be composed of. */
export function partsOf(slots: Iterable<string>): Set<string> {
  const all = new Set(slots);
  const made = COMPOSITIONS.filter(({ slot }) => all.has(slot));
  return new Set([...all, ...made.flatMap(({ heads, others }) => [...heads, ...others])]);
}

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
