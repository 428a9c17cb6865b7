/** What travels between a person's devices ↔ entries of the browser's synced storage, with its narrow limits. Pure. */
import { isNewer, type Person, readPerson, SCHEMA } from "../shared/kept.ts";
import { mergeBooks } from "../shared/mute_book.ts";
import { recordOf, type Settings } from "../shared/settings.ts";

/** The ledger is no part of it, nor whether a device syncs at all. */
export type Travelling = Pick<Person, "settings" | "changed" | "mutes" | "ended">;

export type Entries = Record<string, unknown>;

const HEAD = "person";
/** Browsers refuse entries of more than 8,192 bytes. All we write is ASCII, and JSON at most doubles that. */
const MOST_LETTERS = 4_000;
/** Browsers refuse more than 102,400 bytes in all; an old record may still lie beside the new one. */
const MOST_BYTES = 90_000;

/** @param stamp names this record, so that parts of two are never taken for one. Null where it does not fit. */
export function toEntries(person: Travelling, stamp: string): Entries | null {
  const pieces = textOf(person).match(new RegExp(`.{1,${MOST_LETTERS}}`, "gs")) ?? [];
  const parts = pieces.map((piece, at) => [`${HEAD}:${at}`, { stamp, piece }]);
  const entries = { [HEAD]: { schema: SCHEMA, stamp, parts: parts.length }, ...Object.fromEntries(parts) };
  return JSON.stringify(entries).length > MOST_BYTES ? null : entries;
}

/** `none`: nothing was ever written; `torn`: parts are on their way; `newer`: a newer Rollguard wrote it. */
export function fromEntries(entries: Entries): Travelling | "none" | "torn" | "newer" {
  if (entries[HEAD] === undefined) return "none";
  if (isNewer(entries[HEAD])) return "newer";
  const { stamp, parts } = recordOf(entries[HEAD]);
  if (typeof parts !== "number") return "torn";
  const found = Object.keys(entries).filter(isPart).sort((one, other) => numberOf(one) - numberOf(other))
    .map((key) => recordOf(entries[key])).filter((part) => part.stamp === stamp);
  if (found.length !== parts) return "torn";
  return readTravelling(found.map(({ piece }) => piece).join(""));
}

/** Entries of ours that are no part of the record any more. */
export function leftovers(before: Entries, now: Entries): string[] {
  return Object.keys(before).filter((key) => isPart(key) && !Object.hasOwn(now, key));
}

/** The later choice of settings wins; mutes are all kept, but those that either side has undone. */
export function merge(own: Person, other: Travelling, now: number): Partial<Person> {
  const weight = ({ settings, changed }: Travelling) => [changed, settingsText(settings)].join(" ");
  const isTheirs = weight(other) > weight(own);
  const { settings, changed } = isTheirs ? other : own;
  return { settings: { ...settings, sync: own.settings.sync }, changed, ...mergeBooks(own, other, now) };
}

/** Equal texts, equal content. */
export function textOf({ settings, changed, mutes, ended }: Travelling): string {
  const sorted = [...mutes].sort((one, other) => one.id < other.id ? -1 : 1);
  const endings = Object.entries(ended).sort(([one], [other]) => one < other ? -1 : 1);
  const books = JSON.stringify({ changed, mutes: sorted, ended: Object.fromEntries(endings) });
  return `{"settings":${settingsText(settings)},${books.slice(1)}`;
}

function settingsText(settings: Settings): string {
  const travelling = Object.entries(settings).filter(([name]) => name !== "sync");
  return JSON.stringify(Object.fromEntries(travelling.sort(([one], [other]) => one < other ? -1 : 1)));
}

function readTravelling(text: string): Travelling | "torn" {
  try {
    const { settings, changed, mutes, ended } = recordOf(JSON.parse(text));
    return readPerson({ settings: { settings, changed }, mutes: { mutes, ended } }).person;
  } catch {
    return "torn";
  }
}

function isPart(key: string): boolean {
  return /^person:\d+$/.test(key);
}

function numberOf(key: string): number {
  return Number(key.slice(HEAD.length + 1));
}
