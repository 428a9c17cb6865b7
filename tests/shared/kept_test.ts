/// <reference lib="deno.ns" />
/** What is kept, exported and imported comes back as it was; what is torn, foreign or newer does no harm. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { exportText, ledgerCsv, ledgerText, readExport } from "../../extension/src/shared/exchange.ts";
import { KEPT, keptRecords, readPerson } from "../../extension/src/shared/kept.ts";
import { DEFAULT_SETTINGS, fixedBy, readPolicy, readSettings } from "../../extension/src/shared/settings.ts";
import { books, entries, fc, NOW, PLAIN, settings } from "./world.ts";

const people = fc.record({
  settings,
  changed: fc.constantFrom("", new Date(NOW).toISOString()),
  ledger: fc.array(entries, { maxLength: 5 }),
}, PLAIN).chain((rest) => books.map((book) => ({ ...rest, ...book })));

Deno.test("a person is read as they were written", () => {
  fc.assert(fc.property(people, (person) => {
    const kept = JSON.parse(JSON.stringify(keptRecords(person, [...KEPT])));
    deepStrictEqual(readPerson(kept), { person, newer: [] });
  }));
});

Deno.test("whatever stands in the storage, a person is read, and the records that are whole are whole", () => {
  fc.assert(fc.property(people, fc.constantFrom(...KEPT), fc.jsonValue(), (person, key, foreign) => {
    const read = readPerson({ ...keptRecords(person, [...KEPT]), [key]: foreign }).person;
    if (key !== "settings") deepStrictEqual(read.settings, person.settings);
    if (key !== "mutes") deepStrictEqual(read.mutes, person.mutes);
    if (key !== "ledger") deepStrictEqual(read.ledger, person.ledger);
  }));
});

Deno.test("a record of a newer Rollguard is named, and not guessed at", () => {
  const newer = { schema: 2, settings: { speedBump: false } };
  const { person, newer: named } = readPerson({ settings: newer });
  deepStrictEqual([person.settings, named], [DEFAULT_SETTINGS, ["settings"]]);
});

Deno.test("a setting of another kind is as if never chosen, and the others stand", () => {
  const read = readSettings({ speedBump: "no", highlight: false, language: "../../evil", colour: "red" });
  deepStrictEqual(read, { ...DEFAULT_SETTINGS, highlight: false });
});

Deno.test("what was exported is imported as it was", () => {
  fc.assert(fc.property(people, (person) => {
    const { settings, mutes } = person;
    deepStrictEqual(readExport(exportText(person)), { settings, mutes, refused: [] });
  }));
});

Deno.test("an export holds nothing of the ledger", () => {
  fc.assert(fc.property(people, entries, (person, entry) => {
    strictEqual(exportText({ ...person, ledger: [entry] } as never).includes(entry.id), false);
  }));
});

Deno.test("an import names each entry that it cannot use, and takes the rest", () => {
  const text = JSON.stringify({
    format: "rollguard-settings",
    schema: 1,
    settings: { speedBump: false, language: 7, colour: "red" },
    mutes: [{ scope: "site" }],
  });
  deepStrictEqual(readExport(text), {
    settings: { speedBump: false },
    mutes: [],
    refused: ["settings.language", "settings.colour", "mutes[0]"],
  });
});

for (const text of ["", "{", "null", "[]", '{"format":"rollguard-ledger","schema":1}', "GIF89a"]) {
  Deno.test(`${JSON.stringify(text)} is no export`, () => strictEqual(readExport(text), "foreign"));
}

Deno.test("an export of a newer Rollguard is not guessed at", () => {
  strictEqual(readExport('{"format":"rollguard-settings","schema":2}'), "newer");
});

Deno.test("the ledger as JSON is the ledger", () => {
  fc.assert(fc.property(fc.array(entries), (ledger) => {
    deepStrictEqual(JSON.parse(ledgerText(ledger)).entries, ledger);
  }));
});

Deno.test("the ledger as CSV reads back cell by cell, and no cell is a formula", () => {
  fc.assert(fc.property(fc.array(entries, { maxLength: 4 }), (ledger) => {
    const [header, ...rows] = readCsv(ledgerCsv(ledger));
    strictEqual(rows.length, ledger.length);
    for (const [at, row] of rows.entries()) {
      const product = row[header?.indexOf("product") ?? -1] ?? "";
      const said = ledger[at]?.product ?? "";
      strictEqual(product, /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(said) ? `'${said}` : said);
    }
  }));
});

for (
  const said of [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    '=HYPERLINK("https://evil.example")',
  ]
) {
  Deno.test(`a spreadsheet shows ${JSON.stringify(said)}, and does not reckon with it`, () => {
    const [entry] = fc.sample(entries, 1);
    const [, row] = readCsv(ledgerCsv([{ ...entry!, product: said }]));
    strictEqual(row?.includes(`'${said}`), true);
  });
}

Deno.test("a policy fixes what it names, and what it says wrongly fixes nothing", () => {
  const policy = readPolicy({
    speedBump: true,
    ledger: "no",
    mutesForbidden: true,
    mutedSites: ["a.example", "*", 7],
  });
  deepStrictEqual(policy, { settings: { speedBump: true }, mutesForbidden: true, mutedSites: ["a.example"] });
  deepStrictEqual(fixedBy(policy), ["speedBump", "mutesForbidden", "mutedSites"]);
  deepStrictEqual(fixedBy(readPolicy({})), []);
});

Deno.test("the browser is told of just what an administrator can lay down, each of its kind", async () => {
  const schema = new URL("../../extension/managed_schema.json", import.meta.url);
  const { properties } = JSON.parse(await Deno.readTextFile(schema));
  const kinds = Object.entries(properties as Record<string, { type: string }>).map((
    [name, { type }],
  ) => [name, type]);
  const settings = Object.entries(DEFAULT_SETTINGS).map(([name, usual]) => [name, typeof usual]);
  deepStrictEqual(kinds, [...settings, ["mutesForbidden", "boolean"], ["mutedSites", "array"]]);
});

/** RFC 4180, read by its grammar. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = "", end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === "\r\n") rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}
