/// <reference lib="deno.ns" />
/** How far mutes reach, and what undoing and two devices make of them: laws, on hundreds of drawn examples. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  mergeBooks,
  type MuteBook,
  readBook,
  withMute,
  withoutMutes,
} from "../../extension/src/shared/mute_book.ts";
import { findMute, makeMute, readMute, siteMute } from "../../extension/src/shared/mutes.ts";
import { ALL_SCOPES, books, DAY, fc, mutes, NOW, questions, SCOPES } from "./world.ts";

const scopes = fc.constantFrom(...ALL_SCOPES);
const isSilent = ({ mutes }: Pick<MuteBook, "mutes">, question: Parameters<typeof findMute>[1], now = NOW) =>
  findMute(mutes, question, now) !== null;
const content = ({ mutes, ended }: MuteBook) => [
  mutes.map((mute) => JSON.stringify(mute)).sort(),
  Object.entries(ended).sort(),
];

/** The first moment of freedom, too. */
const laters = fc.oneof(fc.constantFrom(7 * DAY - 1, 7 * DAY), fc.nat({ max: 20 * DAY }));

Deno.test("a mute silences the question that it was made of", () => {
  fc.assert(fc.property(scopes, questions, (scope, question) => {
    strictEqual(isSilent({ mutes: [makeMute("m", scope, question, NOW)] }, question), true);
  }));
});

Deno.test("what a narrower mute silences, each wider one silences", () => {
  fc.assert(fc.property(questions, questions, (muted, asked) => {
    const silent = SCOPES.map((scope) => isSilent({ mutes: [makeMute("m", scope, muted, NOW)] }, asked));
    deepStrictEqual(silent, [...silent].sort(), "false comes before true, from narrow to wide");
    strictEqual(isSilent({ mutes: [makeMute("m", "week", muted, NOW)] }, asked), silent.at(-1));
  }));
});

Deno.test("no mute reaches another site, and none but a site's reaches another rule", () => {
  fc.assert(fc.property(scopes, questions, questions, (scope, muted, asked) => {
    const isReached = isSilent({ mutes: [makeMute("m", scope, muted, NOW)] }, asked);
    if (asked.site !== muted.site) strictEqual(isReached, false);
    if (asked.rule !== muted.rule) strictEqual(isReached && (scope === "wording" || scope === "rule"), false);
  }));
});

Deno.test("a mute of a wording ends when the wording changes", () => {
  const asked = { site: "a.example", rule: "photo_consent", print: "0123456789abcdef" };
  const muted = [makeMute("m", "wording", asked, NOW)];
  strictEqual(findMute(muted, { ...asked, print: "fedcba9876543210" }, NOW), null);
});

Deno.test("only a mute for a week ends by itself: exactly a week later", () => {
  fc.assert(fc.property(scopes, questions, laters, (scope, question, later) => {
    const muted = { mutes: [makeMute("m", scope, question, NOW)] };
    strictEqual(isSilent(muted, question, NOW + later), scope !== "week" || later < 7 * DAY);
  }));
});

Deno.test("a whole site is said to be muted only by a mute of the site", () => {
  fc.assert(fc.property(scopes, questions, (scope, question) => {
    const isWhole = siteMute([makeMute("m", scope, question, NOW)], question.site, NOW) !== null;
    strictEqual(isWhole, scope === "site" || scope === "week");
  }));
});

Deno.test("undoing a mute warns again of just what it had silenced, and leaves the other mutes alone", () => {
  fc.assert(fc.property(books, mutes, questions, (drawn, mute, asked) => {
    const book = mergeBooks(drawn, { mutes: [], ended: {} }, NOW);
    const fresh = makeMute(mute.id, mute.scope, mute, NOW);
    const others = book.mutes.filter((other) =>
      JSON.stringify({ ...other, id: 0, since: 0, until: 0 }) !==
        JSON.stringify({ ...fresh, id: 0, since: 0, until: 0 })
    );
    const undone = withoutMutes(withMute(book, fresh, NOW), [fresh.id], NOW);
    strictEqual(isSilent(undone, asked), isSilent({ mutes: others }, asked));
  }));
});

