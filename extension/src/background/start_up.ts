/** What the build brought, and the rule channel that starts from it. */
import { fetchOwn, getUILanguage, restrictStorageToTrusted } from "../shared/browser.ts";
import type { BakedTrust } from "../trust/interfaces.ts";
import { RuleChannel } from "../trust/rule_channel.ts";
import { ServiceFetcher } from "./service_fetcher.ts";
import { trustStorage } from "./trust_storage.ts";

/** `baked.json`. */
export interface Baked {
  serviceUrl: string;
  trust: Omit<BakedTrust, "read">;
}

export async function readBaked(): Promise<Baked> {
  return JSON.parse(await fetchOwn("baked.json"));
}

export async function startUp({ serviceUrl, trust }: Baked): Promise<RuleChannel> {
  await restrictStorageToTrusted();
  const channel = new RuleChannel({
    fetcher: new ServiceFetcher(serviceUrl),
    store: trustStorage,
    now: Date.now,
    dice: Math.random,
    baked: { ...trust, read: fetchOwn },
  });
  await channel.load(getUILanguage());
  return channel;
}
