/** The userscript: guard, presenter and rule channel plugged into the userscript manager. One copy per frame. */
import { anchorOf, frameAnchor } from "../content/anchor.ts";
import { type Found, Guard } from "../content/guard.ts";
import { Presenter } from "../content/presenter.ts";
import type { PageRules } from "../shared/messages.ts";
import { type MessageTable, tableTranslate } from "../shared/translate.ts";
import { composeWarning } from "../shared/warning.ts";
import type { BakedTrust } from "../trust/interfaces.ts";
import { RuleChannel } from "../trust/rule_channel.ts";
import { clearInTop, type FrameReport, listenToFrames, reportToTop } from "./frames.ts";
import { addMenuCommand, ManagerFetcher, trustStorage } from "./gm.ts";
import { isMuted, setMuted } from "./mutes.ts";

/** Put before this script by the build. */
declare const ROLLGUARD_BAKED: {
  serviceUrl: string;
  trust: BakedTrust;
  messages: Record<string, MessageTable>;
};

/** Many copies start at once when a browser is restored; they shall not all ask at once. */
const FIRST_CHECK_WITHIN_MS = 5_000;

const isTop = globalThis.self === globalThis.top;
const language = navigator.language;
const translate = tableTranslate(ROLLGUARD_BAKED.messages, language);
const presenter = isTop ? new Presenter(translate) : null;
const stop = new AbortController();
const channel = new RuleChannel({
  fetcher: new ManagerFetcher(ROLLGUARD_BAKED.serviceUrl),
  store: trustStorage,
  now: Date.now,
  baked: ROLLGUARD_BAKED.trust,
});
let rules: PageRules | null = null;

const guard = new Guard(
  document,
  { found: show, gone, looked: () => presenter?.refresh() },
  (node) => presenter?.isOurs(node) ?? false,
  stop.signal,
);

function show(found: Found): void {
  if (presenter === null) return reportToTop(found.key, found.verdict);
  const warning = rules && composeWarning(found.key, found.verdict, location.hostname, rules);
  if (warning === null) return;
  presenter.show(found.key, warning, {
    press: () => guard.pressDecline(found.key),
    dismiss: () => guard.dismiss(found.key),
    muteSite: () => void mute(true),
  }, anchorOf(found));
}

function gone(key: string): void {
  if (presenter === null) clearInTop();
  else presenter.clear(key);
}

/** The frame is told nothing back, so what the person has dismissed is remembered here. */
const dismissed = new Set<string>();

function showFrame({ frame, key, url, verdict }: FrameReport): void {
  const print = JSON.stringify([frame, key, verdict]);
  if (dismissed.has(print)) return;
  const frameRules = { ...channel.rulesFor(url, language), isMuted: false };
  const warning = composeWarning(key, verdict, new URL(url).hostname, frameRules);
  if (warning === null) return;
  presenter?.show(frame, warning, {
    press: () => {},
    dismiss: () => {
      dismissed.add(print);
      presenter.clear(frame);
    },
    muteSite: () => void mute(true),
  }, frameAnchor(document));
}

async function mute(muted: boolean): Promise<void> {
  await setMuted(location.hostname, muted);
  await takeRules();
}

async function takeRules(): Promise<void> {
  rules = {
    ...channel.rulesFor(location.href, language),
    isMuted: isTop && await isMuted(location.hostname),
  };
  presenter?.setMuted(rules.isMuted);
  guard.setRules(rules);
}

/** Another tab may have fetched newer rules already: look there first. Frames leave asking to the top frame. */
async function refresh(isForced = false): Promise<void> {
  const before = channel.status().version;
  await channel.load();
  if (isTop && (isForced || channel.age >= channel.pollIntervalMs)) await channel.check();
  if (channel.status().version !== before) await takeRules();
}

async function keepFresh(): Promise<void> {
  if (document.visibilityState === "visible") await refresh().catch(complain);
  setTimeout(() => void keepFresh(), channel.pollIntervalMs);
}

async function start(): Promise<void> {
  if (globalThis.crypto?.subtle === undefined) {
    throw new Error(`${location.host}: on pages without https the browser lends no means to verify rules`);
  }
  await channel.load();
  await takeRules();
  globalThis.addEventListener("pagehide", () => presenter === null && clearInTop());
  if (isTop) {
    listenToFrames(showFrame, (frame) => presenter?.clear(frame));
    addMenuCommand(translate("popupUnmute"), () => void mute(false).catch(complain));
    addMenuCommand(translate("popupCheckNow"), () => void refresh(true).catch(complain));
  }
  setTimeout(() => void keepFresh(), Math.random() * FIRST_CHECK_WITHIN_MS);
}

/** Our failure is never the page's. */
function complain(error: unknown): void {
  console.warn("Rollguard:", error);
}

start().catch(complain);
