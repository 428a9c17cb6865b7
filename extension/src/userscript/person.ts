/**
 * What the person has chosen, kept by the userscript manager, on this device. Managers have no locks, and a page of another
 * site is another process: so each change starts from what is kept now, and looks afterwards whether it stands. What another tab
 * overwrites later than that, within the few milliseconds between its own reading and writing, is lost: a mute has to be
 * made, or undone, once more.
 */
import { type KeptKey, keptRecords, type Person, readPerson } from "../shared/kept.ts";
import { withMute, withoutMutes } from "../shared/mute_book.ts";
import { isInForce, type Mute } from "../shared/mutes.ts";
import type { Settings } from "../shared/settings.ts";
import { readValue, writeValue } from "./gm.ts";

const MOST_TRIES = 4;

export async function settingsInUse(): Promise<Settings> {
  return (await readKept("settings")).settings;
}

export async function mutesOf(site: string): Promise<Mute[]> {
  const { mutes } = await readKept("mutes");
  return mutes.filter((mute) => mute.site === site && isInForce(mute, Date.now()));
}

export function addMute(mute: Mute): Promise<void> {
  return change(
    "mutes",
    (person) => withMute(person, mute, Date.now()),
    ({ mutes, ended }) => mutes.some(({ id }) => id === mute.id) || Object.hasOwn(ended, mute.id),
  );
}

export function endMutes(ids: string[]): Promise<void> {
  return change(
    "mutes",
    (person) => withoutMutes(person, ids, Date.now()),
    ({ mutes }) => !mutes.some(({ id }) => ids.includes(id)),
  );
}

export function choose(choices: Partial<Settings>): Promise<void> {
  return change(
    "settings",
    ({ settings }) => ({ settings: { ...settings, ...choices }, changed: new Date().toISOString() }),
    ({ settings }) =>
      Object.entries(choices).every(([name, value]) => settings[name as keyof Settings] === value),
  );
}

/** @param stands whether the change can be seen in what is kept. */
async function change(
  key: KeptKey,
  made: (person: Person) => Partial<Person>,
  stands: (person: Person) => boolean,
): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { person, newer } = readPerson(await readRecord(key));
    if (newer.length > 0) return; // a newer version of this script wrote it, in another tab
    const records = keptRecords({ ...person, ...made(person) }, [key]);
    await writeValue(key, JSON.stringify(records[key]));
    if (stands(await readKept(key))) return;
  }
}

async function readKept(key: KeptKey): Promise<Person> {
  return readPerson(await readRecord(key)).person;
}

async function readRecord(key: KeptKey): Promise<Record<string, unknown>> {
  try {
    return { [key]: JSON.parse(await readValue(key) ?? "null") };
  } catch {
    return {}; // edited by hand into something else; the next change writes it anew
  }
}
