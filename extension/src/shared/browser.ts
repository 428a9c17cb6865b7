/** The one door to the browser's API. Nowhere else do `chrome.` and `browser.` occur. */
import type { BrowserApi, Handler, Message, RawSender, Sender, Tab } from "./browser_api.ts";

export type { Handler, Message, Sender, Tab } from "./browser_api.ts";

/** For the rooms of this door. Read at each call, because tests put their own there after this module was loaded. */
export function api(): BrowserApi {
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
    // A page that nobody sees yet bears the number of no frame in the tab.
    frameId: raw.documentLifecycle === "prerender" ? undefined : raw.frameId,
    url: addressOf(raw),
    isPrivate: raw.tab?.incognito !== false,
    isOwnPage: raw.id === api().runtime.id && url.startsWith(own) && isOwnOrigin,
  };
}

/** about:blank, about:srcdoc and blob: speak for the origin that made them; a sandbox has none. */
function addressOf({ url = "", origin = "" }: RawSender): string {
  return url.startsWith("http") || !origin.startsWith("http") ? url : `${origin}/`;
}

export async function queryActiveTab(): Promise<Tab | null> {
  const [tab] = await api().tabs.query({ active: true, currentWindow: true });
  return tab?.id === undefined ? null : { id: tab.id, url: tab.url ?? "" };
}

export async function queryAllTabs(): Promise<Tab[]> {
  const tabs = await api().tabs.query({});
  return tabs.flatMap((tab) => tab.id === undefined ? [] : [{ id: tab.id, url: tab.url ?? "" }]);
}

/** One of our own pages, in a tab of its own. */
export async function openPage(path: string): Promise<void> {
  await api().tabs.create({ url: api().runtime.getURL(path) });
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
  const { local, session, sync } = api().storage;
  // Firefox (2026) has no setAccessLevel on local storage; its content scripts could read, and we keep no secret there.
  await local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
  await session.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
  await sync?.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
}

export async function createAlarm(
  name: string,
  delayInMinutes: number,
  periodInMinutes: number,
): Promise<void> {
  await api().alarms.create(name, { delayInMinutes, periodInMinutes });
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

export function getMessage(key: string, substitutions?: string[]): string {
  return api().i18n.getMessage(key, substitutions);
}

export function getUILanguage(): string {
  return api().i18n.getUILanguage();
}

export function getURL(path: string): string {
  return api().runtime.getURL(path);
}

/** The shadow root of an element, closed ones too: Chrome asks a function, Firefox the element. */
export function openOrClosedShadowRoot(element: Element): ShadowRoot | null {
  const { dom } = api();
  if (dom !== undefined && element instanceof HTMLElement) return dom.openOrClosedShadowRoot(element);
  return (element as { openOrClosedShadowRoot?: ShadowRoot | null }).openOrClosedShadowRoot ?? null;
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
