/** The top frame's part in a warning: what our buttons do, for a dialog of its own or of a frame, and what is noted of it. */
import type { Message } from "../shared/browser.ts";
import type { Choice } from "../shared/ledger.ts";
import {
  type DialogAct,
  MUTE,
  NOTE_CHOICE,
  NOTE_SEEN,
  SHOUT,
  UNMUTE,
  type Warning,
} from "../shared/messages.ts";
import { ChoiceNotes } from "./choice.ts";
import type { OverlayActions } from "./overlay_contract.ts";

export class Warned {
  readonly #send: (message: Message) => Promise<unknown>;
  readonly #notes: ChoiceNotes;

  constructor(send: (message: Message) => Promise<unknown>) {
    this.#send = send;
    this.#notes = new ChoiceNotes((id, choice) => void send({ type: NOTE_CHOICE, id, choice }));
  }

  /** The person's own press on a control of that dialog. */
  chose(dialog: string, choice: Choice): void {
    void this.#notes.chose(dialog, choice);
  }

  /**
   * @param dialog names it among all frames of this page.
   * @param act does what is to be done where the dialog is.
   */
  actionsFor(dialog: string, warning: Warning, act: (what: DialogAct) => void): OverlayActions {
    const { rule, severity, print, host, rulesVersion } = warning;
    let undo = () => {};
    return {
      press: () => {
        act("press");
        this.chose(dialog, "declined");
      },
      dismiss: () => {
        act("dismiss");
        this.chose(dialog, "dismissed");
        undo = () => act("recall");
      },
      mute: (scope) => {
        const muted = this.#send({ type: MUTE, scope, rule: rule.id, print });
        this.chose(dialog, "muted");
        undo = () => void this.#unmute(muted);
      },
      undo: () => {
        undo();
        this.chose(dialog, "unknown");
      },
      showDecline: () => act("show"),
      removed: () => void this.#send({ type: SHOUT, rule: rule.id, host }),
      shown: (isShown) => {
        act(isShown ? "shown" : "hidden");
        const seen = { type: NOTE_SEEN, rule: rule.id, severity, print, host, rulesVersion };
        if (isShown) this.#notes.seen(dialog, () => this.#send(seen));
      },
    };
  }

  async #unmute(muted: Promise<unknown>): Promise<void> {
    const mute = await muted as { id?: unknown } | undefined;
    if (typeof mute?.id === "string") await this.#send({ type: UNMUTE, ids: [mute.id] });
  }
}
