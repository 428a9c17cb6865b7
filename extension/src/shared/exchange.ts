/** The person's choices and notes as files of their own: written here, read back here. Pure. */
import { isNewer, SCHEMA } from "./kept.ts";
import type { LedgerEntry } from "./ledger.ts";
import { type Mute, readMute } from "./mutes.ts";
import { isSetting, readChoices, recordOf, type Settings } from "./settings.ts";

const FORMAT = "rollguard-settings";
const COLUMNS = [
  "seen",
  "site",
  "host",
  "rule",
  "product",
  "severity",
  "choice",
  "print",
  "rulesVersion",
] as const;
/** Where a spreadsheet would begin to reckon instead of to show; also as full-width letters. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

export interface Imported {
  settings: Partial<Settings>;
  mutes: Mute[];
  /** Entries that cannot be taken over, by their place in the file. */
  refused: string[];
}

/** Settings and mutes. The ledger is not among them: it is nobody else's business, also by accident. */
export function exportText({ settings, mutes }: { settings: Partial<Settings>; mutes: Mute[] }): string {
  return JSON.stringify({ format: FORMAT, schema: SCHEMA, settings, mutes }, null, 2) + "\n";
}

/** @returns `foreign`: no file of ours; `newer`: one of a newer Rollguard. */
export function readExport(text: string): Imported | "foreign" | "newer" {
  const file = recordOf(parse(text));
  if (file.format !== FORMAT || typeof file.schema !== "number") return "foreign";
  if (isNewer(file)) return "newer";
  const settings = Object.entries(recordOf(file.settings));
  const mutes: unknown[] = Array.isArray(file.mutes) ? file.mutes : [];
  return {
    settings: readChoices(file.settings),
    mutes: mutes.map(readMute).filter((mute) => mute !== null),
    refused: [
      ...settings.filter(([name, chosen]) => !isSetting(name, chosen)).map(([name]) => `settings.${name}`),
      ...mutes.flatMap((mute, at) => readMute(mute) === null ? [`mutes[${at}]`] : []),
    ],
  };
}

export function ledgerText(entries: LedgerEntry[]): string {
  return JSON.stringify({ format: "rollguard-ledger", schema: SCHEMA, entries }, null, 2) + "\n";
}

/** RFC 4180. */
export function ledgerCsv(entries: LedgerEntry[]): string {
  const rows = entries.map((entry) => COLUMNS.map((column) => cell(String(entry[column]))));
  return [COLUMNS, ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

function cell(words: string): string {
  const plain = FORMULA.test(words) ? `'${words}` : words;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
