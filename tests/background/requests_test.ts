/// <reference lib="deno.ns" />
/** Who is answered what: a hostile sender learns nothing of a person and changes nothing. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { answering } from "../../extension/src/background/requests.ts";
import type { Sender } from "../../extension/src/shared/browser.ts";
import { FRAME, OPTIONS, POPUP, TOP } from "./senders.ts";

const says = (words: string) => () => Promise.resolve(words);
const handler = answering({
  frames: { rules: says("frames") },
  topFrames: { mute: says("top"), unmute: says("own site's") },
  ownPages: { state: says("own"), unmute: says("any") },
});
const asked = async (type: string, sender: Sender) => await handler({ type }, sender);

const ROWS: [string, Sender, (string | undefined)[]][] = [
  ["a page's top frame", TOP, ["frames", "top", "own site's", undefined]],
  ["a frame", FRAME, ["frames", undefined, undefined, undefined]],
  ["the popup", POPUP, [undefined, undefined, "any", "own"]],
  ["the options in a tab", OPTIONS, [undefined, undefined, "any", "own"]],
  ["a page that nobody sees yet", { ...TOP, frameId: undefined }, [
    "frames",
    undefined,
    undefined,
    undefined,
  ]],
  ["a page without a tab", { ...TOP, tabId: undefined }, ["frames", undefined, undefined, undefined]],
  ["a file", { ...TOP, url: "file:///etc/passwd" }, ["frames", undefined, undefined, undefined]],
  ["another extension's page", { ...TOP, url: "chrome-extension://other/" }, [
    "frames",
    undefined,
    undefined,
    undefined,
  ]],
];
for (const [name, sender, answers] of ROWS) {
  Deno.test(`${name} is answered just what is its own`, async () => {
    const types = ["rules", "mute", "unmute", "state"];
    deepStrictEqual(await Promise.all(types.map((type) => asked(type, sender))), answers);
  });
}

for (const type of ["toString", "__proto__", "constructor", "hasOwnProperty", ""]) {
  Deno.test(`${JSON.stringify(type)} is no message`, () =>
    strictEqual(handler({ type }, OPTIONS), undefined));
}
