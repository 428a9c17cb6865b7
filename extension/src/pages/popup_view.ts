/** What the popup says, as elements: two states in, two sections out. */
import { make, makeMark } from "../shared/elements.ts";
import type { ChannelStatus, PageStatus } from "../shared/messages.ts";
import type { Translate } from "../shared/translate.ts";

export function makeHeader(translate: Translate): HTMLElement {
  return make("header", {}, makeMark(), make("h1", {}, translate("extensionName")));
}

/** Null: nobody answered in that tab, so it is not watched. */
export function makeSite(page: PageStatus | null, translate: Translate, unmute: () => void): HTMLElement {
  const section = make("section", { id: "site" }, make("h2", {}, translate("popupSiteHeading")));
  const say = (state: string, hint: string) =>
    section.append(make("p", { class: "state" }, state), make("p", { class: "quiet" }, hint));
  if (page === null) say(translate("popupNotWatched"), translate("popupNotWatchedHint"));
  else if (page.mute !== null) {
    say(translate("popupMuted", [page.host]), translate("popupMutedHint"));
    section.append(makeButton("unmute", translate("popupUnmute"), unmute));
  } else {
    const isQuiet = page.warning === null && page.pause === null;
    say(translate("popupWatched", [page.host]), isQuiet ? translate("popupQuiet") : "");
    if (page.pause !== null) section.append(makePaused(page.pause, translate));
    if (page.warning !== null) section.append(makeFired(page.warning, translate));
  }
  return section;
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

/** Null: the worker gave no answer. */
export function makeRules(
  channel: ChannelStatus | null,
  translate: Translate,
  now: Date,
  check: () => void,
): HTMLElement {
  const section = make("section", { id: "rules" }, make("h2", {}, translate("popupRulesHeading")));
  if (channel === null) {
    section.append(make("p", { class: "alert" }, translate("popupSilent")));
    return section;
  }
  const age = (moment: string, otherwise: string) => formatAge(moment, now, translate.language) ?? otherwise;
  const version = channel.version === 0 ? translate("overlayWhyBuiltIn") : String(channel.version);
  const rows: [string, string][] = [
    [translate("popupRulesInUse"), String(channel.ruleCount)],
    [translate("popupVersion"), version],
    [translate("popupPublished"), age(channel.publishedAt, "–")],
    [translate("popupChecked"), age(channel.checkedAt, translate("popupNeverChecked"))],
    [
      translate("popupSignature"),
      translate(channel.isExpired ? "popupSignatureExpired" : "popupSignatureGood"),
    ],
  ];
  section.append(
    make("dl", {}, ...rows.flatMap(([term, said]) => [make("dt", {}, term), make("dd", {}, said)])),
  );
  if (channel.isExpired) {
    section.append(make("p", { class: "alert", id: "expired" }, translate("popupExpired")));
  }
  if (channel.error !== "") {
    section.append(
      make("p", { class: "alert", id: "failed" }, translate("popupCheckFailed")),
      make(
        "details",
        {},
        make("summary", {}, translate("popupReason")),
        // In the words of the program, which are English.
        make("p", { lang: "en", dir: "ltr" }, channel.error),
      ),
    );
  }
  if (channel.skipped.length > 0) {
    section.append(
      make(
        "p",
        { class: "quiet", dir: "auto" },
        `${translate("popupSkipped")}: ${channel.skipped.join("; ")}`,
      ),
    );
  }
  section.append(makeButton("check", translate("popupCheckNow"), check));
  return section;
}

export function makeLimits(translate: Translate): HTMLElement {
  return make(
    "section",
    { id: "limits" },
    make("h2", {}, translate("popupBlindHeading")),
    make("p", { class: "quiet" }, translate("popupBlindText")),
  );
}

function makeButton(id: string, label: string, press: () => void): HTMLElement {
  const button = make("button", { type: "button", id }, label);
  button.addEventListener("click", press);
  return button;
}

/** "3 days ago" in the person's language; null for no moment. The plural is the browser's business. */
export function formatAge(moment: string, now: Date, language: string): string | null {
  const seconds = (Date.parse(moment) - now.getTime()) / 1000;
  if (Number.isNaN(seconds)) return null;
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const units: [Intl.RelativeTimeFormatUnit, number][] = [["day", 86_400], ["hour", 3_600], ["minute", 60]];
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit);
  }
  // A service's clock a little ahead of ours is no news from the future.
  return words.format(Math.min(0, Math.trunc(seconds)), "second");
}
