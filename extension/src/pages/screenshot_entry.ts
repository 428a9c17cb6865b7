/** How a picture or a text comes in: chosen, dropped, pasted or typed; and the bar while it is read. */
import { READABLE, usualLanguages } from "../recognise/languages.ts";
import { make } from "../shared/elements.ts";
import type { Translate } from "../shared/translate.ts";

export interface Entry {
  element: HTMLElement;
  /** The ticked ones, as in `_locales`. */
  languages(): string[];
}

interface Takers {
  /** Null: what came holds no picture. */
  picture(file: Blob | null): void;
  text(text: string): void;
}

export function makeEntry(translate: Translate, takers: Takers): Entry {
  const languages = makeLanguages(translate);
  const element = make(
    "div",
    {},
    make("h2", { class: "first" }, translate("shotTitle")),
    make("p", {}, translate("shotIntro")),
    make("p", { class: "quiet" }, translate("shotPrivate")),
    makeField(translate, takers),
    languages,
    makeTextForm(translate, takers),
  );
  return {
    element,
    languages: () =>
      [...languages.querySelectorAll<HTMLInputElement>("input:checked")].map(({ value }) => value),
  };
}

function makeField(translate: Translate, { picture }: Takers): HTMLElement {
  const input = make("input", {
    type: "file",
    accept: "image/*",
    class: "unseen",
    tabindex: "-1",
    "aria-hidden": "true",
  });
  const choose = make("button", { type: "button", class: "main", id: "choose" }, translate("shotChoose"));
  const field = make(
    "div",
    { class: "field" },
    choose,
    input,
    make("p", { class: "quiet" }, translate("shotDrop")),
  );
  choose.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    // The same file may be chosen again.
    input.value = "";
    if (file !== undefined) picture(file);
  });
  // Anywhere on the page: a browser would leave it and open the picture.
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    field.classList.add("over");
  });
  document.addEventListener("dragleave", () => field.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    field.classList.remove("over");
    picture(pictureIn(event.dataTransfer));
  });
  document.addEventListener("paste", (event) => {
    const file = pictureIn(event.clipboardData);
    if (file === null && event.target instanceof HTMLTextAreaElement) return;
    event.preventDefault();
    picture(file);
  });
  return field;
}

/** Whatever the file is: one that is no picture is refused with the reason when it is opened. */
function pictureIn(data: DataTransfer | null): Blob | null {
  return data?.files[0] ?? null;
}

function makeLanguages(translate: Translate): HTMLElement {
  const usual = usualLanguages(translate.language);
  const names = new Intl.DisplayNames([translate.language], { type: "language" });
  const choices = READABLE.map(({ code }) => {
    const box = make("input", { type: "checkbox", name: "language", value: code });
    box.checked = usual.includes(code);
    return make("label", { class: "choice" }, box, names.of(code) ?? code);
  });
  return make(
    "fieldset",
    {},
    make("legend", {}, translate("shotLanguages")),
    make("div", { class: "choices" }, ...choices),
    make("p", { class: "quiet" }, translate("shotLanguagesHint")),
  );
}

function makeTextForm(translate: Translate, { text }: Takers): HTMLElement {
  const field = make("textarea", { id: "text", rows: "5", dir: "auto", "aria-describedby": "text-hint" });
  const form = make(
    "form",
    {},
    make("label", { for: "text" }, translate("shotText")),
    field,
    make("p", { id: "text-hint", class: "quiet" }, translate("shotTextHint")),
    make("button", { type: "submit" }, translate("shotTextCheck")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    text(field.value);
  });
  return form;
}

/** The picture, how far its reading is, and a way to stop it. */
export function makeProgress(
  file: Blob,
  translate: Translate,
  cancel: () => void,
): { element: HTMLElement; show(percent: number): void; end(): void } {
  const address = URL.createObjectURL(file);
  const bar = make("progress", { max: "100", "aria-label": translate("shotReading") });
  const stop = make("button", { type: "button", id: "cancel" }, translate("optionsCancel"));
  stop.addEventListener("click", () => {
    // The button goes, and the focus must not go with it.
    document.querySelector<HTMLElement>("#choose")?.focus();
    cancel();
  });
  const preview = make("img", { src: address, alt: "" });
  return {
    element: make("div", { class: "card reading" }, preview, make("div", {}, bar, stop)),
    show: (percent) => bar.value = percent,
    end: () => URL.revokeObjectURL(address),
  };
}
