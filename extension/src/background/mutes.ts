/** The sites on which the person wants no warning: their choice, kept locally. */
import { storageGet, storageSet } from "../shared/browser.ts";

const KEY = "mutedSites";

export async function mutedSites(): Promise<string[]> {
  const sites = await storageGet(KEY);
  return Array.isArray(sites) ? sites.filter((site) => typeof site === "string") : [];
}

export async function setMuted(site: string, isMuted: boolean): Promise<void> {
  const others = (await mutedSites()).filter((other) => other !== site);
  await storageSet({ [KEY]: isMuted ? [...others, site].sort() : others });
}
