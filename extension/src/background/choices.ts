/** What holds now: the person's choices, and over them what an administrator has laid down. */
import { managedGetAll } from "../shared/browser_storage.ts";
import { allAllowed } from "../shared/ledger.ts";
import type { PageRules } from "../shared/messages.ts";
import { isInForce, makeMute, type Mute } from "../shared/mutes.ts";
import { type Policy, readPolicy, type Settings } from "../shared/settings.ts";
import { readKept } from "./person.ts";
import { privateMutes } from "./private_mutes.ts";

export async function policyInForce(): Promise<Policy> {
  return readPolicy(await managedGetAll());
}

export async function settingsInForce(): Promise<Settings> {
  const [{ person }, policy] = await Promise.all([readKept(), policyInForce()]);
  return { ...person.settings, ...policy.settings };
}

/** The person's part of what a page gets. @param site host of a top page; null in frames, which learn nothing of other pages. */
export async function choicesFor(
  site: string | null,
  isPrivate = false,
): Promise<Pick<PageRules, "mutes" | "settings" | "allowed" | "mutesForbidden">> {
  const [{ person }, policy] = await Promise.all([readKept(), policyInForce()]);
  const settings = { ...person.settings, ...policy.settings };
  if (site === null) return { settings, mutes: [] };
  const { mutesForbidden } = policy;
  const kept = isPrivate ? [...person.mutes, ...await privateMutes()] : person.mutes;
  const own = mutesForbidden ? [] : kept.filter((mute) => mute.site === site && isInForce(mute, Date.now()));
  const allowed = settings.ledger ? allAllowed(person.ledger, site) : [];
  return { settings, allowed, mutesForbidden, mutes: [...laidDown(policy, site), ...own] };
}

/** An administrator's mute, in the shape of the person's own; nobody can undo it, since it is kept nowhere. */
function laidDown({ mutedSites }: Policy, site: string): Mute[] {
  const question = { site, rule: "", print: "" };
  return mutedSites.includes(site) ? [makeMute("managed", "site", question, 0)] : [];
}
