/** Settings and mutes on all devices of a person, by the browser's own account; only where they switched it on. */
import { sessionGet, sessionSet } from "../shared/browser.ts";
import { onStorageChanged, syncGetAll, syncReplace } from "../shared/browser_storage.ts";
import { tidy } from "../shared/mute_book.ts";
import { readChoices } from "../shared/settings.ts";
import { policyInForce } from "./choices.ts";
import { changePerson, readKept } from "./person.ts";
import { fromEntries, leftovers, merge, textOf, toEntries } from "./sync_record.ts";

/** Which of our words tells of it. */
type Trouble = "noteSyncFull" | "noteSyncFailed" | "noteSyncMissing" | "noteNewerData";

const TROUBLE = "syncTrouble";

let last: Promise<unknown> = Promise.resolve();

/** Why this device's choices are not with the others; null while they are. */
export async function syncTrouble(): Promise<Trouble | null> {
  return (await sessionGet(TROUBLE) ?? null) as Trouble | null;
}

/** To be called in the worker's first turn. @param changed called when another device's choices have come. */
export function listenToDevices(changed: () => Promise<void>): void {
  onStorageChanged("sync", () => void synchronise(changed, true));
}

/** One at a time. @param isTold parts of another device's record may still be on their way: then it is waited for. */
export function synchronise(changed: () => Promise<void>, isTold = false): Promise<void> {
  const turn = last.then(() => exchange(changed, isTold)).catch(async (error: unknown) => {
    console.warn("Rollguard: syncing failed:", error);
    await sessionSet({ [TROUBLE]: "noteSyncFailed" });
  });
  last = turn;
  return turn;
}

async function exchange(changed: () => Promise<void>, isTold: boolean): Promise<void> {
  const { settings } = (await readKept()).person;
  const { sync } = { ...settings, ...readChoices((await policyInForce()).settings) };
  if (!sync) return;
  const entries = await syncGetAll();
  if (entries === null) return await sessionSet({ [TROUBLE]: "noteSyncMissing" });
  const other = fromEntries(entries);
  if (other === "newer") return await sessionSet({ [TROUBLE]: "noteNewerData" });
  if (other === "torn" && isTold) return;
  let hasNews = false;
  const person = await changePerson((own) => {
    if (typeof other === "string") return {};
    const merged = merge(own, other, Date.now());
    hasNews = textOf({ ...own, ...merged }) !== textOf(own);
    return hasNews ? merged : {};
  });
  if (hasNews) await changed();
  // Where clocks differ, one device may already leave out what another still keeps: no reason to write.
  if (typeof other === "string" || textOf({ ...other, ...tidy(other, Date.now()) }) !== textOf(person)) {
    const made = toEntries(person, crypto.randomUUID());
    if (made === null) return await sessionSet({ [TROUBLE]: "noteSyncFull" });
    await syncReplace(made, leftovers(entries, made));
  }
  await sessionSet({ [TROUBLE]: null });
}
