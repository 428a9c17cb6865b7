/** The parts of the welcome page, as elements. */
import { make } from "../shared/elements.ts";
import { askFor, EVERY_SITE, giveBack } from "../shared/site_access.ts";
import type { MessageKey, Translate } from "../shared/translate.ts";
import { makePicture } from "./welcome_pictures.ts";

const SCENES = [["ask", "welcomeAsk"], ["warn", "welcomeWarn"], ["decide", "welcomeDecide"]] as const;

export function makePictures(translate: Translate): HTMLElement {
  const figures = SCENES.map(([scene, words]) =>
    make("li", {}, makePicture(scene), make("p", {}, translate(words)))
  );
  return make("ol", { class: "scenes" }, ...figures);
}

/** A dialog of nobody, with the words that such dialogs use; its buttons only close it. */
export function makeDemo(translate: Translate): HTMLElement {
  const said = make("p", { class: "quiet", role: "status" });
  const choices = (["welcomeDemoRefuse", "welcomeDemoAllow"] as const).map((words) =>
    button(translate(words))
  );
  const title = make("h3", { id: "demo-title" }, translate("welcomeDemoTitle"));
  const dialog = make(
    "dialog",
    { "aria-labelledby": "demo-title", id: "demo" },
    make("p", { class: "brand", "aria-hidden": "true" }, "SnapVault"),
    title,
    make("p", {}, translate("welcomeDemoText")),
    make("div", { class: "choice" }, ...choices),
  );
  for (const choice of choices) choice.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => said.textContent = translate("welcomeDemoSaid"));
  const show = button(translate("welcomeDemoShow"), "main");
  show.addEventListener("click", () => {
    said.textContent = "";
    dialog.showModal();
  });
  return section(
    translate("welcomeDemoHeading"),
    make("p", {}, translate("welcomeDemoHint")),
    make("p", {}, show),
    said,
    dialog,
  );
}

/** @param isFixed the build watches every site; there is nothing to ask and nothing to take back. */
export function makeEverySite(translate: Translate, isAllowed: boolean, isFixed: boolean): HTMLElement {
  const state = translate(isAllowed ? "welcomeEveryOn" : "welcomeEveryOff");
  const change = button(
    translate(isAllowed ? "welcomeEveryBack" : "welcomeEveryAllow"),
    isAllowed ? "" : "main",
  );
  // Nothing is awaited before: the browser asks only in the turn of the press.
  change.addEventListener("click", () => void (isAllowed ? giveBack(EVERY_SITE) : askFor(EVERY_SITE)));
  const made = section(
    translate("welcomeEveryHeading"),
    make("p", {}, translate("welcomeEveryText")),
    make("p", { class: "state", role: "status" }, state),
    ...(isFixed ? [] : [make("p", {}, change)]),
  );
  made.id = "every-site";
  return made;
}

const RIGHTS = [
  ["welcomeSites", "welcomeSitesWhy"],
  ["welcomeStorage", "welcomeStorageWhy"],
  ["welcomeAlarms", "welcomeAlarmsWhy"],
  ["welcomeScripting", "welcomeScriptingWhy"],
  ["welcomeActiveTab", "welcomeActiveTabWhy"],
] as const satisfies [MessageKey, MessageKey][];

export function makeRights(translate: Translate): HTMLElement {
  const rows = RIGHTS.flatMap(([name, why]) => [
    make("dt", {}, translate(name)),
    make("dd", {}, translate(why)),
  ]);
  return section(
    translate("welcomeRightsHeading"),
    make("dl", { class: "card rights" }, ...rows),
    make("p", { class: "alert" }, translate("welcomeNever")),
  );
}

const LIMITS = [
  ["welcomeLimitApp", "checkup", "popupCheckup"],
  ["welcomeLimitPicture", "screenshot", "popupScreenshot"],
] as const satisfies [MessageKey, string, MessageKey][];

/** What it cannot see, each with what to do then. */
export function makeLimits(translate: Translate): HTMLElement {
  const rows = LIMITS.map(([limit, page, way]) =>
    make(
      "li",
      { class: "row" },
      make("span", {}, translate(limit)),
      make("a", { class: "button", href: `${page}.html` }, translate(way)),
    )
  );
  const frame = make("li", { class: "row" }, make("span", {}, translate("welcomeLimitClosed")));
  return section(translate("popupBlindHeading"), make("ul", { class: "card limits" }, ...rows, frame));
}

function section(heading: string, ...content: Node[]): HTMLElement {
  return make("section", {}, make("h2", {}, heading), ...content);
}

function button(label: string, look = ""): HTMLButtonElement {
  return make("button", { type: "button", ...(look === "" ? {} : { class: look }) }, label);
}
