/** What the person has ticked off, and when. Kept on this device; nobody is told. */
import { storageGet, storageSet } from "../shared/browser.ts";

/** Entry → ISO 8601. */
export type Done = Record<string, string>;

const KEY = "checkup";
const SCHEMA = 1;

export async function readDone(): Promise<Done> {
  return doneIn(await storageGet(KEY));
}

/** Read again before each write, so that two windows of this page do not undo one another. */
export async function changeDone(change: (done: Done) => Done): Promise<Done> {
  const done = change(await readDone());
  await storageSet({ [KEY]: { schema: SCHEMA, done } });
  return done;
}

/** Anything → ticks: what is no date is as if never ticked. */
function doneIn(value: unknown): Done {
  if (typeof value !== "object" || value === null || !("done" in value)) return {};
  const kept = Object.entries(value.done ?? {});
  return Object.fromEntries(
    kept.filter(([, when]) => typeof when === "string" && !Number.isNaN(Date.parse(when))),
  );
}
