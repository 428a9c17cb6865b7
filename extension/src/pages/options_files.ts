/** Settings and mutes as a file: written here, read from one that is chosen or dropped. */
import { make } from "../shared/elements.ts";
import { exportText } from "../shared/exchange.ts";
import type { OwnState } from "../shared/messages.ts";
import type { Translate } from "../shared/translate.ts";
import { type Deeds, makeButton, makeSection, type Section } from "./options_parts.ts";

/** Ten thousand mutes are smaller. */
const MOST_BYTES = 4_000_000;

/** The browser's own way to save: made here, without a permission and without a network. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  make("a", { href: url, download: name }).click();
  // The browser takes the file in its own time; the address is worth nothing to anybody afterwards.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export function makeFiles(translate: Translate, deeds: Deeds): Section {
  let state: OwnState | null = null;
  const refusal = make("div", { role: "alert" });
  const input = make("input", {
    type: "file",
    id: "import",
    class: "unseen",
    accept: ".json,application/json",
  });
  input.addEventListener("change", () => {
    void load(input.files?.[0]);
    // The same file may be chosen again, mended.
    input.value = "";
  });
  const save = makeButton(
    translate("optionsExport"),
    () => state && saveFile("rollguard-settings.json", "application/json", exportText(state)),
  );
  const choose = make("label", { class: "button", for: input.id }, translate("optionsImport"));
  const drop = make(
    "div",
    { class: "drop" },
    input,
    choose,
    make("span", { class: "quiet" }, translate("optionsDrop")),
  );
  drop.addEventListener("dragover", (event) => mark(event, true));
  drop.addEventListener("dragleave", (event) => mark(event, false));
  drop.addEventListener("drop", (event) => {
    mark(event, false);
    void load(event.dataTransfer?.files[0]);
  });

  function mark(event: DragEvent, isOver: boolean): void {
    event.preventDefault();
    drop.classList.toggle("over", isOver);
  }

  async function load(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    refusal.replaceChildren();
    if (file.size > MOST_BYTES) return refuse(translate("optionsImportTooLarge"));
    const text = await readText(file);
    if (text === null) return refuse(translate("optionsImportNoText"));
    const reason = await deeds.load(text);
    if (reason === "") deeds.say(translate("optionsImported"));
    else refuse(reason);
  }

  function refuse(reason: string): void {
    refusal.replaceChildren(
      make(
        "p",
        { class: "alert" },
        translate("optionsImportFailed"),
        " ",
        make("span", { dir: "auto" }, reason),
      ),
    );
  }

  return {
    element: makeSection(
      "files",
      translate("optionsFiles"),
      make("p", { class: "quiet" }, translate("optionsFilesHint")),
      make("div", { class: "presses" }, save),
      drop,
      refusal,
    ),
    show: (now) => void (state = now),
  };
}

/** Null for a picture, a folder, a file that has gone. */
async function readText(file: File): Promise<string | null> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return null;
  }
}
