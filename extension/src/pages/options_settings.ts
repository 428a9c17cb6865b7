/** The switches, the language, and what an administrator has fixed. */
import { make } from "../shared/elements.ts";
import type { OwnState } from "../shared/messages.ts";
import { DEFAULT_SETTINGS, type Settings } from "../shared/settings.ts";
import type { MessageKey, Translate } from "../shared/translate.ts";
import { type Deeds, makeSection, makeSwitch, type Section, type Switch } from "./options_parts.ts";

type SwitchName = { [Name in keyof Settings]: Settings[Name] extends boolean ? Name : never }[keyof Settings];

const WORDS: Record<keyof Settings, MessageKey> = {
  speedBump: "settingsAskTwice",
  highlight: "optionsHighlight",
  ledger: "ledgerSwitch",
  sync: "optionsSyncSwitch",
  language: "optionsLanguage",
};

/** A section of switches, each with what it does. */
function makeSwitches(
  id: string,
  heading: MessageKey,
  hints: [SwitchName, MessageKey][],
  translate: Translate,
  deeds: Deeds,
): Section {
  const switches = hints.map(([name, hint]) => ({
    name,
    ...makeSwitch(
      `set-${name}`,
      translate(WORDS[name]),
      translate(hint),
      translate,
      (isOn) => void deeds.change({ [name]: isOn }),
    ),
  }));
  return {
    element: makeSection(id, translate(heading), ...switches.map(({ element }) => element)),
    show({ settings, managed }) {
      for (const { name, show } of switches) show(settings[name], managed.includes(name));
    },
  };
}

export function makeWarnings(translate: Translate, deeds: Deeds): Section {
  const hints: [SwitchName, MessageKey][] = [
    ["speedBump", "optionsSpeedBumpHint"],
    ["highlight", "optionsHighlightHint"],
  ];
  return makeSwitches("warnings", "optionsWarnings", hints, translate, deeds);
}

/** The browser's own switch, not a setting of ours: what it says is asked anew each time. */
export function makeNotifications(translate: Translate, deeds: Deeds): Switch {
  const [label, hint] = [translate("optionsNotify"), translate("optionsNotifyHint")];
  return makeSwitch("notify", label, hint, translate, (isOn) => void deeds.notify(isOn));
}

export function makeSync(translate: Translate, deeds: Deeds): Section {
  return makeSwitches("sync", "optionsSync", [["sync", "optionsSyncHint"]], translate, deeds);
}

/** `languages`: folders of `_locales`. */
export function makeLanguage(languages: string[], translate: Translate, deeds: Deeds): Section {
  const select = make("select", { id: "set-language", "aria-labelledby": "language-heading" });
  select.append(make("option", { value: "" }, translate("optionsLanguageBrowser")));
  const named = languages.map((language) => [language, ownName(language)] as const);
  for (const [value, name] of named.sort((one, other) => one[1].localeCompare(other[1]))) {
    select.append(make("option", { value, lang: value.replace("_", "-") }, name));
  }
  select.addEventListener("change", () => void deeds.change({ language: select.value }));
  const reason = make("p", { class: "quiet", hidden: "" }, translate("optionsManaged"));
  return {
    element: makeSection("language", translate("optionsLanguage"), select, reason),
    show({ settings, managed }) {
      select.value = settings.language;
      select.disabled = managed.includes("language");
      reason.hidden = !select.disabled;
    },
  };
}

/** As its speakers call it, with the letter that begins a line of ours. */
function ownName(language: string): string {
  const code = language.replace("_", "-");
  const name = new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
  const [first = "", ...rest] = name;
  return first.toLocaleUpperCase(code) + rest.join("");
}

/** Nothing where nobody manages this browser. */
export function makeManaged(translate: Translate): Section {
  const list = make("dl", {});
  const hint = make("p", { class: "quiet" }, translate("optionsManagedHint"));
  const element = makeSection("managed", translate("optionsManaged"), hint, list);
  return {
    element,
    show(state) {
      element.hidden = state.managed.length === 0;
      list.replaceChildren(...state.managed.flatMap((name) => makeFixed(name, state, translate)));
    },
  };
}

function makeFixed(name: string, state: OwnState, translate: Translate): HTMLElement[] {
  const row = (term: string, said: string) => [make("dt", {}, term), make("dd", {}, said)];
  if (name === "mutesForbidden") return row(translate("optionsMutesForbidden"), translate("optionsOff"));
  if (name === "mutedSites") return row(translate("optionsMutedSites"), (state.mutedSites ?? []).join(", "));
  // A policy that this page knows no words for is named as the administrator wrote it.
  if (!isSetting(name)) return row(name, "");
  return row(translate(WORDS[name]), writeValue(state.settings[name], translate));
}

function writeValue(value: Settings[keyof Settings], translate: Translate): string {
  if (typeof value === "boolean") return translate(value ? "optionsOn" : "optionsOff");
  return value === "" ? translate("optionsLanguageBrowser") : ownName(value);
}

function isSetting(name: string): name is keyof Settings {
  return Object.hasOwn(DEFAULT_SETTINGS, name);
}
