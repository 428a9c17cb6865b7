/// <reference lib="deno.ns" />
/** Words of strangers within our words, which may run the other way; and a language that changes while it is spoken. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { changeable, chosenTranslate, directionOf } from "../../extension/src/shared/translate.ts";

const FROM_LEFT = [
  "en",
  "zh_CN",
  "ja",
  "yo",
  "az",
  "az-Latn-IR",
  "ks-Deva",
  "sd-Deva",
  "ku",
  "ar-Latn",
  "pa",
  "",
];
const FROM_RIGHT = [
  "ar",
  "ar_EG",
  "fa-IR",
  "he",
  "iw",
  "ur",
  "ps",
  "ckb",
  "ug",
  "yi",
  "dv",
  "pa-Arab",
  "az_Arab",
  "ff-Adlm",
];
for (const language of FROM_LEFT) {
  Deno.test(`${language || "no language"} runs from left to right`, () =>
    strictEqual(directionOf(language), "ltr"));
}
for (const language of FROM_RIGHT) {
  Deno.test(`${language} runs from right to left`, () => strictEqual(directionOf(language), "rtl"));
}

const speaking = (language: string) =>
  chosenTranslate({ language, table: { popupWatched: { message: "<$1>" } } });

const ROWS: [string, string, string, string][] = [
  ["words of the same direction stand as they are", "en", "example.com (3)", "<example.com (3)>"],
  ["words that run against ours stand by themselves", "en", "السماح (3)", "<\u2068السماح (3)\u2069>"],
  ["the same where ours run from right to left", "ar", "example.com", "<\u2068example.com\u2069>"],
  ["words of our own direction, from right to left", "ar", "السماح", "<السماح>"],
  ["words of both directions stand by themselves", "he", "Google תמונות", "<\u2068Google תמונות\u2069>"],
  ["a number runs as the words around it", "ar", "2026-11-23", "<2026-11-23>"],
  ["a page's label cannot turn our words around", "en", "All\u202eow\u2069\u2067", "<Allow>"],
];
for (const [name, language, words, expected] of ROWS) {
  Deno.test(name, () => strictEqual(speaking(language)("popupWatched", [words]), expected));
}

Deno.test("who holds the words hears of another language", () => {
  const translate = changeable(speaking("en"));
  const { length } = translate("popupWatched", ["x"]);
  translate.use(speaking("ar"));
  deepStrictEqual([translate.language, translate.direction, length], ["ar", "rtl", 3]);
  strictEqual(translate("popupWatched", ["x"]), "<\u2068x\u2069>");
});
