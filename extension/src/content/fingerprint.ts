/**
 * A fingerprint of words: the same words, the same fingerprint, and no way back to the words. It names a wording, so that a
 * mute ends when the wording changes; it guards nothing, and pages without https lend no better hash.
 */
const SEEDS = [0x9e3779b1, 0x85ebca6b] as const;

/** @returns 16 hexadecimal digits. Numbers are left out: a count or a date that moves on is no new question. */
export function fingerprint(words: string): string {
  const plain = words.normalize("NFKC").toLowerCase().replace(/[\p{N}\s]+/gu, " ").trim();
  return SEEDS.map((seed) => lane(plain, seed).toString(16).padStart(8, "0")).join("");
}

/** FNV-1a's step over UTF-16 units, with an avalanche at the end. */
function lane(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
