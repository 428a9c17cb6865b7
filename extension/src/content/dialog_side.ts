/**
 * What is done at the dialog itself, in its own frame, while its warning is on screen: its words are marked, its accept
 * control's first press is held, its decline control is pointed at, and the person's choice is heard.
 */
import type { Choice } from "../shared/ledger.ts";
import type { DialogAct } from "../shared/messages.ts";
import type { Settings } from "../shared/settings.ts";
import type { Translate } from "../shared/translate.ts";
import { anchorOf } from "./anchor.ts";
import { ChoiceListener } from "./choice.ts";
import type { Found, Guard } from "./guard.ts";
import { highlight } from "./highlight.ts";
import { pointAt } from "./pointing.ts";
import { SpeedBump } from "./speed_bump.ts";

type Dialogs = Pick<Guard, "current" | "pressDecline" | "dismiss" | "recall">;

export interface DialogSideHost {
  settings(): Settings;
  /** Whether the person sees the warning of this dialog now. */
  isSeen(found: Found): boolean;
  /** The warning's first line. */
  titleOf(found: Found): string;
  chose(found: Found, choice: Choice): void;
}

export class DialogSide {
  readonly #guard: Dialogs;
  readonly #host: DialogSideHost;
  readonly #translate: Translate;
  readonly #bump: SpeedBump;
  readonly #choices: ChoiceListener;
  #warned: Found | null = null;
  #marked: StaticRange[] = [];
  #unmark = () => {};
  #pointing = new AbortController();

  constructor(guard: Dialogs, host: DialogSideHost, translate: Translate, signal: AbortSignal) {
    this.#guard = guard;
    this.#host = host;
    this.#translate = translate;
    const isOn = () => this.#warned !== null && host.settings().speedBump && host.isSeen(this.#warned);
    this.#bump = new SpeedBump(isOn, (found) => this.#sayHeld(found), signal);
    this.#choices = new ChoiceListener((found, choice) => host.chose(found, choice), signal);
    signal.addEventListener("abort", () => this.#warn(null), { once: true });
  }

  /** What a button of the warning wants done, or that it has come or gone. */
  act(key: string, what: DialogAct): void {
    const found = this.#guard.current(key);
    if (what === "press") this.#guard.pressDecline(key);
    else if (what === "dismiss") this.#guard.dismiss(key);
    else if (what === "recall") this.#guard.recall();
    else if (what === "hidden") this.gone(key);
    else if (what === "shown") this.#warn(found);
    else if (found !== null) this.#showDecline(found);
  }

  /** The dialog whose warning is on screen; null when none of this frame's is. */
  #warn(found: Found | null): void {
    if (found !== this.#warned) this.#pointing.abort();
    this.#warned = found;
    // What is chosen after "let me decide" is a choice, too.
    if (found !== null) this.#choices.listenTo(found);
    this.#bump.guard(found?.verdict.severity === "warning" ? found : null);
    this.refresh();
  }

  /** The dialog has gone, or its warning. */
  gone(key: string): void {
    if (this.#warned?.key === key) this.#warn(null);
  }

  /** The page has changed: the words may stand elsewhere. */
  refresh(): void {
    const places = this.#host.settings().highlight ? this.#warned?.ranges ?? [] : [];
    if (places === this.#marked || places.length + this.#marked.length === 0) return;
    this.#unmark();
    this.#marked = places;
    this.#unmark = highlight(places);
  }

  #showDecline(found: Found): void {
    const { decline } = found;
    if (decline === null) return;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    decline.scrollIntoView({ block: "center", inline: "nearest", behavior: isCalm ? "auto" : "smooth" });
    this.#point(found, decline, found.accept, "status", [this.#translate("overlayDeclineHere")]);
  }

  #sayHeld(found: Found): void {
    const { accept, decline, verdict } = found;
    if (accept === null) return;
    const hold = this.#translate("overlayHold", [verdict.accept?.label ?? ""]);
    this.#point(found, accept, decline, "alert", [this.#host.titleOf(found), hold]);
  }

  #point(
    found: Found,
    control: Element,
    other: Element | null,
    role: "alert" | "status",
    words: string[],
  ): void {
    this.#pointing.abort();
    this.#pointing = new AbortController();
    const container = anchorOf(found).container();
    const avoid = [control, other].filter((each) => each !== null);
    pointAt({ control, avoid, words, role, container, translate: this.#translate }, this.#pointing.signal);
  }
}
