/** The whole options page: what is known in, sections out, each brought up to date when something changes. */
import { make } from "../shared/elements.ts";
import type { ChannelStatus, OwnState } from "../shared/messages.ts";
import type { Translate } from "../shared/translate.ts";
import { makeAbout } from "./options_about.ts";
import { makeFiles } from "./options_files.ts";
import { makeLedger } from "./options_ledger.ts";
import { makeMutes } from "./options_mutes.ts";
import type { Deeds } from "./options_parts.ts";
import { makeLanguage, makeManaged, makeNotifications, makeSync, makeWarnings } from "./options_settings.ts";
import { makeSites, type Rights } from "./options_sites.ts";

/** What does not change while the page is open. */
export interface Surroundings {
  /** Of Rollguard. */
  version: string;
  /** Folders of `_locales`. */
  languages: string[];
  channel: ChannelStatus | null;
}

export interface OptionsView {
  elements: HTMLElement[];
  show(state: OwnState, rights: Rights): void;
  /** For a screen reader: the eye sees it where it happened. */
  say(words: string): void;
  /** For everybody, and it stays until something succeeds. */
  fail(words: string): void;
}

export function makeOptions(
  { version, languages, channel }: Surroundings,
  translate: Translate,
  deeds: Omit<Deeds, "say">,
): OptionsView {
  const said = make("p", { class: "unseen", role: "status" });
  const failed = make("p", { class: "failed", role: "alert" });
  const say = (words: string) => said.replaceChildren(words);
  const able: Deeds = { ...deeds, say };
  const sites = makeSites(translate, able);
  const notifications = makeNotifications(translate, able);
  const notes = make("div", { id: "notes" });
  const sections = {
    warnings: makeWarnings(translate, able),
    language: makeLanguage(languages, translate, able),
    mutes: makeMutes(translate, able),
    ledger: makeLedger(translate, able),
    files: makeFiles(translate, able),
    sync: makeSync(translate, able),
    managed: makeManaged(translate),
  };
  const { warnings, language, ...rest } = sections;
  warnings.element.append(notifications.element);
  return {
    elements: [
      notes,
      warnings.element,
      language.element,
      sites.element,
      ...Object.values(rest).map(({ element }) => element),
      makeAbout(version, channel, translate),
      said,
      failed,
    ],
    show(state, rights) {
      failed.replaceChildren();
      notes.replaceChildren(
        ...(state.notes ?? []).map((note) => make("p", { class: "alert", dir: "auto" }, note)),
      );
      for (const section of Object.values(sections)) section.show(state);
      sites.show(rights);
      notifications.show(rights.isNotifying, false);
    },
    say,
    fail: (words) => failed.replaceChildren(make("span", { class: "alert" }, words)),
  };
}
