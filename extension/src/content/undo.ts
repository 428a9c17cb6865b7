/** "Muted: … · Undo": a small line that stays for a moment after muting. */
import { make, makeMark } from "../shared/elements.ts";
import type { Translate } from "../shared/translate.ts";
import { makeAct } from "./overlay_folds.ts";
import { guardOverlay } from "./overlay_guard.ts";
import { createHost, promote } from "./overlay_host.ts";
import { styleOverlay } from "./overlay_style.ts";
import type { Box } from "./placement.ts";

export interface Offer {
  said: string;
  undo(): void;
  container: Element;
  /** Where the overlay was: eyes are there. */
  beside: Box;
  /** Muted by keyboard: the keyboard goes on to the line. */
  isKeyboard: boolean;
  translate: Translate;
}

const TAG = "rollguard-undo";
const STAYS_MS = 8_000;
/** Under the pointer or the keyboard it stays, and is asked again. */
const ASKED_AGAIN_MS = 1_000;

let ending: AbortController | null = null;

/** The line goes: its time is over, or something more important is shown. */
export function endUndo(): void {
  ending?.abort();
  ending = null;
}

export function offerUndo({ said, undo, container, beside, isKeyboard, translate }: Offer): void {
  endUndo();
  const { signal } = ending = new AbortController();
  const { host, shadow } = createHost(TAG);
  const before = document.activeElement;
  container.append(host);
  const status = make("span", { role: "status", class: "said" });
  const button = makeAct("undo", translate("overlayUndo"));
  const { language: lang, direction: dir } = translate;
  styleOverlay(shadow)({ ...beside, kind: "over" });
  shadow.append(
    make(
      "section",
      { class: "root chip", role: "region", "aria-label": said, lang, dir },
      makeMark(),
      status,
      button,
    ),
  );
  promote(host);
  const leave = (): void => {
    const hadFocus = document.activeElement === host;
    endUndo();
    if (hadFocus && before instanceof HTMLElement && before.isConnected) {
      before.focus({ preventScroll: true });
    }
  };
  guardOverlay({
    host,
    shadow,
    onPress(pressed) {
      if (pressed.closest("[data-act=undo]") === null) return;
      leave();
      undo();
    },
    onKey(event) {
      if (event.key !== "Escape" || event.target !== host) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      leave();
    },
  }, signal);
  const wait = (ms: number): void => {
    const timer = setTimeout(() => {
      if (host.matches(":hover") || shadow.activeElement !== null) wait(ASKED_AGAIN_MS);
      else leave();
    }, ms);
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  };
  wait(STAYS_MS);
  signal.addEventListener("abort", () => host.remove(), { once: true });
  // A live region speaks up only when its words change.
  requestAnimationFrame(() => status.append(said));
  if (isKeyboard) button.focus({ preventScroll: true });
}
