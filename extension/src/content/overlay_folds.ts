/** What the card folds away: the way out for those who allowed it, the proof, muting, a report. */
import { make, makeIcon } from "../shared/elements.ts";
import type { MessageKey } from "../shared/message_keys.ts";
import type { Warning } from "../shared/messages.ts";
import type { MuteScope } from "../shared/mutes.ts";
import type { Translate } from "../shared/translate.ts";
import { makeEvidence, reportText } from "./overlay_evidence.ts";

/** "dialog" is no mute: it ends with the dialog. */
export type Reach = MuteScope | "dialog";

/** From narrow to wide. */
export const REACHES: Record<Reach, MessageKey> = {
  dialog: "overlayMuteDialog",
  wording: "overlayMuteWording",
  rule: "overlayMuteRule",
  week: "overlayMuteWeek",
  site: "overlayMuteSite",
};

const CHEVRON = "m6 9 6 6 6-6";

export function makeFolds(
  warning: Warning,
  siteHost: string,
  steps: string[],
  translate: Translate,
): HTMLElement {
  const { language } = warning.text;
  const folds = make("div", { class: "folds" });
  const add = (key: MessageKey, ...content: Node[]) =>
    folds.append(makeFold(make("span", {}, translate(key)), ...content));
  if (steps.length > 0) {
    const items = steps.map((step) => make("li", { dir: "auto" }, step));
    add("overlayTurnOff", make("ol", { lang: language }, ...items));
  }
  add("overlayWhy", ...makeEvidence(warning, siteHost, translate));
  add("overlayMuteHeading", makeMutes(translate));
  add("overlayReport", ...makeReport(warning, translate));
  return folds;
}

export function makeFold(label: HTMLElement, ...content: Node[]): HTMLElement {
  const chevron = makeIcon(CHEVRON);
  chevron.setAttribute("class", "chevron stroke");
  label.classList.add("label");
  return make("details", {}, make("summary", {}, label, chevron), make("div", {}, ...content));
}

function makeMutes(translate: Translate): HTMLElement {
  const buttons = Object.entries(REACHES).map(([reach, key]) =>
    make("li", {}, makeAct("mute", translate(key), { "data-reach": reach }))
  );
  return make("ul", { class: "mutes" }, ...buttons);
}

function makeReport(warning: Warning, translate: Translate): Node[] {
  // No form field: for those of a page, browsers ask their maker what may be filled in.
  const preview = make("pre", {
    role: "textbox",
    "aria-readonly": "true",
    "aria-multiline": "true",
    tabindex: "0",
    dir: "ltr",
    "aria-label": translate("overlayReportText"),
  }, reportText(warning));
  const copy = makeAct("copy", translate("overlayCopy"), { "data-done": translate("overlayCopied") });
  return [
    make("p", {}, translate("overlayReportIntro")),
    preview,
    copy,
    make("span", { class: "unseen", role: "status" }),
  ];
}

export function makeAct(act: string, label: string, more: Record<string, string> = {}): HTMLElement {
  return make("button", { type: "button", class: act, "data-act": act, ...more }, label);
}

/** Copies what the preview beside the button shows, for a person who pressed it, and says so. */
export async function copyReport(button: Element): Promise<void> {
  const fold = button.parentElement;
  const preview = fold?.querySelector("pre") ?? null;
  const done = button.getAttribute("data-done") ?? "";
  if (preview === null) return;
  try {
    await navigator.clipboard.writeText(preview.textContent ?? "");
  } catch {
    // No clipboard here (no https, or a policy of the page): select it, so that one key copies it.
    preview.focus();
    getSelection()?.selectAllChildren(preview);
    if (!document.execCommand("copy")) return;
  }
  button.textContent = done;
  fold?.querySelector("[role=status]")?.replaceChildren(done);
}
