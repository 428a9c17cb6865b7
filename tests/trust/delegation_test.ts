/// <reference lib="deno.ns" />
import { strictEqual } from "node:assert/strict";
import { type DelegatedRole, fitsPattern, speaksFor } from "../../extension/src/trust/delegation.ts";
import { sha256Hex } from "../../extension/src/trust/hashes.ts";

const FITS: [string, string, boolean][] = [
  ["recall.json", "recall.json", true],
  ["*.json", "recall.json", true],
  ["*", "a/b", false],
  ["*/*", "a/b", true],
  ["a?c", "abc", true],
  ["a?c", "a/c", false],
  ["a?c", "ac", false],
  ["*a*b", "xaxxab", true],
  ["*a*b", "xaxxac", false],
  ["README.md", "README.MD", false],
  ["a.c", "abc", false],
  ["", "a", false],
  ["a*", "a", true],
];
for (const [pattern, path, isFit] of FITS) {
  Deno.test(`"${pattern}" ${isFit ? "speaks" : "does not speak"} for "${path}"`, () => {
    strictEqual(fitsPattern(pattern, path), isFit);
  });
}

Deno.test("a pattern made to be slow is not", () => {
  strictEqual(fitsPattern("*a".repeat(200), "a".repeat(5000) + "b"), false);
});

Deno.test("a hash prefix speaks for the paths whose hash begins with it", async () => {
  const hash = await sha256Hex("some/path");
  const role = (prefix: string): DelegatedRole => ({
    name: "bin",
    keyids: [],
    threshold: 1,
    isTerminating: false,
    paths: { hashPrefixes: [prefix] },
  });
  strictEqual(await speaksFor(role(hash.slice(0, 3)), "some/path"), true);
  strictEqual(await speaksFor(role(hash.slice(1, 4)), "some/path"), false);
});
