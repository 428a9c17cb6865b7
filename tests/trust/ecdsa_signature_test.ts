/// <reference lib="deno.ns" />
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { rawEcdsaSignature } from "../../extension/src/trust/ecdsa_signature.ts";

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const r = "ff".repeat(32);
const s = "01".repeat(32);

Deno.test("two full coordinates stand one behind the other", () => {
  deepStrictEqual(rawEcdsaSignature(bytes(`3045022100${r}0220${s}`)), bytes(r + s));
});

Deno.test("a short coordinate is filled with zeros in front", () => {
  deepStrictEqual(
    rawEcdsaSignature(bytes("3006020101020102")),
    bytes("00".repeat(31) + "01" + "00".repeat(31) + "02"),
  );
});

const BROKEN: [string, string][] = [
  ["nothing", ""],
  ["no sequence", "3106020101020102"],
  ["a sequence that is longer than its bytes", "3007020101020102"],
  ["bytes behind the second number", "300702010102010200"],
  ["one number", "3003020101"],
  ["an empty number", "300502000201020"],
  ["a number beyond the end", "3006020101020202"],
  ["a number of another kind", "3006020101030102"],
  ["a coordinate of 33 bytes", `3026022101${r}020101`],
];
for (const [name, hex] of BROKEN) {
  Deno.test(`${name}: no signature`, () => strictEqual(rawEcdsaSignature(bytes(hex)), null));
}
