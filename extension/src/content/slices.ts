/** Work in slices: at once as far as one slice goes, the rest bit by bit, never more than a share of the page's time. */

/** No slice is longer; a frame of a page that runs smoothly has 16. */
const SLICE_MS = 4;
/** What may be spent at once after a rest: the first look at a page, a dialog that comes. */
const MOST_SAVED_MS = 120;
/** What one slice can cost at most: on a busy machine the clock runs while others work, and words are indexed once. */
const MOST_CHARGED_MS = 40;
/** Who has spent everything goes on with so much, lest it look again for crumbs. */
const ENOUGH_MS = 30;

/** Time that may be spent: it grows back by the clock, so an end is never for ever. */
class Purse {
  #saved = MOST_SAVED_MS;
  #since: number;
  readonly #share: number;
  #isEmpty = false;

  constructor(share: number, now: number) {
    this.#share = share;
    this.#since = now;
  }

  spend(ms: number, now: number): void {
    this.#grow(now);
    this.#saved -= Math.min(ms, MOST_CHARGED_MS);
    if (this.#saved <= 0) this.#isEmpty = true;
  }

  /** After how many milliseconds there is something to spend; 0: now. */
  wait(now: number): number {
    this.#grow(now);
    if (this.#saved >= ENOUGH_MS) this.#isEmpty = false;
    return this.#isEmpty ? (ENOUGH_MS - this.#saved) / this.#share : 0;
  }

  #grow(now: number): void {
    this.#saved = Math.min(MOST_SAVED_MS, this.#saved + this.#share * (now - this.#since));
    this.#since = now;
  }
}

export class Slices {
  readonly #work: (isLate: () => boolean) => boolean;
  readonly #signal: AbortSignal;
  readonly #purse: Purse;
  #isScheduled = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #resumesAt: number | null = null;

  /**
   * @param work does what fits before `isLate`, and answers whether some is left.
   * @param share of the time that is ours while there is always more to do.
   */
  constructor(work: (isLate: () => boolean) => boolean, share: number, signal: AbortSignal) {
    this.#work = work;
    this.#purse = new Purse(share, performance.now());
    this.#signal = signal;
    signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
  }

  /** When work that waits goes on, by the page's clock; null while nothing has to wait. */
  get resumesAt(): number | null {
    return this.#resumesAt;
  }

  /** Works now, if there is time to spend, and again until nothing is left. */
  wake(): void {
    if (this.#signal.aborted) return;
    const start = performance.now();
    const wait = this.#purse.wait(start);
    if (wait > 0) return this.#sleep(start, wait);
    this.#resumesAt = null;
    const end = start + SLICE_MS;
    const isLeft = this.#work(() => performance.now() >= end);
    const now = performance.now();
    this.#purse.spend(now - start, now);
    if (isLeft) this.#goOn(now);
  }

  /** The same in a task of its own: whoever is at work goes on first. */
  wakeLater(): void {
    if (!this.#signal.aborted) this.#goOn(performance.now());
  }

  #goOn(now: number): void {
    const wait = this.#purse.wait(now);
    if (wait > 0) return this.#sleep(now, wait);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    afterOthers(() => {
      this.#isScheduled = false;
      this.wake();
    });
  }

  #sleep(now: number, wait: number): void {
    this.#resumesAt ??= now + wait;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.wake(), wait);
  }
}

interface Tasks {
  postTask?(act: () => void, options: { priority: string }): Promise<void>;
}

/** A task of its own, behind what the page has to do; never a frame, which a tab in the background does not get. */
export function afterOthers(act: () => void, priority = "user-visible"): void {
  const { scheduler } = globalThis as { scheduler?: Tasks };
  if (typeof scheduler?.postTask === "function") {
    void scheduler.postTask(act, { priority });
    return;
  }
  if (typeof MessageChannel === "function") {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      act();
    };
    port2.postMessage(null);
    return;
  }
  setTimeout(act, 0);
}
