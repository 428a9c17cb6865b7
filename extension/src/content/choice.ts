/** What the person chose, as far as it can be seen: told once per choice, by their own press and nothing else. */
import type { Choice } from "../shared/ledger.ts";
import type { Found } from "./guard.ts";
import { isFor, isPressKey } from "./presses.ts";

/** Hears the person's presses on a dialog's controls. What was held by the speed bump never comes here. */
export class ChoiceListener {
  #found: Found | null = null;

  constructor(chose: (found: Found, choice: Choice) => void, signal: AbortSignal) {
    const hear = (event: Event): void => {
      const found = this.#found;
      if (found === null || !event.isTrusted || (event.type === "keydown" && !isPressKey(event))) return;
      if (found.accept !== null && isFor(event, found.accept)) chose(found, "accepted");
      else if (found.decline !== null && isFor(event, found.decline)) chose(found, "declined");
    };
    for (const type of ["click", "keydown"]) {
      globalThis.addEventListener(type, hear, { capture: true, passive: true, signal });
    }
  }

  listenTo(found: Found): void {
    this.#found = found;
  }
}

/** The notes of one page: which dialog was noted as what, and what was chosen last. */
export class ChoiceNotes {
  readonly #notes = new Map<string, { id: Promise<unknown>; choice: Choice }>();
  readonly #note: (id: string, choice: Choice) => void;

  constructor(note: (id: string, choice: Choice) => void) {
    this.#note = note;
  }

  /** @param id is the ledger's answer; anything but a text with letters: none is kept. */
  seen(dialog: string, id: () => Promise<unknown>): void {
    if (!this.#notes.has(dialog)) this.#notes.set(dialog, { id: id(), choice: "unknown" });
  }

  async chose(dialog: string, choice: Choice): Promise<void> {
    const note = this.#notes.get(dialog);
    if (note === undefined || note.choice === choice) return;
    note.choice = choice;
    const id = await note.id;
    if (typeof id === "string" && id !== "") this.#note(id, choice);
  }
}
