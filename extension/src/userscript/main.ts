/**
 * The userscript: guard, presenter and rule channel plugged into the userscript manager. One copy per frame, and each
 * shows its own warning: without a worker, frames can talk to one another only in the page's hearing.
 */
import { anchorOf } from "../content/anchor.ts";
import { type Found, Guard } from "../content/guard.ts";
import { Presenter } from "../content/presenter.ts";
import type { PageRules, Warning } from "../shared/messages.ts";
import { makeMute, type MuteScope } from "../shared/mutes.ts";
import type { Settings } from "../shared/settings.ts";
import { type MessageKey, type MessageTable, tableTranslate } from "../shared/translate.ts";
import { composeWarning } from "../shared/warning.ts";
import type { BakedTrust } from "../trust/interfaces.ts";
import { MIN_WAIT_MS } from "../trust/polling.ts";
import { RuleChannel } from "../trust/rule_channel.ts";
import { addMenuCommand, ManagerFetcher, trustStorage } from "./gm.ts";
import { keptChoice, noteChoice } from "./kept_rules.ts";
import { addMute, choose, endMutes, mutesOf, settingsInUse } from "./person.ts";

/** Put before this script by the build. */
declare const ROLLGUARD_BAKED: {
  serviceUrl: string;
  trust: BakedTrust;
  messages: Record<string, MessageTable>;
};

/** Many copies start at once when a browser is restored; they shall not all ask at once. */
const FIRST_CHECK_WITHIN_MS = 5_000;

/** Without https the browser lends no means to verify rules; there the kept ones are used as they are. */
const canVerify = globalThis.crypto?.subtle !== undefined;
const isTop = globalThis.self === globalThis.top;
const language = navigator.language;
const translate = tableTranslate(ROLLGUARD_BAKED.messages, language);
const presenter = new Presenter(translate);
const channel = new RuleChannel({
  fetcher: new ManagerFetcher(ROLLGUARD_BAKED.serviceUrl),
  store: trustStorage,
  now: Date.now,
  dice: Math.random,
  baked: ROLLGUARD_BAKED.trust,
});
let rules: PageRules | null = null;

const guard = new Guard(
  document,
  { found: show, gone: (key) => presenter.clear(key), looked: () => presenter.refresh() },
  (node) => presenter.isOurs(node),
  new AbortController().signal, // lives as long as the page
);

function show(found: Found): void {
  const warning = rules && composeWarning(found.key, found.verdict, location.hostname, found.print, rules);
  if (warning === null) return;
  presenter.show(found.key, warning, {
    press: () => guard.pressDecline(found.key),
    dismiss: () => guard.dismiss(found.key),
    mute: (scope) => void mute(warning, scope).catch(complain),
  }, anchorOf(found));
}

async function mute({ rule, print }: Warning, scope: MuteScope): Promise<void> {
  const question = { site: location.hostname, rule: rule.id, print };
  await addMute(makeMute(String(Math.random()).slice(2), scope, question, Date.now()));
  await takeRules();
}

async function unmute(): Promise<void> {
  await endMutes((await mutesOf(location.hostname)).map(({ id }) => id));
  await takeRules();
}

async function takeRules(): Promise<void> {
  rules = {
    ...channel.rulesFor(location.href, language),
    mutes: await mutesOf(location.hostname),
    settings: await settingsInUse(),
  };
  presenter.setMutes(rules.mutes);
  guard.setRules(rules);
}

/** What is kept, by this tab or another, or came with the script. */
async function load(): Promise<void> {
  if (canVerify) await channel.load();
  else channel.useAsKept(await keptChoice(trustStorage, ROLLGUARD_BAKED.trust));
}

/** Another tab may have fetched newer rules already: look there first. Frames leave asking to the top frame. */
async function refresh(isForced = false): Promise<void> {
  const before = channel.revision;
  await load();
  if (isTop && canVerify && (isForced || channel.timetable.isDue || channel.isStale)) await channel.check();
  if (canVerify) await noteChoice(trustStorage, channel.choice, ROLLGUARD_BAKED.trust);
  if (channel.revision !== before) await takeRules();
}

async function keepFresh(): Promise<void> {
  if (document.visibilityState === "visible") await refresh().catch(complain);
  setTimeout(() => void keepFresh(), waitMs());
}

/** No longer than the interval, because other tabs fetch rules, too. */
function waitMs(): number {
  const wait = canVerify ? channel.timetable.waitMs : channel.pollIntervalMs;
  return Math.min(Math.max(wait, MIN_WAIT_MS), channel.pollIntervalMs);
}

async function start(): Promise<void> {
  await load();
  await takeRules();
  if (isTop) {
    addMenuCommand(translate("popupUnmute"), () => void unmute().catch(complain));
    await offerChoices();
    if (canVerify) addMenuCommand(translate("popupCheckNow"), () => void refresh(true).catch(complain));
  }
  setTimeout(() => void keepFresh(), Math.random() * FIRST_CHECK_WITHIN_MS);
}

/** Each line says what it does, since not every manager can change a line of its menu later. */
async function offerChoices(): Promise<void> {
  const { speedBump, highlight } = await settingsInUse();
  const offer = (title: MessageKey, choices: Partial<Settings>) =>
    addMenuCommand(translate(title), () => void choose(choices).then(takeRules).catch(complain));
  offer(speedBump ? "settingsAskOnce" : "settingsAskTwice", { speedBump: !speedBump });
  offer(highlight ? "settingsMarkNot" : "settingsMark", { highlight: !highlight });
}

/** Our failure is never the page's. */
function complain(error: unknown): void {
  console.warn("Rollguard:", error);
}

start().catch(complain);
