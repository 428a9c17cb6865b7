/** A page's person mutes, and undoes it. */
import type { Message, Sender } from "../shared/browser.ts";
import { withMute, withoutMutes } from "../shared/mute_book.ts";
import { makeMute, type Mute, type MuteScope, readMute } from "../shared/mutes.ts";
import { policyInForce } from "./choices.ts";
import { changePerson } from "./person.ts";
import { addPrivateMute, endPrivateMutes } from "./private_mutes.ts";
import { hostOf } from "./spoken_for.ts";

/** @returns undefined where an administrator forbids it, or the message does not say what shall be silent. */
export async function mute({ scope, rule, print }: Message, sender: Sender): Promise<Mute | undefined> {
  const question = { site: hostOf(sender.url), rule: String(rule), print: String(print) };
  const made = readMute(makeMute(crypto.randomUUID(), scope as MuteScope, question, Date.now()));
  if (made === null || (await policyInForce()).mutesForbidden) return undefined;
  if (sender.isPrivate) await addPrivateMute(made);
  else await changePerson((person) => withMute(person, made, Date.now()));
  return made;
}

/** @param site the only one whose mutes may end; null: any. */
export async function unmute({ ids }: Message, site: string | null): Promise<void> {
  if (!Array.isArray(ids)) return;
  await endPrivateMutes(ids, site);
  await changePerson((person) => withoutMutes(person, ids, Date.now(), site));
}
