/** What the popup says besides the tab's state: the rules, the ways on, the limits. */
import { make, makeMark } from "../shared/elements.ts";
import type { ChannelStatus } from "../shared/messages.ts";
import type { MessageKey, Translate } from "../shared/translate.ts";
import { makeDrawing } from "./icons.ts";
import { formatAge } from "./moments.ts";
import { makeButton } from "./popup_site.ts";

export function makeHeader(translate: Translate): HTMLElement {
  return make("header", {}, makeMark(), make("h1", {}, translate("extensionName")));
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
  section.append(makeList([
    [translate("popupRulesInUse"), String(channel.ruleCount)],
    [translate("popupVersion"), version],
    [translate("popupPublished"), age(channel.publishedAt, "–")],
    [translate("popupChecked"), age(channel.checkedAt, translate("popupNeverChecked"))],
    [
      translate("popupSignature"),
      translate(channel.isExpired ? "popupSignatureExpired" : "popupSignatureGood"),
    ],
  ]));
  if (channel.isExpired) {
    section.append(make("p", { class: "alert", id: "expired" }, translate("popupExpired")));
  }
  if (channel.error !== "") {
    section.append(
      make("p", { class: "alert", id: "failed" }, translate("popupCheckFailed")),
      // In the words of the program, which are English.
      makeFold(translate("popupReason"), make("p", { lang: "en", dir: "ltr" }, channel.error)),
    );
  }
  if (channel.skipped.length > 0) {
    const names = make("p", { dir: "auto" }, channel.skipped.join("; "));
    section.append(makeFold(translate("popupSkipped"), names));
  }
  section.append(makeButton("check", translate("popupCheckNow"), check));
  return section;
}

const WAYS = [
  ["checkup", "popupCheckup"],
  ["screenshot", "popupScreenshot"],
  ["options", "popupOptions"],
  ["welcome", "popupWelcome"],
] as const satisfies [string, MessageKey][];

/** To our own pages; each fills a tab, and the popup closes. */
export function makeWays(translate: Translate): HTMLElement {
  const ways = WAYS.map(([page, words]) =>
    make("a", { href: `${page}.html`, target: "_blank" }, makeDrawing(page), translate(words))
  );
  return make("nav", { "aria-label": translate("extensionName") }, ...ways);
}

export function makeLimits(translate: Translate): HTMLElement {
  const fold = makeFold(translate("popupBlindHeading"), make("p", {}, translate("popupBlindText")));
  return make("section", { id: "limits" }, fold);
}

function makeList(rows: [string, string][]): HTMLElement {
  return make("dl", {}, ...rows.flatMap(([term, said]) => [make("dt", {}, term), make("dd", {}, said)]));
}

function makeFold(heading: string, content: HTMLElement): HTMLElement {
  return make("details", {}, make("summary", {}, heading), content);
}
