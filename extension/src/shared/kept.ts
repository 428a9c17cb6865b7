/**
 * What lies in a storage ↔ what the rest works with. Every record bears a schema number; one of a newer Rollguard is left
 * as it is, and used as if nothing were there. Pure.
 */
import { type LedgerEntry, readLedger } from "./ledger.ts";
import { type MuteBook, readBook } from "./mute_book.ts";
import { isTime } from "./mutes.ts";
import { readSettings, recordOf, type Settings } from "./settings.ts";

export const SCHEMA = 1;

/** All that the person has chosen and noted on this device. */
export interface Person extends MuteBook {
  settings: Settings;
  /** When one of the settings that travel was last changed, ISO 8601 in UTC; empty: never. */
  changed: string;
  ledger: LedgerEntry[];
}

export const KEPT = ["settings", "mutes", "ledger"] as const;
export type KeptKey = typeof KEPT[number];

export interface Reading {
  person: Person;
  /** Records of a newer Rollguard: not to be written over. */
  newer: KeptKey[];
}

/** Anything → person: what is torn or foreign costs no more than itself. */
export function readPerson(items: Record<string, unknown>): Reading {
  const newer = KEPT.filter((key) => isNewer(items[key]));
  const record = (key: KeptKey) => newer.includes(key) ? {} : recordOf(items[key]);
  const { settings, changed } = record("settings");
  const { mutes, ended } = record("mutes");
  return {
    person: {
      settings: readSettings(settings),
      changed: isTime(changed) ? changed : "",
      ...readBook(mutes, ended),
      ledger: readLedger(record("ledger").entries),
    },
    newer,
  };
}

/** The records that hold these parts of a person. */
export function keptRecords(person: Person, keys: KeptKey[]): Partial<Record<KeptKey, unknown>> {
  const { settings, changed, mutes, ended, ledger } = person;
  const records: Record<KeptKey, unknown> = {
    settings: { schema: SCHEMA, settings, changed },
    mutes: { schema: SCHEMA, mutes, ended },
    ledger: { schema: SCHEMA, entries: ledger },
  };
  return Object.fromEntries(keys.map((key) => [key, records[key]]));
}

export function isNewer(record: unknown): boolean {
  const { schema } = recordOf(record);
  return typeof schema === "number" && schema > SCHEMA;
}
