/**
 * The service worker: keeps the rules fresh, hands them to pages, carries warnings from frames to the top frame.
 * Listeners first, readiness inside, memory nowhere: it may be stopped between any two lines.
 */
import {
  fetchOwn,
  getMessage,
  getUILanguage,
  type Message,
  onMessage,
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
  GET_CATALOGUE,
  GET_LEXICONS,
  GET_RULES,
  GET_STATUS,
  MUTE,
  ON_SCREEN,
  type PageRules,
  RULES_CHANGED,
  SHOW_FRAME_WARNING,
  SHOW_WARNING,
  UNMUTE,
  type Verdict,
} from "../shared/messages.ts";
import type { CompiledLexicon } from "../shared/bundle_types.ts";
import { makeMute, type Mute, type MuteScope } from "../shared/mutes.ts";
import { DEFAULT_SETTINGS } from "../shared/settings.ts";
import { composeWarning } from "../shared/warning.ts";
import type { BakedTrust } from "../trust/interfaces.ts";
import { RuleChannel } from "../trust/rule_channel.ts";
import { firstLexicons, gatesOnce, lexiconsFor } from "./page_rules.ts";
import { addMute, endMutes, mutesOf } from "./mutes.ts";
import { listen, Polling } from "./polling.ts";
import { ServiceFetcher } from "./service_fetcher.ts";
import { hostOf, spokenFor } from "./spoken_for.ts";
import { trustStorage } from "./trust_storage.ts";

const BADGE_COLOR = "#8a4b00";

const ready = startUp();
const polling = new Polling(ready, tellAllTabs);

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
    dice: Math.random,
    baked: trust,
  });
  await channel.load();
  return channel;
}

async function tellAllTabs(): Promise<void> {
  await Promise.all((await queryAllTabs()).map((tab) => sendToTab(tab.id, { type: RULES_CHANGED })));
}

/** What the sender's page may know; `address` as in GET_RULES, believed only where the browser is silent. */
async function rulesFor(sender: Sender, address: unknown, languages?: unknown): Promise<PageRules> {
  const channel = await ready;
  void polling.pageOpened();
  const mutes = sender.frameId === 0 ? await mutesOf(hostOf(sender.url)) : [];
  const { lexicons, ...found } = channel.rulesFor(spokenFor(sender, address), getUILanguage());
  const settings = DEFAULT_SETTINGS;
  if (found.rules.length === 0) return { ...found, lexicons: [], mutes, settings };
  const gates = gatesOnce(found.rules, lexicons);
  // Most frames ask nothing: they get lexicons when one of their words gives cause for it.
  return {
    ...found,
    gates,
    lexicons: sender.frameId === 0 ? firstLexicons(languages, lexicons) : [],
    mutes,
    settings,
  };
}

async function lexiconsOf({ languages, address }: Message, sender: Sender): Promise<CompiledLexicon[]> {
  const { lexicons } = (await ready).rulesFor(spokenFor(sender, address), getUILanguage());
  return lexiconsFor(languages, lexicons);
}

/** A frame's dialog is told of in the top frame, which knows whether its site is muted. */
async function showWarning({ key, verdict, print, address }: Message, sender: Sender): Promise<void> {
  const { tabId, frameId } = sender;
  if (tabId === undefined || frameId === undefined || frameId === 0) return;
  const rules = await rulesFor(sender, address);
  const host = hostOf(spokenFor(sender, address));
  const warning = composeWarning(String(key), verdict as Verdict, host, String(print), rules);
  if (warning === null) return;
  await sendToTab(tabId, { type: SHOW_FRAME_WARNING, frameId, warning }, { frameId: 0 });
}

async function clearWarning({ tabId, frameId }: Sender): Promise<void> {
  if (tabId === undefined || frameId === undefined || frameId === 0) return;
  await sendToTab(tabId, { type: CLEAR_FRAME_WARNING, frameId }, { frameId: 0 });
}

/** The badge says what the top frame shows, whichever frame it is about; its words are those of the rules. */
async function markTab({ rule, host }: Message, { tabId, frameId }: Sender): Promise<void> {
  if (tabId === undefined || frameId !== 0) return;
  if (rule === null) return await setBadge(tabId, "", BADGE_COLOR, getMessage("extensionName"));
  const { texts } = (await ready).rulesFor(`https://${host}/`, getUILanguage());
  const title = texts.find((text) => text.rule === rule)?.title ?? getMessage("extensionName");
  await setBadge(tabId, "!", BADGE_COLOR, title.replaceAll("{site}", String(host)));
}

/** Only a page's top frame, where the overlay is, speaks for the person. */
async function actOnDialog(message: Message, { tabId, frameId }: Sender): Promise<void> {
  if (tabId === undefined || frameId !== 0 || typeof message.frameId !== "number") return;
  const { key, act } = message;
  await sendToTab(tabId, { type: ACT_ON_DIALOG, key, act }, { frameId: message.frameId });
}

async function mute({ scope, rule, print }: Message, sender: Sender): Promise<Mute> {
  const question = { site: hostOf(sender.url), rule: String(rule), print: String(print) };
  const made = makeMute(crypto.randomUUID(), scope as MuteScope, question, Date.now());
  await addMute(made);
  await tellAllTabs();
  return made;
}

async function unmute({ ids }: Message, site: string | null): Promise<void> {
  await endMutes(ids as string[], site);
  await tellAllTabs();
}

async function status(isFresh: boolean): Promise<ChannelStatus> {
  if (isFresh) await polling.check();
  return (await ready).status();
}

onMessage((message, sender) => {
  switch (message.type) {
    case GET_RULES:
      return rulesFor(sender, message.address, message.languages);
    case GET_LEXICONS:
      return lexiconsOf(message, sender);
    case SHOW_WARNING:
      return showWarning(message, sender);
    case CLEAR_WARNING:
      return clearWarning(sender);
    case ON_SCREEN:
      return markTab(message, sender);
    case ACT_ON_DIALOG:
      return actOnDialog(message, sender);
    case MUTE:
      return sender.frameId === 0 ? mute(message, sender) : undefined;
    case UNMUTE:
      if (sender.isOwnPage) return unmute(message, null);
      return sender.frameId === 0 ? unmute(message, hostOf(sender.url)) : undefined;
  }
  if (!sender.isOwnPage) return undefined;
  switch (message.type) {
    case GET_STATUS:
      return status(false);
    case CHECK_NOW:
      return status(true);
    case GET_CATALOGUE:
      return ready.then((channel) => channel.catalogue(getUILanguage()));
    default:
      return undefined;
  }
});
listen(polling);
