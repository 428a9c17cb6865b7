/** What our own pages show of the person's choices, and change. */
import type { Message } from "../shared/browser.ts";
import { readExport } from "../shared/exchange.ts";
import type { Person } from "../shared/kept.ts";
import type { OwnState } from "../shared/messages.ts";
import { withMute } from "../shared/mute_book.ts";
import { isInForce, isSameReach, type Mute } from "../shared/mutes.ts";
import { fixedBy, type Policy, readChoices, type Settings } from "../shared/settings.ts";
import { translateIn } from "../shared/own_words.ts";
import { policyInForce, settingsInForce } from "./choices.ts";
import { changePerson, readKept } from "./person.ts";
import { syncTrouble } from "./sync.ts";

/** @param notes what was left out on the way here, in words. */
export async function ownState(notes: string[] = []): Promise<OwnState> {
  const [{ person, newer }, policy] = await Promise.all([readKept(), policyInForce()]);
  const settings = { ...person.settings, ...policy.settings };
  const translate = await translateIn(settings.language);
  const trouble = settings.sync ? await syncTrouble() : null;
  return {
    settings,
    managed: fixedBy(policy),
    mutes: person.mutes.filter((mute) => isInForce(mute, Date.now())),
    mutedSites: policy.mutedSites,
    ledger: person.ledger,
    notes: [
      ...notes,
      ...(newer.length > 0 ? [translate("noteNewerData")] : []),
      ...(trouble === null ? [] : [translate(trouble)]),
    ],
  };
}

export async function changeSettings({ settings }: Message): Promise<OwnState> {
  const policy = await policyInForce();
  await changePerson((person) => chosen(person, readChoices(settings), policy));
  return await ownState();
}

/** Takes over what can be read; what was chosen here before and is not in the file stays. */
export async function importText({ text }: Message): Promise<OwnState | { error: string }> {
  const found = readExport(String(text));
  const translate = await translateIn((await settingsInForce()).language);
  if (found === "foreign") return { error: translate("noteImportForeign") };
  if (found === "newer") return { error: translate("noteNewerData") };
  const policy = await policyInForce();
  await changePerson((person) => ({
    ...chosen(person, found.settings, policy),
    ...found.mutes.reduce(withImported, { mutes: person.mutes, ended: person.ended }),
  }));
  const left = [...found.refused, ...fixedIn(found.settings, policy)];
  return await ownState(left.length === 0 ? [] : [translate("noteImportLeftOut", [left.join(", ")])]);
}

/** What an administrator has fixed keeps the person's own choice for the day on which it is free again. */
function chosen(person: Person, choices: Partial<Settings>, policy: Policy): Partial<Person> {
  const free = Object.entries(choices).filter(([name]) => !Object.hasOwn(policy.settings, name));
  const settings = { ...person.settings, ...Object.fromEntries(free) };
  // Whether this device syncs is its own affair, and no reason to overrule another device's choices.
  const travels = free.some(([name, value]) =>
    name !== "sync" && value !== person.settings[name as keyof Settings]
  );
  return { settings, changed: travels ? new Date().toISOString() : person.changed };
}

/** A mute that was undone comes back under another name: under its own, another device would end it again. */
function withImported(book: Pick<Person, "mutes" | "ended">, mute: Mute): Pick<Person, "mutes" | "ended"> {
  const isKnown = book.mutes.some((own) =>
    own.id === mute.id || (isSameReach(own, mute) && own.until >= mute.until)
  );
  if (isKnown) return book;
  const id = Object.hasOwn(book.ended, mute.id) ? crypto.randomUUID() : mute.id;
  return withMute(book, { ...mute, id }, Date.now());
}

function fixedIn(choices: Partial<Settings>, policy: Policy): string[] {
  return Object.keys(choices).filter((name) => Object.hasOwn(policy.settings, name)).map((name) =>
    `settings.${name}`
  );
}
