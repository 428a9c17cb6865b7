/**
 * Hits → hits that are meant: "we never use your photos to train AI" names an act, and says that it is not done.
 * Twin: backend/rollguard/rules/denials.py.
 */
import type { Hit } from "./hits.ts";
import type { Word } from "./words.ts";

const DENIAL = "denial";
/** What can be denied. Naming a thing is no act: "we never sell your photos" still speaks of the photos. */
const ACTS = new Set("cloud upload ongoing ai faces analyse train creative_ideas third_party".split(" "));

/** Without the acts in sentences that deny them, and without the denials themselves. */
export function dropDenied(hits: Hit[], words: Word[]): Hit[] {
  if (!hits.some((hit) => hit.slot === DENIAL)) return hits;
  const sentences = sentencesOf(words);
  const denials = hits.filter((hit) => hit.slot === DENIAL);
  const denied = new Set(denials.map((hit) => sentences[hit.start]));
  return hits.filter((hit) =>
    hit.slot !== DENIAL && !(ACTS.has(hit.slot) && denied.has(sentences[hit.start]))
  );
}

/** For each word its sentence, by number. */
function sentencesOf(words: Word[]): number[] {
  let sentence = 0;
  return words.map((word) => word.opensSentence ? ++sentence : sentence);
}