Deno.test("who mutes the same twice undoes it once", () => {
  const asked = { site: "a.example", rule: "photo_consent", print: "0123456789abcdef" };
  const first = withMute({ mutes: [], ended: {} }, makeMute("one", "rule", asked, NOW), NOW);
  const second = withMute(first, makeMute("two", "rule", asked, NOW + 1), NOW + 1);
  deepStrictEqual(withoutMutes(second, ["two"], NOW + 2).mutes, []);
});

Deno.test("a page ends only mutes of its own site", () => {
  fc.assert(fc.property(books, (drawn) => {
    const book = mergeBooks(drawn, { mutes: [], ended: {} }, NOW);
    const left = withoutMutes(book, book.mutes.map(({ id }) => id), NOW, "a.example");
    deepStrictEqual(left.mutes, book.mutes.filter(({ site }) => site !== "a.example"));
  }));
});

Deno.test("two devices come to the same, whoever merges whom and how often", () => {
  fc.assert(fc.property(books, books, books, (one, two, three) => {
    const merged = (a: MuteBook, b: MuteBook) => mergeBooks(a, b, NOW);
    deepStrictEqual(content(merged(one, two)), content(merged(two, one)));
    deepStrictEqual(content(merged(merged(one, two), three)), content(merged(one, merged(two, three))));
    deepStrictEqual(content(merged(merged(one, two), two)), content(merged(one, two)));
  }));
});

Deno.test("what one device has undone, the other does not bring back, for thirty days", () => {
  fc.assert(fc.property(mutes, fc.nat({ max: 60 * DAY }), (drawn, later) => {
    const mute = makeMute(drawn.id, drawn.scope === "week" ? "site" : drawn.scope, drawn, NOW);
    const other = { mutes: [mute], ended: {} };
    const here = withoutMutes(other, [mute.id], NOW);
    const merged = mergeBooks(mergeBooks(here, { mutes: [], ended: {} }, NOW + later), other, NOW + later);
    strictEqual(merged.mutes.length, later < 30 * DAY ? 0 : 1);
  }));
});

Deno.test("a mute is read as it was written, and a torn one costs no other", () => {
  fc.assert(fc.property(books, fc.jsonValue(), fc.nat({ max: 8 }), (book, foreign, at) => {
    deepStrictEqual(readBook(JSON.parse(JSON.stringify(book.mutes)), book.ended), book);
    const torn: unknown[] = book.mutes.toSpliced(at, 0, { ...book.mutes[0], scope: "everything" } as never);
    deepStrictEqual(readBook([...torn, foreign], { ...book.ended, x: "when" }).mutes, book.mutes);
  }));
});

const MUTE = makeMute("m", "wording", { site: "a.example", rule: "r", print: "p" }, NOW);
const WEEK = makeMute("m", "week", { site: "a.example", rule: "r", print: "p" }, NOW);
const WIDER: [string, unknown][] = [
  ["a wording without its fingerprint", { ...MUTE, print: "" }],
  ["a rule without its name", { ...MUTE, scope: "rule", rule: "" }],
  ["a week of a year", { ...WEEK, until: "2027-11-23T12:00:00.000Z" }],
  ["a week without an end", { ...WEEK, until: "" }],
  ["a site that is a pattern", { ...MUTE, scope: "site", site: "*" }],
  ["a scope that does not exist", { ...MUTE, scope: "all" }],
  ["an id with a path in it", { ...MUTE, id: "../../x" }],
  ["a list", [MUTE]],
];
for (const [name, value] of WIDER) {
  Deno.test(`${name} mutes nothing`, () => strictEqual(readMute(value), null));
}
