/** The sites on which the person wants no warning: kept by the userscript manager, on this device. */
import { readValue, writeValue } from "./gm.ts";

const KEY = "mutedSites";

export async function isMuted(site: string): Promise<boolean> {
  return (await mutedSites()).includes(site);
}

export async function setMuted(site: string, muted: boolean): Promise<void> {
  const others = (await mutedSites()).filter((other) => other !== site);
  await writeValue(KEY, JSON.stringify(muted ? [...others, site].sort() : others));
}

async function mutedSites(): Promise<string[]> {
  try {
    const sites: unknown = JSON.parse(await readValue(KEY) ?? "[]");
    return Array.isArray(sites) ? sites.filter((site) => typeof site === "string") : [];
  } catch {
    return []; // edited by hand into something else; the next mute writes it anew
  }
}
