/** Why a page is not looked at for a moment, as far as that is worth telling: a busy start alone is no pause. */
import type { PauseReason } from "../shared/messages.ts";

const MANY_DIALOGS = 20;
/** Changes are forgotten within some seconds. */
const FORGOTTEN_AFTER_MS = 5_000;
const MANY_CHANGES = 8;

/** How much a page has changed of late. */
export class Unrest {
  #changes = 0;
  #since = 0;

  note(now: number): void {
    this.#changes = this.#left(now) + 1;
    this.#since = now;
  }

  isGreat(now: number): boolean {
    return this.#left(now) >= MANY_CHANGES;
  }

  #left(now: number): number {
    return this.#changes * Math.exp((this.#since - now) / FORGOTTEN_AFTER_MS);
  }
}

export interface Waiting {
  /** When looking at what changed goes on, by the page's clock; null: now. */
  looking: number | null;
  /** The same for the walk through all of the page. */
  walking: number | null;
  dueCount: number;
}

export function pauseOf(
  { looking, walking, dueCount }: Waiting,
  unrest: Unrest,
  now: number,
): { reason: PauseReason; seconds: number } | null {
  const resumesAt = looking ?? walking;
  const reason = reasonOf(looking, dueCount, unrest.isGreat(now));
  if (resumesAt === null || reason === null) return null;
  return { reason, seconds: Math.max(1, Math.ceil((resumesAt - now) / 1000)) };
}

function reasonOf(looking: number | null, dueCount: number, isRestless: boolean): PauseReason | null {
  if (looking === null) return "size";
  if (dueCount > MANY_DIALOGS) return "dialogs";
  return isRestless ? "changes" : null;
}
