/** As much of the WebExtension API as Rollguard uses. Types only; the calls are in `browser.ts`. */

export interface Message {
  type: string;
  [key: string]: unknown;
}

/** Who sent a message, as the browser vouches for it. */
export interface Sender {
  tabId?: number;
  /** Absent for a page that is only being prepared. */
  frameId?: number;
  /** Address of the frame that sent it, or origin of the page that made it; empty where the browser does not say. */
  url: string;
  /** One of our own pages, such as the popup. In doubt: no. */
  isOwnPage: boolean;
  /** In a window of which nothing shall be kept. In doubt: yes. */
  isPrivate: boolean;
}

export interface Tab {
  id: number;
  url: string;
}

export type Handler = (message: Message, sender: Sender) => Promise<unknown> | undefined;

interface Signal<Listener> {
  addListener(listener: Listener): void;
}

interface RawTab {
  id?: number;
  url?: string;
  incognito?: boolean;
}

export interface RawSender {
  id?: string;
  url?: string;
  origin?: string;
  frameId?: number;
  documentLifecycle?: string;
  tab?: RawTab;
}

type RawListener = (message: unknown, sender: RawSender, answer: (value: unknown) => void) => boolean;

export interface RegisteredScript {
  id: string;
  matches?: string[];
  excludeMatches?: string[];
  js: string[];
  runAt: "document_start";
  allFrames: boolean;
  matchOriginAsFallback: boolean;
  persistAcrossSessions: boolean;
}

interface Permissions {
  origins?: string[];
  permissions?: string[];
}

interface Injection {
  target: { tabId: number; allFrames?: boolean; frameIds?: number[] };
  files?: string[];
  func?: (name: string) => unknown;
  args?: string[];
}

interface ReadableArea {
  get(keys: string | string[] | null): Promise<Record<string, unknown>>;
}

interface StorageArea extends ReadableArea {
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string | string[]): Promise<void>;
  setAccessLevel?(level: { accessLevel: string }): Promise<void>;
}

export interface BrowserApi {
  runtime: {
    id: string;
    sendMessage(message: Message): Promise<unknown>;
    getURL(path: string): string;
    getManifest(): { version: string; content_scripts?: { matches?: string[] }[] };
    onMessage: Signal<RawListener>;
    onInstalled: Signal<(details: { reason: string }) => void>;
    onStartup: Signal<() => void>;
  };
  tabs: {
    query(filter: { active?: boolean; currentWindow?: boolean }): Promise<RawTab[]>;
    create(tab: { url: string }): Promise<RawTab>;
    sendMessage(tabId: number, message: Message, options?: { frameId?: number }): Promise<unknown>;
  };
  permissions: {
    getAll(): Promise<{ origins?: string[] }>;
    contains(wanted: Permissions): Promise<boolean>;
    request(wanted: Permissions): Promise<boolean>;
    remove(unwanted: Permissions): Promise<boolean>;
    onAdded: Signal<() => void>;
    onRemoved: Signal<() => void>;
  };
  scripting: {
    getRegisteredContentScripts(filter: { ids: string[] }): Promise<RegisteredScript[]>;
    registerContentScripts(scripts: RegisteredScript[]): Promise<void>;
    unregisterContentScripts(filter: { ids: string[] }): Promise<void>;
    executeScript(injection: Injection): Promise<{ frameId: number; result?: unknown }[]>;
  };
  storage: {
    local: StorageArea;
    session: StorageArea;
    sync?: StorageArea;
    managed?: ReadableArea;
    onChanged: Signal<(changes: Record<string, unknown>, area: string) => void>;
  };
  alarms: {
    create(
      name: string,
      when: { delayInMinutes: number; periodInMinutes: number },
    ): Promise<void> | void;
    onAlarm: Signal<(alarm: { name: string }) => void>;
  };
  action: {
    setBadgeText(details: { tabId: number; text: string }): Promise<void>;
    setBadgeBackgroundColor(details: { tabId: number; color: string }): Promise<void>;
    setTitle(details: { tabId: number; title: string }): Promise<void>;
  };
  /** There once the person has granted it. */
  notifications?: {
    create(
      id: string,
      options: { type: "basic"; iconUrl: string; title: string; message: string },
    ): Promise<unknown>;
  };
  /** Chrome only. */
  dom?: { openOrClosedShadowRoot(element: HTMLElement): ShadowRoot | null };
  i18n: { getMessage(key: string, substitutions?: string[]): string; getUILanguage(): string };
}
