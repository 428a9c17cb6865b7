/// <reference lib="deno.ns" />
/** The person's own notes: what becomes one, how many are kept, and what they remind of. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  allAllowed,
  allowedBefore,
  type Choice,
  type LedgerEntry,
  readEntry,
  readLedger,
  withChoice,
  withSeen,
} from "../../extension/src/shared/ledger.ts";
import { entries, fc, NOW } from "./world.ts";

function entry(id: string, seconds = 0, rest: Partial<LedgerEntry> = {}): LedgerEntry {
  const seen = new Date(NOW + seconds * 1_000).toISOString();
  const where = { site: "a.example", host: "a.example", rule: "photo_consent", product: "any", print: "p" };
  return { id, seen, ...where, severity: "warning", choice: "unknown", rulesVersion: 1, ...rest };
}

Deno.test("a dialog that is drawn anew within a minute is one note, later it is another", () => {
  const first = withSeen([], entry("1"));
  deepStrictEqual(withSeen(first.ledger, entry("2", 59)), { ledger: [entry("1")], id: "1" });
  deepStrictEqual(withSeen(first.ledger, entry("2", 60)).id, "2");
});

for (const other of [{ site: "b.example" }, { host: "b.example" }, { rule: "other" }, { print: "q" }]) {
  Deno.test(`another ${Object.keys(other)} is another question, however soon it comes`, () => {
    strictEqual(withSeen([entry("1")], entry("2", 1, other)).ledger.length, 2);
  });
}

Deno.test("a clock that was set back does not swallow what is seen", () => {
  strictEqual(withSeen([entry("1")], entry("2", -3600)).id, "2");
});

Deno.test("a thousand notes are kept, and the oldest leave first", () => {
  const full = Array.from({ length: 1_000 }, (_, at) => entry(String(at), at * 100));
  const { ledger } = withSeen(full, entry("new", 1e6));
  deepStrictEqual([ledger.length, ledger[0]?.id, ledger.at(-1)?.id], [1_000, "1", "new"]);
  strictEqual(readLedger([...full, entry("x")]).length, 1_000);
});

const ROWS: [Choice, Choice, Choice][] = [
  ["unknown", "dismissed", "dismissed"],
  ["dismissed", "accepted", "accepted"],
  ["accepted", "dismissed", "accepted"],
  ["declined", "muted", "declined"],
  ["declined", "accepted", "accepted"],
];
for (const [before, said, after] of ROWS) {
  Deno.test(`${before}, then ${said}, is noted as ${after}`, () => {
    deepStrictEqual(withChoice([entry("1", 0, { choice: before })], "1", said)[0]?.choice, after);
  });
}

Deno.test("a choice is noted at its own note only", () => {
  deepStrictEqual(withChoice([entry("1"), entry("2", 90)], "2", "accepted")[0], entry("1"));
});

Deno.test("who said yes is reminded of the last time, until they say no", () => {
  const yes = (id: string, at: number, rest = {}) => entry(id, at, { choice: "accepted", ...rest });
  const ledger = [yes("1", 0), yes("2", 100), entry("3", 200, { choice: "dismissed" })];
  strictEqual(allowedBefore(ledger, "a.example", "photo_consent"), yes("2", 100).seen);
  strictEqual(allowedBefore(ledger, "b.example", "photo_consent"), "");
  strictEqual(allowedBefore(ledger, "a.example", "other"), "");
  const no = [...ledger, entry("4", 300, { choice: "declined" })];
  strictEqual(allowedBefore(no, "a.example", "photo_consent"), "");
  const more = [...no, yes("5", 500, { rule: "b" }), yes("6", 400, { rule: "c" })];
  deepStrictEqual(allAllowed(more, "a.example").map(({ rule }) => rule), ["c", "b"]);
});

Deno.test("a note is read as it was written, and what is none is left out", () => {
  fc.assert(fc.property(entries, fc.jsonValue(), (drawn, foreign) => {
    deepStrictEqual(readLedger(JSON.parse(JSON.stringify([drawn, foreign, null]))), [drawn]);
  }));
});

const WRONG: Partial<Record<keyof LedgerEntry, unknown>>[] = [
  { site: "<script>" },
  { host: "a b" },
  { choice: "perhaps" },
  { severity: "alarm" },
  { seen: "yesterday" },
  { rule: "x".repeat(1_000) },
  { rulesVersion: "1" },
];
for (const wrong of WRONG) {
  Deno.test(`a note with ${JSON.stringify(wrong).slice(0, 40)} is none`, () => {
    strictEqual(readEntry({ ...entry("1"), ...wrong }), null);
  });
}
