/** Notes what was asked and chosen, unless the person wants no notes, or the window is private. */
import type { Message, Sender } from "../shared/browser.ts";
import type { Rule } from "../shared/bundle_types.ts";
import { isAnswer, isChoice, readEntry, withChoice, withSeen } from "../shared/ledger.ts";
import { settingsInForce } from "./choices.ts";
import { changePerson } from "./person.ts";
import { hostOf } from "./spoken_for.ts";

/** @param rules those of the bundle: a page can name one, not invent one. @returns the note's id; empty where none is kept. */
export async function noteSeen(message: Message, sender: Sender, rules: Rule[]): Promise<string> {
  const rule = rules.find(({ id }) => id === message.rule);
  if (rule === undefined || sender.isPrivate || !(await settingsInForce()).ledger) return "";
  const { severity, print, host, rulesVersion } = message;
  const entry = readEntry({
    id: crypto.randomUUID(),
    seen: new Date().toISOString(),
    site: hostOf(sender.url),
    host,
    rule: rule.id,
    product: rule.product,
    severity,
    print,
    choice: "unknown",
    rulesVersion,
  });
  if (entry === null) return "";
  let noted = "";
  await changePerson(({ ledger }) => {
    const seen = withSeen(ledger, entry);
    noted = seen.id;
    return seen.ledger === ledger ? {} : { ledger: seen.ledger };
  });
  return noted;
}

/** A page speaks only of what was seen on its own site. @returns whether the dialog's own question was answered. */
export async function noteChoice({ id, choice }: Message, sender: Sender): Promise<boolean> {
  if (typeof id !== "string" || !isChoice(choice) || sender.isPrivate) return false;
  const site = hostOf(sender.url);
  await changePerson(({ ledger }) =>
    ledger.some((entry) => entry.id === id && entry.site === site)
      ? { ledger: withChoice(ledger, id, choice) }
      : {}
  );
  return isAnswer(choice);
}

export async function eraseLedger({ id }: Message): Promise<void> {
  await changePerson(({ ledger }) => ({
    ledger: id === undefined ? [] : ledger.filter((entry) => entry.id !== id),
  }));
}
