/**
 * Text → words: where every script's punctuation, case, look-alikes and invisible characters stop mattering.
 * Twin: backend/rollguard/rules/words.py. Both must cut alike; tests/parity holds them together.
 */
import { LOOKS_LIKE } from "./confusables.ts";

/** Characters that draw nothing (Unicode Default_Ignorable_Code_Point, without the unassigned ranges). */
const IGNORABLE =
  "\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e" +
  "\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\u{e0000}-\\u{e0fff}";
/** Scripts that put no spaces between words: each sign, with what it carries, is a word of its own here. */
const UNSPACED = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u30fc\\uff70" +
  "\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}";
const WORD = new RegExp(
  `(?<sign>[${UNSPACED}][\\p{M}\\uff9e\\uff9f${IGNORABLE}]*)|[[\\p{L}\\p{M}\\p{N}${IGNORABLE}]--[${UNSPACED}]]+`,
  "gv",
);
const IGNORABLES = new RegExp(`[${IGNORABLE}]+`, "gu");
/** Parts blocks of text (Unicode: paragraph separator). No phrase reaches across one: two buttons are two labels. */
export const BREAK = "\u2029";
const SENTENCE_END = /[.!?:;…。！？：；؟؛।]/;
const BLANKS = /[ \t\n\r\f\u00a0\u2029]+/g;

const PLAIN = /^(?:[A-Z]?[a-z]*|\d+)$/;
/** Marks that writers leave out or vary: accents, Hebrew points, Arabic vowels and tatweel, nuktas. */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u093c\u09bc]+/g;
const MIXED = /^(?=.*[a-zA-Z]).*\P{ASCII}/su;
const CAPITAL_I = /(?<=[a-z])I|(?<!^)I(?=[a-z])/g; // "cIoud", "AIlow"
const DIGITS = /(?<=[a-z])[01]+|[01]+(?=[a-z])/g; // "cl0ud"; whole runs, so that a normal form is its own
/** Letters that the same word is written with in another place, case or on another keyboard. */
const VARIANTS = new Map(Object.entries({
  ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ł: "l", ς: "σ", ı: "i" },
  ...{ ک: "ك", ی: "ي", ى: "ي", ہ: "ه", ھ: "ه", ة: "ه", "\u0901": "\u0902", "\u0981": "\u0982" },
}));

/** A candidate is read no further than this: no dialog is longer, and work must have an end. */
export const MAX_WORDS = 4000;
/** A word is read no further than this: sorting the accents of a letter that carries thousands takes quadratic time. */
const MAX_LETTERS = 1000;
/** How long a word is. A sign of a script without spaces is one unit long: three are about a word. */
export const WORD_UNITS = 3;

/** One word: its normal form, and where it stands in the text it was cut from. */
export interface Word {
  norm: string;
  start: number;
  end: number;
  /** It is the first of its block. */
  opensBlock: boolean;
  /** It is the first of its sentence; a colon or semicolon ends one, too. */
  opensSentence: boolean;
  /** How many units of words stand before it. */
  at: number;
  units: number;
}

/** What two spellings of one word have in common: case, width, accents, look-alike letters are gone. */
function normalForm(word: string): string {
  if (PLAIN.test(word)) return word.toLowerCase();
  let text = firstLetters(word.replace(IGNORABLES, "")).normalize("NFKC");
  // A foreign letter among Latin ones stands for what it looks like, in its own case.
  if (MIXED.test(text)) text = mapLetters(text, LOOKS_LIKE);
  text = text.replace(CAPITAL_I, "l").toLowerCase();
  text = mapLetters(text.normalize("NFD").replace(MARKS, ""), VARIANTS);
  text = mapLetters(text.normalize("NFC"), LOOKS_LIKE).toLowerCase();
  text = text.replace(DIGITS, (run) => run.replaceAll("0", "o").replaceAll("1", "l"));
  return text.replaceAll("\u0e4d\u0e32", "\u0e33").replaceAll("\u0ecd\u0eb2", "\u0eb3"); // NFKC parts Thai and Lao "am"
}

function firstLetters(word: string): string {
  return word.length <= MAX_LETTERS ? word : [...word].slice(0, MAX_LETTERS).join("");
}

function mapLetters(text: string, map: ReadonlyMap<string, string>): string {
  let mapped = "";
  for (const letter of text) mapped += map.get(letter) ?? letter;
  return mapped;
}

/** The first `limit` words of the text, in order. */
export function cutWords(text: string, limit: number = MAX_WORDS): Word[] {
  const words: Word[] = [];
  let end = 0;
  let at = 0;
  for (const match of text.matchAll(WORD)) {
    if (words.length === limit) break;
    const norm = normalForm(match[0]);
    if (norm === "") continue;
    const start = match.index;
    const between = text.slice(end, start);
    const opensBlock = between.includes(BREAK);
    const opensSentence = opensBlock || SENTENCE_END.test(between);
    const units = match.groups?.sign === undefined ? WORD_UNITS : 1;
    end = start + match[0].length;
    words.push({ norm, start, end, opensBlock, opensSentence, at, units });
    at += units;
  }
  return words;
}

/** The text as a person would write it down: invisible characters gone, blanks single. */
export function collapse(text: string): string {
  return text.replace(IGNORABLES, "").replace(BLANKS, " ").replace(/^ | $/g, "");
}
