/** Draws the popup's sections for states that a test gives, and notes presses in `data-acts` of <html>. */
import { makeSite, type Site } from "../../extension/src/pages/popup_site.ts";
import { makeHeader, makeLimits, makeRules, makeWays } from "../../extension/src/pages/popup_view.ts";
import type { ChannelStatus } from "../../extension/src/shared/messages.ts";
import { type MessageTable, tableTranslate } from "../../extension/src/shared/translate.ts";

interface Setting {
  site: Site;
  channel: ChannelStatus | null;
  tables: Record<string, MessageTable>;
  language: string;
  now: string;
}

function draw({ site, channel, tables, language, now }: Setting): void {
  const translate = tableTranslate(tables, language);
  const note = (act: string) => () => document.documentElement.dataset.acts = act;
  document.documentElement.lang = translate.language;
  document.querySelector("#popup")?.replaceChildren(
    makeHeader(translate),
    makeSite(site, translate, new Date(now), { unmute: note("unmute"), allow: note("allow") }),
    makeWays(translate),
    makeRules(channel, translate, new Date(now), note("check")),
    makeLimits(translate),
  );
}

Object.assign(globalThis, { drawPopup: draw });
