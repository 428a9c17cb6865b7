/** The one door to the browser's API. Nowhere else do `chrome.` and `browser.` occur. */
import type { BrowserApi, RawSender } from "./browser_api.ts";

export interface Message {
  type: string;
  [key: string]: unknown;
}

/** Who sent a message, as the browser vouches for it. */
export interface Sender {
  tabId?: number;
  frameId?: number;
  /** Address of the frame that sent it; empty where the browser does not say. */
  url: string;
  /** Address in the address bar of that tab; empty where we may not know it. */
  tabUrl: string;
  /** One of our own pages, such as the popup. In doubt: no. */
  isOwnPage: boolean;
}

export interface Tab {
  id: number;
  url: string;
}

export type Handler = (message: Message, sender: Sender) => Promise<unknown> | undefined;

/** Read at each call, because tests put their own there after this module was loaded. */
function api(): BrowserApi {
  const { browser, chrome } = globalThis as unknown as { browser?: BrowserApi; chrome?: BrowserApi };
  const found = browser ?? chrome;
  if (found === undefined) throw new Error("shared/browser.ts: this is no extension; call it only from one");
  return found;
}

/** @throws when nobody listens, or this script outlived its extension. */
export function sendToWorker(message: Message): Promise<unknown> {
  return api().runtime.sendMessage(message);
}

/** A tab without our script is the normal case, so silence is an answer: undefined. */
export async function sendToTab(
  tabId: number,
  message: Message,
  options: { frameId?: number } = {},
): Promise<unknown> {
  try {
    return await api().tabs.sendMessage(tabId, message, options);
  } catch {
    return undefined;
  }
}

/**
 * Listens. A handler that returns undefined leaves the message to others.
 * Chrome waits for an answer only after `true`, and Firefox takes that too.
 */
export function onMessage(handler: Handler): void {
  api().runtime.onMessage.addListener((message, rawSender, answer) => {
    if (!isMessage(message)) return false;
    const answering = handler(message, readSender(rawSender));
    if (answering === undefined) return false;
    answering.then(answer, (error: unknown) => {
      console.error(`Rollguard: ${message.type} failed:`, error);
      answer(undefined);
    });
    return true;
  });
}

function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function readSender(raw: RawSender): Sender {
  const own = api().runtime.getURL("");
  const url = raw.url ?? "";
  // Firefox gives no origin; the address then has to do. Where both exist, both must be ours.
  const isOwnOrigin = raw.origin === undefined || `${raw.origin}/` === own;
  return {
    tabId: raw.tab?.id,
    frameId: raw.frameId,
    url,
    tabUrl: raw.tab?.url ?? "",
    isOwnPage: raw.id === api().runtime.id && url.startsWith(own) && isOwnOrigin,
  };
}

export async function queryActiveTab(): Promise<Tab | null> {
  const [tab] = await api().tabs.query({ active: true, currentWindow: true });
  return tab?.id === undefined ? null : { id: tab.id, url: tab.url ?? "" };
}

export async function queryAllTabs(): Promise<Tab[]> {
  const tabs = await api().tabs.query({});
  return tabs.flatMap((tab) => tab.id === undefined ? [] : [{ id: tab.id, url: tab.url ?? "" }]);
}

export async function storageGet(key: string): Promise<unknown> {
  return (await api().storage.local.get(key))[key];
}

export function storageSet(items: Record<string, unknown>): Promise<void> {
  return api().storage.local.set(items);
}

export function storageRemove(keys: string | string[]): Promise<void> {
  return api().storage.local.remove(keys);
}

export async function sessionGet(key: string): Promise<unknown> {
  return (await api().storage.session.get(key))[key];
}

export function sessionSet(items: Record<string, unknown>): Promise<void> {
  return api().storage.session.set(items);
}

/** Content scripts live in strangers' pages and have no business in our storage. */
export async function restrictStorageToTrusted(): Promise<void> {
  const { local, session } = api().storage;
  // Firefox (2026) has no setAccessLevel on local storage; its content scripts could read, and we keep no secret there.
  await local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
  await session.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
}

export async function createAlarm(name: string, periodMinutes: number): Promise<void> {
  await api().alarms.create(name, { periodInMinutes: periodMinutes });
}

export function onAlarm(name: string, act: () => void): void {
  api().alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === name) act();
  });
}

export function onInstalled(act: (reason: string) => void): void {
  api().runtime.onInstalled.addListener(({ reason }) => act(reason));
}

export function onStartup(act: () => void): void {
  api().runtime.onStartup.addListener(act);
}

/** The tab may have gone meanwhile; then there is nothing to mark. */
export async function setBadge(tabId: number, text: string, color: string, title: string): Promise<void> {
  const { action } = api();
  try {
    await Promise.all([
      action.setBadgeText({ tabId, text }),
      action.setBadgeBackgroundColor({ tabId, color }),
      action.setTitle({ tabId, title }),
    ]);
  } catch {
    return;
  }
}

export function getMessage(key: string, substitutions?: string[]): string {
  return api().i18n.getMessage(key, substitutions);
}

export function getUILanguage(): string {
  return api().i18n.getUILanguage();
}

export function getURL(path: string): string {
  return api().runtime.getURL(path);
}

/** Whether this script outlived its extension (an update replaced it): then it must fall silent. */
export function isOrphan(): boolean {
  try {
    return api().runtime.id === undefined;
  } catch {
    return true;
  }
}

/** The text of a file inside our own package. */
export async function fetchOwn(path: string): Promise<string> {
  const answer = await fetch(getURL(path));
  if (!answer.ok) throw new Error(`shared/browser.ts: the package has no ${path}; build it again`);
  return await answer.text();
}
