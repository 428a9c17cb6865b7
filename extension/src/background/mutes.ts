/** What the person does not want to be warned of: their choice, kept locally. */
import { storageGet, storageSet } from "../shared/browser.ts";
import { isInForce, type Mute } from "../shared/mutes.ts";

const KEY = "mutes";

/** All that are in force. */
export async function allMutes(): Promise<Mute[]> {
  const kept = await storageGet(KEY);
  return Array.isArray(kept) ? (kept as Mute[]).filter((mute) => isInForce(mute, Date.now())) : [];
}

export async function mutesOf(site: string): Promise<Mute[]> {
  return (await allMutes()).filter((mute) => mute.site === site);
}

export async function addMute(mute: Mute): Promise<void> {
  await storageSet({ [KEY]: [...await allMutes(), mute] });
}

/** @param site the only one whose mutes may end; null: any. */
export async function endMutes(ids: string[], site: string | null): Promise<void> {
  const ends = (mute: Mute) => ids.includes(mute.id) && (site === null || mute.site === site);
  await storageSet({ [KEY]: (await allMutes()).filter((mute) => !ends(mute)) });
}
