/** The top frame's voice: of all dialogs in all its frames, one warning is on screen. */
import type { Warning } from "../shared/messages.ts";
import { findMute, type Mute } from "../shared/mutes.ts";
import type { Translate } from "../shared/translate.ts";
import { showOverlay } from "./overlay.ts";
import type { Anchor, Overlay, OverlayActions } from "./overlay_contract.ts";

interface Entry {
  warning: Warning;
  actions: OverlayActions;
  anchor: Anchor;
}

export class Presenter {
  readonly #translate: Translate;
  readonly #entries = new Map<string, Entry>();
  #shown: { id: string; overlay: Overlay; stop: AbortController; entry: Entry } | null = null;
  readonly #onScreen: (warning: Warning | null) => void;
  #mutes: Mute[] = [];

  /** @param onScreen hears what is shown now, whenever it is something else. */
  constructor(translate: Translate, onScreen: (warning: Warning | null) => void = () => {}) {
    this.#translate = translate;
    this.#onScreen = onScreen;
  }

  /** What is on screen now, for the popup. */
  get warning(): Warning | null {
    return this.#shown === null ? null : this.#entries.get(this.#shown.id)?.warning ?? null;
  }

  /** Whether the person sees this dialog's warning now. */
  isSeen(id: string): boolean {
    return this.#shown?.id === id && this.#shown.overlay.isSeen();
  }

  setMutes(mutes: Mute[]): void {
    this.#mutes = mutes;
    this.#render();
  }

  /** @param id names the dialog among all frames. */
  show(id: string, warning: Warning, actions: OverlayActions, anchor: Anchor): void {
    const before = this.#entries.get(id);
    if (before !== undefined && saysTheSame(before.warning, warning)) {
      Object.assign(before, { warning, actions });
      return this.#render(); // another wording may be muted, or no longer
    }
    this.#entries.delete(id); // to the end: the latest lies on top
    this.#entries.set(id, { warning, actions, anchor });
    if (this.#shown?.id === id) this.#close();
    this.#render();
  }

  clear(id: string): void {
    this.#entries.delete(id);
    this.#render();
  }

  clearAll(): void {
    this.#entries.clear();
    this.#render();
  }

  /** Puts the overlay back beside its dialog, and on top, after the page has changed. */
  refresh(): void {
    this.#shown?.overlay.update();
  }

  #render(): void {
    const [id, entry] = [...this.#entries].filter(([, { warning }]) => !this.#isMuted(warning)).at(-1) ?? [];
    if (id === undefined || entry === undefined) {
      if (this.#shown === null) return;
      this.#close();
      return this.#onScreen(null);
    }
    if (this.#shown?.id === id) return;
    this.#close();
    const stop = new AbortController();
    const actions: OverlayActions = {
      press: () => entry.actions.press(),
      dismiss: () => entry.actions.dismiss(),
      mute: (scope) => entry.actions.mute(scope),
      undo: () => entry.actions.undo?.(),
      showDecline: () => entry.actions.showDecline?.(),
      removed: () => entry.actions.removed?.(),
    };
    const overlay = showOverlay(entry.warning, actions, this.#translate, entry.anchor, stop.signal);
    this.#shown = { id, overlay, stop, entry };
    this.#onScreen(entry.warning);
    entry.actions.shown?.(true);
  }

  #isMuted({ rule, print }: Warning): boolean {
    return findMute(this.#mutes, { site: location.hostname, rule: rule.id, print }, Date.now()) !== null;
  }

  #close(): void {
    const shown = this.#shown;
    this.#shown = null;
    shown?.overlay.close();
    shown?.stop.abort();
    shown?.entry.actions.shown?.(false);
  }
}

/** All but the fingerprint of the whole wording. */
function saysTheSame(one: Warning, other: Warning): boolean {
  return JSON.stringify({ ...one, print: "" }) === JSON.stringify({ ...other, print: "" });
}
