/**
 * The service worker: keeps the rules fresh, hands them to pages, carries warnings from frames to the top frame.
 * Listeners first, readiness inside, memory nowhere: it may be stopped between any two lines.
 */
import {
  createAlarm,
  fetchOwn,
  getMessage,
  getUILanguage,
  type Message,
  onAlarm,
  onInstalled,
  onMessage,
  onStartup,
  queryAllTabs,
  restrictStorageToTrusted,
  type Sender,
  sendToTab,
  setBadge,
} from "../shared/browser.ts";
import {
  ACT_ON_DIALOG,
  type ChannelStatus,
  CHECK_NOW,
  CLEAR_FRAME_WARNING,
  CLEAR_WARNING,
  GET_RULES,
  GET_STATUS,
  MUTE_SITE,
  type PageRules,
  RULES_CHANGED,
  SHOW_FRAME_WARNING,
  SHOW_WARNING,
  UNMUTE_SITE,
  type Verdict,
} from "../shared/messages.ts";
import { composeWarning } from "../shared/warning.ts";
import type { BakedTrust } from "../trust/interfaces.ts";
import { RuleChannel } from "../trust/rule_channel.ts";
import { mutedSites, setMuted } from "./mutes.ts";
import { ServiceFetcher } from "./service_fetcher.ts";
import { trustStorage } from "./trust_storage.ts";

const UPDATE = "update";
const MIN_ALARM_MINUTES = 0.5;
const BADGE_COLOR = "#8a4b00";

const ready = startUp();
let checking: Promise<void> | null = null;
let alarmMinutes = 0;

async function startUp(): Promise<RuleChannel> {
  await restrictStorageToTrusted();
  const { serviceUrl, trust } = JSON.parse(await fetchOwn("baked.json")) as {
    serviceUrl: string;
    trust: BakedTrust;
  };
  const channel = new RuleChannel({
    fetcher: new ServiceFetcher(serviceUrl),
    store: trustStorage,
    now: Date.now,
    baked: trust,
  });
  await channel.load();
  return channel;
}

/** One check at a time; whoever asks meanwhile waits for the same answer. */
function check(): Promise<void> {
  checking ??= (async () => {
    const channel = await ready;
    if (await channel.check()) await tellAllTabs();
    await keepAlarm(channel);
  })().finally(() => checking = null);
  return checking;
}

async function keepAlarm(channel: RuleChannel): Promise<void> {
  const minutes = Math.max(MIN_ALARM_MINUTES, channel.pollIntervalMs / 60_000);
  if (minutes === alarmMinutes) return;
  alarmMinutes = minutes;
  await createAlarm(UPDATE, minutes);
}

async function tellAllTabs(): Promise<void> {
  await Promise.all((await queryAllTabs()).map((tab) => sendToTab(tab.id, { type: RULES_CHANGED })));
}

async function rulesFor(sender: Sender): Promise<PageRules> {
  const channel = await ready;
  if (channel.age > channel.pollIntervalMs) void check();
  const isMuted = sender.frameId === 0 && (await mutedSites()).includes(hostOf(sender.url));
  return { ...channel.rulesFor(sender.url, getUILanguage()), isMuted };
}

async function showWarning(message: Message, sender: Sender): Promise<void> {
  const { tabId, frameId } = sender;
  if (tabId === undefined || frameId === undefined) return;
  const rules = await rulesFor(sender);
  const warning = composeWarning(String(message.key), message.verdict as Verdict, hostOf(sender.url), rules);
  if (warning === null || rules.isMuted) return;
  await setBadge(tabId, "!", BADGE_COLOR, warning.text.title.replaceAll("{site}", warning.host));
  if (frameId !== 0) await sendToTab(tabId, { type: SHOW_FRAME_WARNING, frameId, warning }, { frameId: 0 });
}

async function clearWarning({ tabId, frameId }: Sender): Promise<void> {
  if (tabId === undefined || frameId === undefined) return;
  await setBadge(tabId, "", BADGE_COLOR, getMessage("extensionName"));
  if (frameId !== 0) await sendToTab(tabId, { type: CLEAR_FRAME_WARNING, frameId }, { frameId: 0 });
}

/** Only a page's top frame, where the overlay is, speaks for the person. */
async function actOnDialog(message: Message, { tabId, frameId }: Sender): Promise<void> {
  if (tabId === undefined || frameId !== 0 || typeof message.frameId !== "number") return;
  const { key, act } = message;
  await sendToTab(tabId, { type: ACT_ON_DIALOG, key, act }, { frameId: message.frameId });
}

async function mute(site: string, isMuted: boolean): Promise<void> {
  await setMuted(site, isMuted);
  await tellAllTabs();
}

async function status(isFresh: boolean): Promise<ChannelStatus> {
  if (isFresh) await check();
  return (await ready).status();
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : "";
}

onMessage((message, sender) => {
  switch (message.type) {
    case GET_RULES:
      return rulesFor(sender);
    case SHOW_WARNING:
      return showWarning(message, sender);
    case CLEAR_WARNING:
      return clearWarning(sender);
    case ACT_ON_DIALOG:
      return actOnDialog(message, sender);
    case MUTE_SITE:
      return sender.frameId === 0 ? mute(hostOf(sender.url), true) : undefined;
  }
  if (!sender.isOwnPage) return undefined;
  switch (message.type) {
    case UNMUTE_SITE:
      return mute(String(message.host), false);
    case GET_STATUS:
      return status(false);
    case CHECK_NOW:
      return status(true);
    default:
      return undefined;
  }
});
onAlarm(UPDATE, () => void check());
onInstalled(() => void check());
onStartup(() => void check());
