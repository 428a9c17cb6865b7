/// <reference lib="deno.ns" />
import { strictEqual, throws } from "node:assert/strict";
import { encodeCanonical, type JsonValue } from "../../extension/src/trust/canonical_json.ts";

const SPELLINGS: [string, JsonValue, string][] = [
  ["sorts keys and leaves no space", { b: 1, a: [true, null, "x"] }, '{"a":[true,null,"x"],"b":1}'],
  ["escapes quote and backslash alone", 'a"b\\c\n\u0000é', '"a\\"b\\\\c\n\u0000é"'],
  ["sorts by code point, not by UTF-16 unit", { "\u{1f600}": 1, "\ufb00": 2 }, '{"\ufb00":2,"\u{1f600}":1}'],
  ["puts a key before those that begin with it", { ab: 1, a: 2 }, '{"a":2,"ab":1}'],
  ["writes minus zero as zero", -0, "0"],
];
for (const [name, value, text] of SPELLINGS) {
  Deno.test(`canonical JSON ${name}`, () => strictEqual(encodeCanonical(value), text));
}

Deno.test("a key called __proto__ is signed like any other", () => {
  strictEqual(encodeCanonical(JSON.parse('{"__proto__":{"a":1}}')), '{"__proto__":{"a":1}}');
});

for (const value of [0.5, 2 ** 53, NaN, "\ud800"]) {
  Deno.test(`${JSON.stringify(value)} has no canonical spelling`, () => {
    throws(() => encodeCanonical({ a: value }), TypeError);
  });
}
