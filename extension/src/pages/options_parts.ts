/** What the sections of the options page are made of, and what they may ask for. */
import { make } from "../shared/elements.ts";
import type { OwnState } from "../shared/messages.ts";
import type { Mute } from "../shared/mutes.ts";
import type { Settings } from "../shared/settings.ts";
import type { Translate } from "../shared/translate.ts";

/** Built once, so that a search or a focus outlives a change; `show` brings it up to date. */
export interface Section {
  element: HTMLElement;
  show(state: OwnState): void;
}

/** What a press may lead to. Each is done, and shown, when its promise is; a failure is told by the one who does it. */
export interface Deeds {
  change(settings: Partial<Settings>): Promise<void>;
  unmute(id: string): Promise<void>;
  /** Takes an unmute back. */
  mute(mute: Mute): Promise<void>;
  /** Without an id: all of it. */
  erase(id?: string): Promise<void>;
  /** Answers why it was refused, in the program's words; empty when it was taken. */
  load(text: string): Promise<string>;
  revoke(origin: string): Promise<void>;
  /** Asks the browser for notifications, or gives them back. */
  notify(isWanted: boolean): Promise<void>;
  /** Says something to everybody, a screen reader's listener too. */
  say(words: string): void;
}

export function makeSection(id: string, heading: string, ...children: (Node | string)[]): HTMLElement {
  const title = make("h2", { id: `${id}-heading`, tabindex: "-1" }, heading);
  return make("section", { id, "aria-labelledby": title.id }, title, ...children);
}

export function makeButton(
  label: string,
  press: () => void,
  attributes: Record<string, string> = {},
): HTMLElement {
  const button = make("button", { type: "button", ...attributes }, label);
  button.addEventListener("click", press);
  return button;
}

export interface Switch {
  element: HTMLElement;
  show(isOn: boolean, isManaged: boolean): void;
}

/** The whole row can be pressed; its name is the label alone, and what it does is its description. */
export function makeSwitch(
  id: string,
  label: string,
  hint: string,
  translate: Translate,
  turn: (isOn: boolean) => void,
): Switch {
  const about = { id: `${id}-hint`, class: "hint quiet" };
  const reason = make("span", { class: "hint fixed", hidden: "" }, translate("optionsManaged"));
  const input = make("input", {
    type: "checkbox",
    role: "switch",
    class: "switch",
    id,
    "aria-labelledby": `${id}-label`,
    "aria-describedby": about.id,
  });
  const isFixed = () => input.getAttribute("aria-disabled") === "true";
  // A switch that is fixed stays in reach of the keyboard, because its reason is worth reading.
  input.addEventListener("click", (event) => isFixed() && event.preventDefault());
  input.addEventListener("change", () => turn(input.checked));
  const words = make("span", {}, make("span", { id: `${id}-label` }, label));
  words.append(make("span", about, hint, reason));
  return {
    element: make("label", { class: "row", for: id }, words, input),
    show(isOn, isManaged) {
      input.checked = isOn;
      input.setAttribute("aria-disabled", String(isManaged));
      reason.hidden = !isManaged;
    },
  };
}

/** The host is nobody's to arrange: it is set apart from the direction of our words, and cut where it would fill the page. */
export function makeSite(site: string): HTMLElement {
  return make("bdi", { class: "site" }, shorten(site));
}

const LONGEST = 100;

export function shorten(text: string): string {
  const letters = [...text.slice(0, 2 * LONGEST)];
  return letters.length <= LONGEST ? letters.join("") : `${letters.slice(0, LONGEST).join("")}…`;
}

/** A moment as this person writes it; what is no moment is a dash. One formatter, because a thousand cost a second. */
export function dateWriter(language: string): (moment: string) => string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  return (moment) => {
    const time = Date.parse(moment);
    return Number.isNaN(time) ? "–" : format.format(time);
  };
}

/** Asks before what cannot be undone. Escape is a no, and the focus returns to the button that asked. */
export function askFirst(question: string, yes: string, translate: Translate): Promise<boolean> {
  const words = make("p", { id: "question" }, question);
  const dialog = make("dialog", { class: "card", "aria-labelledby": words.id }, words);
  const close = (answer: string) => () => dialog.close(answer);
  dialog.append(
    make(
      "div",
      { class: "presses" },
      makeButton(translate("optionsCancel"), close(""), { autofocus: "" }),
      makeButton(yes, close("yes"), { class: "danger" }),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((answer) =>
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "yes");
    })
  );
}
