/** What the person does not want to be warned of: kept by the userscript manager, on this device. */
import { isInForce, type Mute } from "../shared/mutes.ts";
import { readValue, writeValue } from "./gm.ts";

const KEY = "mutes";

export async function mutesOf(site: string): Promise<Mute[]> {
  return (await allMutes()).filter((mute) => mute.site === site);
}

export async function addMute(mute: Mute): Promise<void> {
  await writeValue(KEY, JSON.stringify([...await allMutes(), mute]));
}

/** Nothing is muted on this site any more. */
export async function endMutes(site: string): Promise<void> {
  await writeValue(KEY, JSON.stringify((await allMutes()).filter((mute) => mute.site !== site)));
}

async function allMutes(): Promise<Mute[]> {
  try {
    const mutes: unknown = JSON.parse(await readValue(KEY) ?? "[]");
    return Array.isArray(mutes) ? (mutes as Mute[]).filter((mute) => isInForce(mute, Date.now())) : [];
  } catch {
    return []; // edited by hand into something else; the next mute writes it anew
  }
}
