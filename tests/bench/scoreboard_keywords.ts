/** The matcher that anybody would write first: a text speaks of pictures, of an AI or a cloud, perhaps of a choice. */

export interface Phrases {
  photos: string[];
  acts: string[];
  declines: string[];
}

export interface Found {
  /** Pictures, and what is done with them, in words of one language. */
  words: boolean;
  /** The same, and a way to say no. */
  withChoice: boolean;
}

type Patterns = { [Key in keyof Phrases]: RegExp };

const SPACED = String.raw`[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]`;
const BEGINS_SPACED = new RegExp(`^${SPACED}`, "u");
const WHOLE_WORD = 3;

export class KeywordMatcher {
  readonly #languages: Patterns[];

  constructor(languages: Phrases[]) {
    this.#languages = languages.map(({ photos, acts, declines }) => ({
      photos: patternOf(photos),
      acts: patternOf(acts),
      declines: patternOf(declines),
    }));
  }

  find(text: string): Found {
    const normal = text.normalize("NFC").replace(/\s+/gu, " ");
    const speaking = this.#languages.filter(({ photos, acts }) => photos.test(normal) && acts.test(normal));
    return { words: speaking.length > 0, withChoice: speaking.some(({ declines }) => declines.test(normal)) };
  }
}

/** A phrase meets the words that begin so; a short one is a word of its own; without spaces it may stand anywhere. */
function patternOf(phrases: string[]): RegExp {
  const parts = phrases.map((phrase) => {
    const words = phrase.normalize("NFC").replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    if (!BEGINS_SPACED.test(phrase)) return words;
    return `(?<!${SPACED})${words}${phrase.length > WHOLE_WORD ? "" : `(?!${SPACED})`}`;
  });
  return new RegExp(parts.join("|"), "iu");
}
