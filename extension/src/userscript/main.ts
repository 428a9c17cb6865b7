/**
 * The userscript: guard, presenter and rule channel plugged into the userscript manager. One copy per frame, and each
 * shows its own warning: without a worker, frames can talk to one another only in the page's hearing.
 */
import { anchorOf } from "../content/anchor.ts";
import { DialogSide } from "../content/dialog_side.ts";
import { type Found, Guard } from "../content/guard.ts";
import { nameSite } from "../content/overlay_card.ts";
import { isOurs } from "../content/overlay_host.ts";
import { Presenter } from "../content/presenter.ts";
import type { DialogAct, PageRules, Warning } from "../shared/messages.ts";
import { makeMute, type MuteScope } from "../shared/mutes.ts";
import { DEFAULT_SETTINGS, type Settings } from "../shared/settings.ts";
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
const { signal } = new AbortController(); // lives as long as the page
let rules: PageRules | null = null;

const guard = new Guard(
  document,
  {
    found: show,
    gone(key) {
      side.gone(key);
      presenter.clear(key);
    },
    looked() {
      side.refresh();
      presenter.refresh();
    },
  },
  isOurs,
  signal,
);
const side = new DialogSide(
  guard,
  {
    settings: () => rules?.settings ?? DEFAULT_SETTINGS,
    isSeen: ({ key }) => presenter.isSeen(key),
    titleOf: (found) => nameSite(warningOf(found)?.text.title ?? "", location.hostname),
    chose() {}, // nothing is noted here
  },
  translate,
  signal,
);

function warningOf({ key, verdict, print }: Found): Warning | null {
  return rules && composeWarning(key, verdict, location.hostname, print, rules);
}

function show(found: Found): void {
  const warning = warningOf(found);
  if (warning === null) return;
  const act = (what: DialogAct) => side.act(found.key, what);
  let undo = () => act("recall");
  presenter.show(found.key, warning, {
    press: () => act("press"),
    dismiss: () => act("dismiss"),
    mute(scope) {
      const id = String(Math.random()).slice(2);
      void mute(id, warning, scope).catch(complain);
      undo = () => void unmute([id]).catch(complain);
    },
    undo: () => undo(),
    showDecline: () => act("show"),
    shown: (isShown) => act(isShown ? "shown" : "hidden"),
  }, anchorOf(found));
}

async function mute(id: string, { rule, print }: Warning, scope: MuteScope): Promise<void> {
  const question = { site: location.hostname, rule: rule.id, print };
  await addMute(makeMute(id, scope, question, Date.now()));
  await takeRules();
}

/** @param ids without them, nothing is muted on this site any more. */
async function unmute(ids?: string[]): Promise<void> {
  await endMutes(ids ?? (await mutesOf(location.hostname)).map(({ id }) => id));
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
  if (canVerify) await channel.load(language);
  else channel.useAsKept(await keptChoice(trustStorage, ROLLGUARD_BAKED.trust, language));
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
