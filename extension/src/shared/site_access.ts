/** Which sites Rollguard may look at, and what makes the content script run there. */
import { api } from "./browser.ts";
import { fitsAny } from "./match_patterns.ts";

export const EVERY_SITE = "*://*/*";
/** Set by the content script in its own world of a frame; a symbol, because an element's id can pose as a name. */
export const IS_HERE = "rollguard";

/** Match patterns of all that the browser lets us look at now, those of the manifest included. */
export async function allowedPatterns(): Promise<string[]> {
  const { origins = [] } = await api().permissions.getAll();
  return origins.map((origin) => origin === "<all_urls>" ? EVERY_SITE : origin);
}

/** What the manifest watches without asking anybody again. */
export function manifestPatterns(): string[] {
  return api().runtime.getManifest().content_scripts?.flatMap((script) => script.matches ?? []) ?? [];
}

export async function mayLookAt(url: string): Promise<boolean> {
  return URL.canParse(url) && fitsAny(await allowedPatterns(), url);
}

/** The pattern to ask for when a person wants this page watched; null for a page that no extension may look at. */
export function patternFor(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || protocol === "http:" ? `${protocol}//${hostname}/*` : null;
}

/** The browser asks the person; call it in the turn of their press, before anything is awaited. */
export function askFor(pattern: string): Promise<boolean> {
  return api().permissions.request({ origins: [pattern] });
}

export function giveBack(pattern: string): Promise<boolean> {
  return api().permissions.remove({ origins: [pattern] });
}

export function onAccessAdded(act: () => void): void {
  api().permissions.onAdded.addListener(act);
}

export function onAccessRemoved(act: () => void): void {
  api().permissions.onRemoved.addListener(act);
}

/** The patterns registered under this name; null: nothing is. */
export async function registeredPatterns(id: string): Promise<string[] | null> {
  const [found] = await api().scripting.getRegisteredContentScripts({ ids: [id] });
  return found?.matches ?? null;
}

/** From now on, and after a restart of the browser too, the content script runs on these pages as it does by the manifest. */
export async function register(id: string, matches: string[], excludeMatches: string[]): Promise<void> {
  await api().scripting.registerContentScripts([{
    id,
    matches,
    ...(excludeMatches.length > 0 ? { excludeMatches } : {}),
    js: ["content.js"],
    runAt: "document_start",
    allFrames: true,
    matchOriginAsFallback: true,
    persistAcrossSessions: true,
  }]);
}

export function unregister(id: string): Promise<void> {
  return api().scripting.unregisterContentScripts({ ids: [id] });
}

/** Runs the content script in every frame of an open tab that we may look at and that has none yet. */
export async function enterTab(tabId: number): Promise<void> {
  const { scripting } = api();
  const frames = await scripting.executeScript({
    target: { tabId, allFrames: true },
    func: (name: string) => Symbol.for(name) in globalThis,
    args: [IS_HERE],
  });
  const frameIds = frames.filter(({ result }) => result === false).map(({ frameId }) => frameId);
  if (frameIds.length === 0) return;
  await scripting.executeScript({ target: { tabId, frameIds }, files: ["content.js"] });
}
