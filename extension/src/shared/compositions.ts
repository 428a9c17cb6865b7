/**
 * Which notions are said in two parts. Twin: backend/rollguard/rules/composed.py.
 */

/**
 * `slot` is met where a head and another part stand in one sentence. `reach`: how many words may stand between them;
 * first where the head comes last ("your best photos"), then where it comes first ("photos you took").
 */
export interface Composition {
  slot: string;
  heads: string[];
  others: string[];
  reach: [number, number];
}

export const COMPOSITIONS: Composition[] = [
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

/** The slots, and without what none of them can be composed: what a text must have before it is looked at closer. */
export function headsOf(slots: Iterable<string>): Set<string> {
  const all = new Set(slots);
  return new Set([...all, ...COMPOSITIONS.flatMap(({ slot, heads }) => all.has(slot) ? heads : [])]);
}
