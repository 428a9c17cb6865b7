/** The popup: asks the tab and the worker how they are, and says it. */
import { getMessage, getUILanguage, queryActiveTab, sendToTab, sendToWorker } from "../shared/browser.ts";
import { make } from "../shared/elements.ts";
import {
  type ChannelStatus,
  CHECK_NOW,
  GET_OWN_STATE,
  GET_PAGE_STATUS,
  GET_STATUS,
  type OwnState,
  type PageStatus,
  UNMUTE,
} from "../shared/messages.ts";
import { personTranslate } from "../shared/own_words.ts";
import { askFor, mayLookAt, patternFor } from "../shared/site_access.ts";
import { changeable, extensionTranslate } from "../shared/translate.ts";
import { makeSite, type Site } from "./popup_site.ts";
import { makeHeader, makeLimits, makeRules, makeWays } from "./popup_view.ts";

const LOOK_AGAIN_MS = 1_000;

const translate = changeable(extensionTranslate(getMessage, getUILanguage()));
const main = document.querySelector("#popup") ?? document.body;

async function askSite(): Promise<Site> {
  const [tab, own] = await Promise.all([queryActiveTab(), askWorker<OwnState>(GET_OWN_STATE)]);
  const url = tab?.url ?? "";
  const pattern = patternFor(url);
  const isAllowed = pattern !== null && await mayLookAt(url);
  const answer = tab === null
    ? undefined
    : await sendToTab(tab.id, { type: GET_PAGE_STATUS }, { frameId: 0 });
  const page = (answer ?? null) as PageStatus | null;
  return {
    page,
    wanted: isAllowed ? null : pattern,
    host: hostOf(url, pattern, page),
    isOutOfReach: pattern === null && page === null,
    last: own?.ledger?.toSorted((a, b) => b.seen.localeCompare(a.seen))[0] ?? null,
  };
}

/** Where the browser keeps the address to itself, the page says it. A page of our own has a mere number for a host. */
function hostOf(url: string, pattern: string | null, page: PageStatus | null): string {
  if (pattern !== null) return new URL(url).hostname;
  return url === "" && page !== null ? page.host : translate("extensionName");
}

async function askWorker<Answer>(type: string): Promise<Answer | null> {
  try {
    return (await sendToWorker({ type }) ?? null) as Answer | null;
  } catch {
    // The popup says in words that the worker is silent.
    return null;
  }
}

function replace(section: HTMLElement): void {
  const before = main.querySelector(`#${section.id}`);
  const focused = before?.contains(document.activeElement) ? document.activeElement?.id : undefined;
  if (before === null) main.append(section);
  else before.replaceWith(section);
  if (focused) section.querySelector<HTMLElement>(`#${focused}`)?.focus();
}

function showSite(site: Site): void {
  replace(makeSite(site, translate, new Date(), {
    unmute: () => void unmute(site),
    allow: () => void allow(site),
  }));
  // A pause ends by itself, and the window shall not go on telling of it.
  if (site.page !== null && site.page.pause !== null) lookAgain();
}

function lookAgain(): void {
  setTimeout(() => void askSite().then(showSite), LOOK_AGAIN_MS);
}

function showRules(channel: ChannelStatus | null): void {
  replace(makeRules(channel, translate, new Date(), () => void check()));
}

async function unmute(site: Site): Promise<void> {
  if (site.page === null) return;
  await sendToWorker({ type: UNMUTE, ids: site.page.mute === null ? [] : [site.page.mute.id] });
  showSite({ ...site, page: { ...site.page, mute: null } });
  announce(translate("popupWatched", [site.host]));
}

async function allow(site: Site): Promise<void> {
  // First of all: the browser asks only in the turn of the press.
  if (site.wanted === null || !await askFor(site.wanted)) return;
  announce(translate("popupWatched", [site.host]));
  lookAgain();
}

async function check(): Promise<void> {
  announce(translate("popupChecking"));
  main.querySelector("#check")?.setAttribute("aria-disabled", "true");
  const channel = await askWorker<ChannelStatus>(CHECK_NOW);
  showRules(channel);
  announce(channel?.error === "" && !channel.isExpired ? translate("popupCheckFine") : "");
}

/** One live region, so that a screen reader hears what came of a press. */
function announce(words: string): void {
  main.querySelector("#said")?.replaceChildren(words);
}

async function start(): Promise<void> {
  translate.use(await personTranslate());
  document.documentElement.lang = translate.language;
  document.documentElement.dir = translate.direction;
  const [site, channel] = await Promise.all([askSite(), askWorker<ChannelStatus>(GET_STATUS)]);
  main.replaceChildren(makeHeader(translate));
  showSite(site);
  main.append(makeWays(translate));
  showRules(channel);
  main.append(make("p", { id: "said", role: "status", class: "quiet" }), makeLimits(translate));
  main.setAttribute("aria-busy", "false");
}

void start();
