/** What the person muted: searchable, and each can be undone, and the undoing as well. */
import { make } from "../shared/elements.ts";
import { isInForce, type Mute, type MuteScope } from "../shared/mutes.ts";
import type { MessageKey, Translate } from "../shared/translate.ts";
import { fold, makeLongList, makeSearch } from "./options_list.ts";
import {
  dateWriter,
  type Deeds,
  makeButton,
  makeSection,
  makeSite,
  type Section,
  shorten,
} from "./options_parts.ts";

const REACHES: Record<MuteScope, MessageKey> = {
  site: "optionsMuteSite",
  week: "optionsMuteSite",
  rule: "overlayMuteRule",
  wording: "overlayMuteWording",
};

export function makeMutes(translate: Translate, deeds: Deeds): Section {
  const write = dateWriter(translate.language);
  let mutes: Mute[] = [];
  /** Unmuted here and now. They keep their places, so that the way back lies under the same finger. */
  let gone: Mute[] = [];

  const none = make("p", { class: "quiet" }, translate("optionsMutesNone"));
  const rows = make("ul", { class: "list" });
  const list = makeLongList(rows, makeRow, translate);
  const [search, wanted] = makeSearch("mutes-search", translate("optionsMutesSearch"), () => show());

  function makeRow(mute: Mute): HTMLElement {
    const isGone = gone.includes(mute);
    const site = makeSite(mute.site);
    const what = [reachOf(mute), isGone ? "" : translate("optionsSince", [write(mute.since)])];
    if (!isGone && mute.until !== "") what.push(translate("optionsUntil", [write(mute.until)]));
    const words = isGone
      ? make("span", { class: "quiet" }, translate("optionsUnmuted", [shorten(mute.site)]))
      : make("strong", {}, site);
    const hint = make("span", { class: "hint quiet" }, what.filter((part) => part !== "").join(" · "));
    const label = translate(isGone ? "overlayUndo" : "optionsUnmute");
    const button = makeButton(label, () => void (isGone ? muteAgain(mute) : unmute(mute)), {
      "data-mute": mute.id,
      "aria-label": `${label}: ${shorten(mute.site)}`,
    });
    return make("li", { class: "row" }, make("div", {}, words, hint), button);
  }

  function reachOf({ scope, rule }: Mute): string {
    return rule === "" ? translate(REACHES[scope]) : `${translate(REACHES[scope])}: ${shorten(rule)}`;
  }

  async function unmute(mute: Mute): Promise<void> {
    gone = [...gone, mute];
    await deeds.unmute(mute.id);
    focus(mute.id);
    if (!gone.includes(mute)) return;
    deeds.say(translate("optionsUnmuted", [shorten(mute.site)]));
  }

  /** Under a new name: the old one may be known as undone elsewhere. */
  async function muteAgain(mute: Mute): Promise<void> {
    const again = { ...mute, id: crypto.randomUUID() };
    await deeds.mute(again);
    if (!mutes.some(({ id }) => id === again.id)) return;
    gone = gone.filter((other) => other !== mute);
    show();
    focus(again.id);
    deeds.say(translate("optionsUndone", [shorten(mute.site)]));
  }

  function focus(id: string): void {
    const button = [...rows.querySelectorAll("button")].find(({ dataset }) => dataset.mute === id);
    (button ?? element.querySelector<HTMLElement>("h2"))?.focus();
  }

  function show(): void {
    // What the worker still has was not unmuted.
    gone = gone.filter(({ id }) => !mutes.some((mute) => mute.id === id));
    const all = [...mutes, ...gone].sort((one, other) => other.since.localeCompare(one.since));
    const words = wanted();
    const isWanted = (mute: Mute) => fold(`${shorten(mute.site)} ${reachOf(mute)}`).includes(words);
    none.hidden = all.length > 0;
    search.hidden = all.length === 0;
    list.show(words === "" ? all : all.filter(isWanted), all.length);
  }

  const element = makeSection("mutes", translate("optionsMutes"), none, search, rows, list.foot);
  return {
    element,
    show(state) {
      mutes = state.mutes.filter((mute) => isInForce(mute, Date.now()));
      show();
    },
  };
}
