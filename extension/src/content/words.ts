/**
 * Text → words: where every script's punctuation, case and invisible characters stop mattering.
 * Twin: backend/rollguard/rules/words.py. Both must cut alike; tests/parity holds them together.
 */

/** Characters that draw nothing (Unicode Default_Ignorable_Code_Point, without the unassigned ranges). */
const IGNORABLE =
  "\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e" +
  "\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\u{e0000}-\\u{e0fff}";
const WORD = new RegExp(`[\\p{L}\\p{M}\\p{N}${IGNORABLE}]+`, "gu");
const IGNORABLES = new RegExp(`[${IGNORABLE}]+`, "gu");
/** Parts blocks of text (Unicode: paragraph separator). No phrase reaches across one: two buttons are two labels. */
export const BREAK = "\u2029";
const BLANKS = /[ \t\n\r\f\u00a0\u2029]+/g;

/** A candidate is read no further than this: no dialog is longer, and work must have an end. */
export const MAX_WORDS = 4000;

/** One word: its normal form, and where it stands in the text it was cut from. */
export interface Word {
  norm: string;
  start: number;
  end: number;
  /** It is the first of its block. */
  opensBlock: boolean;
}

function normalForm(word: string): string {
  return word.replace(IGNORABLES, "").normalize("NFKC").toLowerCase();
}

/** The first `limit` words of the text, in order. */
export function cutWords(text: string, limit: number = MAX_WORDS): Word[] {
  const words: Word[] = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    if (words.length === limit) break;
    const norm = normalForm(match[0]);
    if (norm === "") continue;
    const start = match.index;
    const opensBlock = text.slice(end, start).includes(BREAK);
    end = start + match[0].length;
    words.push({ norm, start, end, opensBlock });
  }
  return words;
}

/** The text as a person would write it down: invisible characters gone, blanks single. */
export function collapse(text: string): string {
  return text.replace(IGNORABLES, "").replace(BLANKS, " ").replace(/^ | $/g, "");
}
