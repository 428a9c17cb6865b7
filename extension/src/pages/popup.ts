/** The popup: asks the tab and the worker how they are, and says it. */
import { getMessage, getUILanguage, queryActiveTab, sendToTab, sendToWorker } from "../shared/browser.ts";
import { make } from "../shared/elements.ts";
import {
  type ChannelStatus,
  CHECK_NOW,
  GET_PAGE_STATUS,
  GET_STATUS,
  type PageStatus,
  UNMUTE,
} from "../shared/messages.ts";
import { personTranslate } from "../shared/own_words.ts";
import { changeable, extensionTranslate } from "../shared/translate.ts";
import { makeHeader, makeLimits, makeRules, makeSite } from "./popup_view.ts";

const PAUSE_LOOK_MS = 1_000;

const translate = changeable(extensionTranslate(getMessage, getUILanguage()));
const main = document.querySelector("#popup") ?? document.body;

async function askPage(): Promise<PageStatus | null> {
  const tab = await queryActiveTab();
  if (tab === null) return null;
  return (await sendToTab(tab.id, { type: GET_PAGE_STATUS }, { frameId: 0 }) ?? null) as PageStatus | null;
}

async function askWorker(type: typeof GET_STATUS | typeof CHECK_NOW): Promise<ChannelStatus | null> {
  try {
    return (await sendToWorker({ type }) ?? null) as ChannelStatus | null;
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

function showSite(page: PageStatus | null): void {
  replace(makeSite(page, translate, () => page !== null && void unmute(page)));
  // A pause ends by itself, and the window shall not go on telling of it.
  if (page !== null && page.pause !== null) setTimeout(() => void askPage().then(showSite), PAUSE_LOOK_MS);
}

function showRules(channel: ChannelStatus | null): void {
  replace(makeRules(channel, translate, new Date(), () => void check()));
}

async function unmute(page: PageStatus): Promise<void> {
  await sendToWorker({ type: UNMUTE, ids: page.mute === null ? [] : [page.mute.id] });
  showSite({ ...page, mute: null });
}

async function check(): Promise<void> {
  announce(translate("popupChecking"));
  main.querySelector("#check")?.setAttribute("aria-disabled", "true");
  const channel = await askWorker(CHECK_NOW);
  showRules(channel);
  announce(channel?.error === "" && !channel.isExpired ? translate("popupCheckFine") : "");
}

/** One live region, so that a screen reader hears how the check went. */
function announce(words: string): void {
  main.querySelector("#said")?.replaceChildren(words);
}

async function start(): Promise<void> {
  translate.use(await personTranslate());
  document.documentElement.lang = translate.language;
  document.documentElement.dir = translate.direction;
  const [page, channel] = await Promise.all([askPage(), askWorker(GET_STATUS)]);
  main.replaceChildren(makeHeader(translate));
  showSite(page);
  showRules(channel);
  main.append(make("p", { id: "said", role: "status", class: "quiet" }), makeLimits(translate));
  main.setAttribute("aria-busy", "false");
}

void start();
