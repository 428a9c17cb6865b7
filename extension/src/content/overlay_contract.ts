/** What the overlay asks of its surroundings, and what they may ask of it. */
import type { MuteScope } from "../shared/mutes.ts";

export interface OverlayActions {
  /** Press the dialog's decline control. The overlay stays; it goes with the dialog. */
  press(): void;
  /** The person decides alone. The overlay has closed itself. */
  dismiss(): void;
  /** No more of this, as far as the scope reaches. The overlay has closed itself. */
  mute(scope: MuteScope): void;
  /** The last `mute` or `dismiss` was not meant. */
  undo?(): void;
  /** Point at the dialog's decline control. */
  showDecline?(): void;
  /** The page has removed the overlay so often that it does not come back. */
  removed?(): void;
  /** Whether the warning of this dialog is the one on screen. */
  shown?(isShown: boolean): void;
}

/** The dialog, as far as the overlay may know it. */
export interface Anchor {
  /** Where it is in the viewport; null for a frame that cannot be placed. */
  rect(): DOMRect | null;
  /** Where its own controls are. */
  avoid(): DOMRect[];
  /** The open modal `<dialog>` outside of which everything is inert; null where there is none. */
  container(): Element | null;
}

export interface Overlay {
  /** Looks again where the dialog is, and comes back to the top. */
  update(): void;
  /** Whether the person can see it now. */
  isSeen(): boolean;
  close(): void;
}
