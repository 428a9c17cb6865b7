/** The options page for a state that a test gives, with a worker that only changes that state; it notes what it was asked. */
import { makeOptions } from "../../extension/src/pages/options_view.ts";
import type { Rights } from "../../extension/src/pages/options_sites.ts";
import type { ChannelStatus, OwnState } from "../../extension/src/shared/messages.ts";
import { type MessageTable, tableTranslate } from "../../extension/src/shared/translate.ts";

interface Setting {
  state: OwnState;
  sites: Rights;
  channel: ChannelStatus | null;
  tables: Record<string, MessageTable>;
  language: string;
}

function draw({ state, sites, channel, tables, language }: Setting): void {
  const before = performance.now();
  const translate = tableTranslate(tables, language);
  const asked: unknown[] = [];
  const done = (...what: unknown[]) => {
    asked.push(what);
    view.show(state, sites);
    return Promise.resolve();
  };
  const around = { version: "1.2.3", languages: Object.keys(tables), channel };
  const view = makeOptions(around, translate, {
    change: (settings) => {
      state = { ...state, settings: { ...state.settings, ...settings } };
      return done("change", settings);
    },
    unmute: (id) => {
      state = { ...state, mutes: state.mutes.filter((mute) => mute.id !== id) };
      return done("unmute", id);
    },
    mute: (mute) => {
      state = { ...state, mutes: [...state.mutes, mute] };
      return done("mute", mute.site);
    },
    erase: (id) => {
      state = { ...state, ledger: id === undefined ? [] : state.ledger.filter((entry) => entry.id !== id) };
      return done("erase", id);
    },
    load: async (text) => {
      await done("load", text);
      return text.startsWith("{") ? "" : "It is no file of Rollguard.";
    },
    notify: (isWanted) => {
      sites = { ...sites, isNotifying: isWanted };
      return done("notify", isWanted);
    },
    revoke: (origin) => {
      sites = { ...sites, granted: sites.granted.filter((pattern) => pattern !== origin) };
      return done("revoke", origin);
    },
  });
  document.documentElement.lang = translate.language;
  document.documentElement.dir = translate.direction;
  const title = document.createElement("h1");
  title.append(translate("extensionName"));
  document.querySelector("#options")?.replaceChildren(title, ...view.elements);
  view.show(state, sites);
  // What is laid out belongs to the time that a person waits.
  const height = document.body.offsetHeight;
  Object.assign(globalThis, { asked, height, took: performance.now() - before });
}

Object.assign(globalThis, { drawOptions: draw, chrome: { runtime: { getURL: (path: string) => path } } });
