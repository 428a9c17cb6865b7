/**
 * What the person has chosen and noted, in the extension's own storage. Changes are made one after another, each from what
 * the one before has written, in one write; nothing is held in memory, for the worker may be stopped at any time.
 */
import { storageSet } from "../shared/browser.ts";
import { storageGetAll } from "../shared/browser_storage.ts";
import { KEPT, type KeptKey, keptRecords, type Person, type Reading, readPerson } from "../shared/kept.ts";

const PARTS: Record<KeptKey, (keyof Person)[]> = {
  settings: ["settings", "changed"],
  mutes: ["mutes", "ended"],
  ledger: ["ledger"],
};

let last: Promise<unknown> = Promise.resolve();

export async function readKept(): Promise<Reading> {
  return readPerson(await storageGetAll(KEPT));
}

/** @param change gets what is kept, answers what shall be otherwise. What a newer Rollguard wrote is not written over. */
export function changePerson(change: (person: Person) => Partial<Person>): Promise<Person> {
  return inTurn(async () => {
    const { person, newer } = await readKept();
    const changes = change(person);
    const changed = { ...person, ...changes };
    const keys = KEPT.filter((key) => !newer.includes(key) && PARTS[key].some((part) => part in changes));
    if (keys.length > 0) await storageSet(keptRecords(changed, keys));
    return changed;
  });
}

/** After all changes that were asked for before. */
export function inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
  const turn = last.then(act);
  last = turn.catch(() => {}); // whoever asked hears of the failure; the next one is not to suffer for it
  return turn;
}
