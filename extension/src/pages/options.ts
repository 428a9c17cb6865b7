/** The options page: asks the worker what the person has chosen and noted, and tells it what changes. */
import { fetchOwn, type Message, sendToWorker } from "../shared/browser.ts";
import { getVersion } from "../shared/browser_manifest.ts";
import { letNotify, mayNotify } from "../shared/browser_signs.ts";
import { make } from "../shared/elements.ts";
import { exportText } from "../shared/exchange.ts";
import {
  CHANGE_SETTINGS,
  type ChannelStatus,
  ERASE_LEDGER,
  GET_OWN_STATE,
  GET_STATUS,
  IMPORT,
  type OwnState,
  UNMUTE,
} from "../shared/messages.ts";
import { allowedPatterns, giveBack, manifestPatterns } from "../shared/site_access.ts";
import type { Translate } from "../shared/translate.ts";
import type { Deeds } from "./options_parts.ts";
import type { Rights } from "./options_sites.ts";
import { makeOptions, type OptionsView } from "./options_view.ts";
import { startPage } from "./page.ts";

/** Undefined: the worker failed, or is not there. */
async function ask(message: Message): Promise<unknown> {
  try {
    return await sendToWorker(message) ?? undefined;
  } catch {
    return undefined;
  }
}

async function askState(): Promise<OwnState | undefined> {
  return await ask({ type: GET_OWN_STATE }) as OwnState | undefined;
}

async function lookAtRights(): Promise<Rights> {
  const builtIn = manifestPatterns();
  // The browser counts what the manifest watches among what is allowed.
  const granted = (await allowedPatterns()).filter((pattern) => !builtIn.includes(pattern));
  return { builtIn, granted, isNotifying: await mayNotify() };
}

async function fill(translate: Translate): Promise<Node[]> {
  document.title = `${translate("extensionName")}: ${translate("optionsHeading")}`;
  const [state, channel, languages] = await Promise.all([
    askState(),
    ask({ type: GET_STATUS }),
    readLanguages(),
  ]);
  if (state === undefined) return [make("p", { class: "alert" }, translate("popupSilent"))];
  const around = { version: getVersion(), languages, channel: (channel ?? null) as ChannelStatus | null };
  const view = makeOptions(around, translate, makeDeeds(translate, () => view));
  view.show(state, await lookAtRights());
  // Another window may have muted or noted something meanwhile.
  document.addEventListener("visibilitychange", () => document.hidden || void refresh(view, translate));
  return view.elements;
}

async function readLanguages(): Promise<string[]> {
  return (JSON.parse(await fetchOwn("languages.json")) as { languages: string[] }).languages;
}

async function refresh(view: OptionsView, translate: Translate): Promise<OwnState | undefined> {
  const state = await askState();
  if (state === undefined) view.fail(translate("popupSilent"));
  else view.show(state, await lookAtRights());
  return state;
}

function makeDeeds(translate: Translate, view: () => OptionsView): Omit<Deeds, "say"> {
  const update = () => refresh(view(), translate);
  async function load(text: string): Promise<string> {
    const answer = await ask({ type: IMPORT, text }) as { error?: string } | undefined;
    await update();
    return answer === undefined ? translate("optionsNotSaved") : answer.error ?? "";
  }
  return {
    async change(settings) {
      const done = await ask({ type: CHANGE_SETTINGS, settings });
      // Every word of the page is another one then.
      if (done !== undefined && settings.language !== undefined) location.reload();
      await update();
      if (done === undefined) view().fail(translate("optionsNotSaved"));
    },
    async unmute(id) {
      await ask({ type: UNMUTE, ids: [id] });
      const state = await update();
      if (state?.mutes.some((mute) => mute.id === id)) view().fail(translate("optionsNotSaved"));
    },
    async mute(mute) {
      const reason = await load(exportText({ settings: {}, mutes: [mute] }));
      if (reason !== "") view().fail(`${translate("optionsNotSaved")} ${reason}`);
    },
    async erase(id) {
      await ask({ type: ERASE_LEDGER, ...(id === undefined ? {} : { id }) });
      await update();
    },
    load,
    async notify(isWanted) {
      await letNotify(isWanted);
      await update();
    },
    async revoke(origin) {
      await giveBack(origin);
      await update();
    },
  };
}

/** The section that an address names is only there now. */
async function start(): Promise<void> {
  await startPage("options", fill);
  if (location.hash !== "") document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

void start();
