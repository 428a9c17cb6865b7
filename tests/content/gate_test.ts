/// <reference lib="deno.ns" />
import { deepStrictEqual, ok } from "node:assert/strict";
import { firstLexicons, lexiconsFor } from "../../extension/src/background/page_rules.ts";
import { Gate } from "../../extension/src/content/gate.ts";
import { cutWords } from "../../extension/src/content/words.ts";
import { parseBundle } from "../../extension/src/shared/bundle.ts";
import type { CompiledLexicon } from "../../extension/src/shared/bundle_types.ts";
import { gateText } from "../../extension/src/shared/gate_text.ts";

const SLOTS = new Set(["object"]);
const MANY = "ar bg ca cs da de el en es".split(" ");

function lexicon(language: string, phrases: string[]): CompiledLexicon {
  const starts = phrases.map((phrase) => phrase.split(" ")[0]).join(" ");
  return { language, slots: { object: phrases.join("|") }, starts: { object: starts } };
}

function heard(lexicons: CompiledLexicon[], text: string): string[] {
  return [...new Gate(lexicons, SLOTS).languages(cutWords(text))].sort();
}

Deno.test("a gate lets in the languages whose phrases begin with a word, or with its stem", () => {
  const lexicons = [
    lexicon("de", ["fotos", "aufnahme*"]),
    lexicon("en", ["camera roll"]),
    lexicon("es", ["fotos"]),
  ];
  deepStrictEqual(heard(lexicons, "Ihre Aufnahmen"), ["de"]);
  deepStrictEqual(heard(lexicons, "fotos"), ["de", "es"]);
  deepStrictEqual(heard(lexicons, "camera"), ["en"]);
  deepStrictEqual(heard(lexicons, "roll 17 constructor"), []);
});

Deno.test("a word of many languages lets in those alone whose phrase goes on as the text does", () => {
  const lexicons = MANY.map((language) => lexicon(language, ["google photos"]));
  lexicons.push(
    lexicon("pt", ["google fotos"]),
    lexicon("fi", ["google … kuvat"]),
    lexicon("nl", ["google foto*"]),
  );
  deepStrictEqual(heard(lexicons, "Sign in with Google"), ["fi"]);
  deepStrictEqual(heard(lexicons, "Google Fotos"), ["fi", "nl", "pt"]);
  deepStrictEqual(heard(lexicons, "Google Photos"), [...MANY, "fi"].sort());
});

Deno.test("a short word lets in nobody whose phrase goes on in another way", () => {
  const lexicons = [lexicon("de", ["in ordnung"]), lexicon("en", ["ok"])];
  deepStrictEqual(heard(lexicons, "Sign in"), []);
  deepStrictEqual(heard(lexicons, "in Ordnung, ok"), ["de", "en"]);
});

Deno.test("a gate that came as text lets in the same as one made of lexicons", () => {
  const lexicons = [lexicon("ja", ["カメラロール", "写 真"]), lexicon("en", ["a* b", "photos"])];
  const sent = new Gate([], SLOTS, gateText(lexicons, SLOTS));
  for (const text of ["写真", "カメラロール", "abc", "photos", "p", ""]) {
    deepStrictEqual([...sent.languages(cutWords(text))].sort(), heard(lexicons, text));
  }
});

Deno.test("the rarer a word, the more it says about which language it is", () => {
  const gate = new Gate([lexicon("de", ["foto", "zulassen"]), lexicon("nl", ["foto"])], SLOTS);
  const weights = gate.weigh(cutWords("foto zulassen foto"));
  deepStrictEqual([weights.get("de"), weights.get("nl")], [1.5, 0.5]);
});

Deno.test("browsers' names of languages find their lexicons, and English always comes along", () => {
  const all = ["de", "en", "nb", "pt", "pt-PT", "zh-Hans", "zh-Hant"].map((language) =>
    lexicon(language, ["x"])
  );
  const named = (codes: unknown) => lexiconsFor(codes, all).map(({ language }) => language);
  deepStrictEqual(named(["de-AT"]), ["de"]);
  deepStrictEqual(named(["no", "zh-TW", "pt-BR"]), ["nb", "pt", "zh-Hans", "zh-Hant"]);
  deepStrictEqual(named(["zh-CN", "pt-PT"]), ["pt", "pt-PT", "zh-Hans"]);
  deepStrictEqual(named(["", 7, "__proto__"]), []);
  deepStrictEqual(named("de"), []);
  deepStrictEqual(firstLexicons(undefined, all).map(({ language }) => language), ["en"]);
});

Deno.test("a line that is torn spoils no bundle, and is named", () => {
  const good = JSON.stringify({ kind: "lexicon", language: "en", slots: {}, starts: {} });
  const header = JSON.stringify({ kind: "bundle", format: 1 });
  const { lexicons, skipped } = parseBundle([header, good.slice(0, 20), "null", good].join("\n"));
  deepStrictEqual(lexicons.map(({ language }) => language), ["en"]);
  deepStrictEqual(skipped.map((words) => words.split(":")[0]), ["line 2", "line 3"]);
  ok(skipped.every((words) => words.includes("no record")));
});
