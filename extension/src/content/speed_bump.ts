/**
 * The speed bump: the person's first press on the accept control of a warned dialog is held, once; the second goes through
 * untouched. Scripts' presses are none of our business, and without our warning on screen nothing is held.
 */
import type { Found } from "./guard.ts";
import { isFor, isPressKey } from "./presses.ts";

/** All that a page could take for the press. Browsers act on `click` and on keys alone, so only these are cancelled. */
const BEGINNINGS = ["pointerdown", "mousedown", "touchstart", "keydown"];
const ENDS = ["pointerup", "mouseup", "touchend", "pointercancel", "touchcancel", "keyup"];

/** ready → (a press begins) → held → (it has ended) → spent. */
type Phase = "ready" | "held" | "spent";

export class SpeedBump {
  #found: Found | null = null;
  #phase: Phase = "spent";
  #hasEnded = false;
  readonly #isOn: () => boolean;
  readonly #onHeld: (found: Found) => void;
  /** Never twice: the dialog, and what it says. */
  readonly #held = new Set<string>();

  /** @param isOn asks at the moment of the press whether the person sees the warning. */
  constructor(isOn: () => boolean, onHeld: (found: Found) => void, signal: AbortSignal) {
    this.#isOn = isOn;
    this.#onHeld = onHeld;
    // From the beginning of the page, on the window, capturing: ahead of the page's own.
    for (const type of [...BEGINNINGS, ...ENDS, "keypress", "click"]) {
      globalThis.addEventListener(type, (event) => this.#hear(event), {
        capture: true,
        passive: type !== "click" && type !== "keydown",
        signal,
      });
    }
  }

  guard(found: Found | null): void {
    const isSame = found !== null && this.#found !== null && nameOf(found) === nameOf(this.#found);
    this.#found = found;
    if (isSame) return; // shown anew, maybe in the middle of a press
    this.#hasEnded = false;
    this.#phase = found === null || this.#held.has(nameOf(found)) ? "spent" : "ready";
  }

  #hear(event: Event): void {
    const accept = this.#found?.accept ?? null;
    if (accept === null || this.#phase === "spent" || !event.isTrusted) return;
    if (this.#phase === "held" && ENDS.includes(event.type)) this.#hasEnded = true;
    if (!isFor(event, accept)) return;
    const begins = event.type === "click" || BEGINNINGS.includes(event.type);
    if (event instanceof KeyboardEvent && !isPressKey(event)) return;
    if (this.#phase === "held" && this.#isSecond(event)) {
      this.#phase = "spent";
      return;
    }
    if (this.#phase === "ready") {
      if (!begins || (event instanceof KeyboardEvent && event.repeat) || !this.#isOn()) return;
      this.#hold();
    }
    event.stopImmediatePropagation();
    if (event.type === "click" || event.type === "keydown") event.preventDefault();
    if (event.type === "click") this.#phase = "spent";
  }

  /** A press that follows the one that was held: on a control of the page's own making no click ends the first. */
  #isSecond(event: Event): boolean {
    if (!this.#hasEnded) return false;
    return event.type === "pointerdown" ||
      (event instanceof KeyboardEvent && event.type === "keydown" && !event.repeat);
  }

  #hold(): void {
    const found = this.#found;
    if (found === null) return;
    this.#phase = "held";
    this.#hasEnded = false;
    this.#held.add(nameOf(found));
    this.#onHeld(found);
  }
}

function nameOf({ key, print }: Found): string {
  return `${key} ${print}`;
}
