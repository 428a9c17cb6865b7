/** What the popup says of the tab: its state in one sentence, and the one press that changes it. */
import { make } from "../shared/elements.ts";
import type { LedgerEntry } from "../shared/ledger.ts";
import type { PageStatus } from "../shared/messages.ts";
import type { Mute } from "../shared/mutes.ts";
import type { Translate } from "../shared/translate.ts";
import { formatAge, formatDay } from "./moments.ts";

/** The tab in front. */
export interface Site {
  /** Null: no script of ours answered there. */
  page: PageStatus & { allowedOn?: string } | null;
  /** What to ask the person for, where Rollguard may not look at the page; null: it may, or nobody ever may. */
  wanted: string | null;
  host: string;
  /** A page of the browser, a store, a file: nobody can allow it. */
  isOutOfReach: boolean;
  /** The last warning that was shown, wherever it was. */
  last: LedgerEntry | null;
}

export interface SiteActs {
  unmute(): void;
  allow(): void;
}

export function makeSite(site: Site, translate: Translate, now: Date, acts: SiteActs): HTMLElement {
  return make(
    "section",
    { id: "site" },
    make("h2", {}, translate("popupSiteHeading")),
    ...makeState(site, translate, acts),
    ...makeLast(site.last, translate, now),
  );
}

function makeState({ page, wanted, host, isOutOfReach }: Site, translate: Translate, acts: SiteActs): Node[] {
  if (isOutOfReach) return [say(translate("popupOutOfReach"))];
  if (wanted !== null) {
    return [
      say(translate("popupNotAllowed", [host])),
      makeButton("allow", translate("popupAllow", [host]), acts.allow, "main"),
    ];
  }
  if (page === null) return [say(translate("popupNotWatched")), hint(translate("popupReload"))];
  if (page.mute !== null) {
    return [
      say(muted(page.mute, host, translate)),
      makeButton("unmute", translate("popupUnmute"), acts.unmute),
    ];
  }
  const isQuiet = page.warning === null && page.pause === null;
  return [
    say(translate("popupWatched", [host])),
    ...(isQuiet ? [hint(translate("popupQuiet"))] : []),
    ...(page.pause === null ? [] : [makePaused(page.pause, translate)]),
    ...(page.warning === null ? [] : [makeFired(page.warning, translate)]),
    ...makeReminder(page.allowedOn, translate),
  ];
}

function muted({ scope, until }: Mute, host: string, translate: Translate): string {
  if (scope === "rule" || scope === "wording") return translate("popupMutedQuestion", [host]);
  if (until === "") return translate("popupMuted", [host]);
  return translate("popupMutedUntil", [host, formatDay(until, translate.language)]);
}

const PAUSED = {
  changes: "popupPausedChanges",
  size: "popupPausedSize",
  dialogs: "popupPausedDialogs",
} as const;

function makePaused(
  { reason, seconds }: NonNullable<PageStatus["pause"]>,
  translate: Translate,
): HTMLElement {
  return make(
    "div",
    { class: "alert", id: "paused" },
    make("div", {}, translate(PAUSED[reason])),
    make("div", {}, translate("popupResumes", [String(seconds)])),
  );
}

function makeFired(warning: NonNullable<PageStatus["warning"]>, translate: Translate): HTMLElement {
  const key = warning.severity === "warning" ? "popupFired" : "popupNoticed";
  return make(
    "div",
    { class: "alert", id: "fired" },
    make("div", {}, translate(key, [warning.product])),
    make("div", {}, translate("popupRule", [warning.rule])),
  );
}

function makeReminder(allowedOn: string | undefined, translate: Translate): Node[] {
  const day = formatDay(allowedOn ?? "", translate.language);
  if (day === "") return [];
  const way = make("a", { href: "checkup.html", target: "_blank" }, translate("popupUndoAllowed"));
  return [
    make(
      "div",
      { class: "alert", id: "allowed" },
      make("div", {}, translate("popupAllowedOn", [day])),
      make("div", {}, way),
    ),
  ];
}

function makeLast(last: LedgerEntry | null, translate: Translate, now: Date): Node[] {
  const age = last === null ? null : formatAge(last.seen, now, translate.language);
  if (last === null || age === null) return [];
  return [make("p", { class: "quiet", id: "last" }, translate("popupLast", [last.product, last.site, age]))];
}

function say(state: string): HTMLElement {
  return make("p", { class: "state" }, state);
}

function hint(words: string): HTMLElement {
  return make("p", { class: "quiet" }, words);
}

export function makeButton(id: string, label: string, press: () => void, look = ""): HTMLElement {
  const button = make("button", { type: "button", id, ...(look === "" ? {} : { class: look }) }, label);
  button.addEventListener("click", press);
  return button;
}
