/// <reference lib="deno.ns" />
import { deepStrictEqual, ok } from "node:assert/strict";
import { readingOrder } from "../../extension/src/content/bidi.ts";
import { dropDenied } from "../../extension/src/content/denials.ts";
import { Gate } from "../../extension/src/content/gate.ts";
import { dropContained, type Hit, span } from "../../extension/src/content/hits.ts";
import { SlotIndex } from "../../extension/src/content/slots.ts";
import { collapse, cutWords } from "../../extension/src/content/words.ts";
import { parseBundle } from "../../extension/src/shared/bundle.ts";
import { fitsAny, pathFits } from "../../extension/src/shared/match_patterns.ts";
import { fc, NAUGHTY } from "./naughty.ts";

/** `deno test … tests/fuzz/ -- 1000000` tries that often. */
const RUNS = Number(Deno.args[0] ?? 300);
const LONG = { numRuns: RUNS };
const MARKS =
  "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u00ad\u2029\ud800\udfff\u05d0\u0301\u0e4d";
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(...MARKS.split(""), "a", "I", "0", " ", "camera", "ﷺ", "😀"),
    maxLength: 60,
  }),
  fc.constantFrom(...NAUGHTY),
);
const slot = fc.constantFrom("ai", "cloud", "denial", "allow", "constructor", "__proto__", "toString", "");
const phrase = fc.oneof(fc.constantFrom("a", "a*", "*", "…", "a … b", "b* … …", "", " ", "|", "a  b"), text);
const phrases = fc.array(phrase, { maxLength: 4 });
const lexicon = fc.record({
  language: fc.constantFrom("en", "de"),
  slots: fc.dictionary(slot, phrases.map((found) => found.join("|"))),
  starts: fc.dictionary(slot, phrases.map((found) => found.join(" "))),
});
const hits: fc.Arbitrary<Hit[]> = fc.array(
  fc.record({ slot, start: fc.nat(30), length: fc.integer({ min: 1, max: 6 }) }),
).map((found) =>
  found.map(({ slot, start, length }) => ({ slot, start, end: start + length })).sort((a, b) =>
    a.start - b.start
  )
);

Deno.test("words are cut in order, from where they stand, and never empty", () => {
  fc.assert(
    fc.property(text, (written) => {
      let end = 0;
      let at = 0;
      for (const word of cutWords(written)) {
        ok(word.norm !== "" && word.start >= end && word.end > word.start && word.end <= written.length);
        ok(word.at === at);
        [end, at] = [word.end, at + word.units];
      }
      ok(collapse(collapse(written)) === collapse(written));
    }),
    LONG,
  );
});

Deno.test("reading order loses no letter and reads none twice", () => {
  fc.assert(
    fc.property(text, (written) => {
      const order = readingOrder(written);
      const places = order.flatMap(([from, to]) =>
        Array.from({ length: to - from }, (_, index) => from + index)
      );
      deepStrictEqual(new Set(places).size, places.length);
      const left = written.replace(/[\u202a-\u202e\u2066-\u2069]\p{M}*/gu, "");
      deepStrictEqual(places.length, left.length);
    }),
    LONG,
  );
});

Deno.test("any lexicon can be searched in any text, and its hits lie in the text", () => {
  fc.assert(
    fc.property(lexicon, text, fc.uniqueArray(slot), (words, written, slots) => {
      const cut = cutWords(written);
      const index = new SlotIndex(words);
      for (const hit of index.hits(cut)) ok(hit.start >= 0 && hit.end > hit.start && hit.end <= cut.length);
      for (const language of new Gate([words], new Set(slots)).languages(cut)) {
        ok(language === words.language);
      }
      span(index.hits(cut), cut, [slots]);
    }),
    LONG,
  );
});

Deno.test("a hit is dropped where a longer one holds it, and nowhere else", () => {
  fc.assert(
    fc.property(hits, (found) => {
      const holds = (other: Hit, hit: Hit) =>
        other.start <= hit.start && hit.end <= other.end && other.end - other.start > hit.end - hit.start;
      deepStrictEqual(dropContained(found), found.filter((hit) => !found.some((other) => holds(other, hit))));
      const words = cutWords("a b. c d. e f. ".repeat(8));
      for (const hit of dropDenied(found, words)) ok(found.includes(hit));
    }),
    LONG,
  );
});

Deno.test("any pattern is held against any path, and stars stand for anything", () => {
  const path = fc.string({ unit: fc.constantFrom("a", "b", "/", "*", "\n", "?"), maxLength: 20 });
  fc.assert(
    fc.property(path, path, (pattern, path) => {
      const expression = pattern.split("*").map((piece) => piece.replace(/[/?]/g, "\\$&")).join("[\\s\\S]*");
      deepStrictEqual(pathFits(pattern, path), new RegExp(`^${expression}$`).test(path));
      fitsAny([pattern, `*://*/${pattern}`], `https://a.example/${path}`);
    }),
    LONG,
  );
});

Deno.test("spoilt bytes are refused with an error, or are a bundle of known records", () => {
  const json = fc.oneof(
    fc.json(),
    fc.constantFrom("null", "[]", '{"kind":"rule"}', '{"kind":"__proto__"}', "{"),
  );
  const lexicons = lexicon.map((found) => JSON.stringify({ kind: "lexicon", ...found }));
  fc.assert(
    fc.property(
      fc.array(fc.oneof(json, lexicons)),
      fc.constantFrom(1, 2, "1", true, null),
      (lines, format) => {
        try {
          const bundle = parseBundle([JSON.stringify({ kind: "bundle", format }), ...lines].join("\n"));
          deepStrictEqual(format, 1);
          const slots = new Set(["constructor", "ai"]);
          new Gate(bundle.lexicons, slots).languages(cutWords("a b c"));
          deepStrictEqual(bundle.rules, []);
        } catch (error) {
          ok(error instanceof SyntaxError || error instanceof TypeError || format !== 1, String(error));
        }
      },
    ),
    LONG,
  );
});
