/** When the service was asked last, with what outcome, and when it is to be asked next. Kept, because worker and page may end at any moment. */
import { DownloadError, failureOf, wordsOf } from "./errors.ts";
import type { Clock, TrustStore } from "./interfaces.ts";
import {
  beginPace,
  type Dice,
  isDue,
  isResting,
  type Pace,
  paceAfterFailure,
  paceAfterSuccess,
  paceWhileOffline,
  waitMs,
} from "./polling.ts";

interface LastCheck extends Pace {
  /** ISO 8601; the last check that verified, empty before the first. */
  checkedAt: string;
  /** The last failure in words, empty when the last check was fine. */
  error: string;
}

const NEVER: LastCheck = { checkedAt: "", error: "", failures: 0, nextAt: 0 };
const KEY = "channel:check";

export class Timetable {
  readonly #store: TrustStore;
  readonly #now: Clock;
  readonly #dice: Dice;
  #last = NEVER;

  constructor({ store, now, dice }: { store: TrustStore; now: Clock; dice: Dice }) {
    this.#store = store;
    this.#now = now;
    this.#dice = dice;
  }

  async load(): Promise<void> {
    this.#last = parse(await this.#store.read(KEY));
  }

  get checkedAt(): string {
    return this.#last.checkedAt;
  }

  get error(): string {
    return this.#last.error;
  }

  get isDue(): boolean {
    return isDue(this.#last, this.#now());
  }

  get waitMs(): number {
    return waitMs(this.#last, this.#now());
  }

  /** Whether a watched page that opens now is a reason to ask. */
  isStale(intervalMs: number): boolean {
    const age = this.checkedAt === "" ? Infinity : Math.abs(this.#now() - Date.parse(this.checkedAt));
    return age >= intervalMs && !isResting(this.#last, this.#now());
  }

  /** A browser was started: the first check comes at a random moment within one interval. */
  async begin(intervalMs: number): Promise<void> {
    await this.#note({ ...this.#last, ...beginPace(this.#last, this.#now(), intervalMs, this.#dice) });
  }

  async passed(intervalMs: number): Promise<void> {
    const now = this.#now();
    const checkedAt = new Date(now).toISOString();
    await this.#note({ checkedAt, error: "", ...paceAfterSuccess(now, intervalMs, this.#dice) });
  }

  async failed(error: unknown, intervalMs: number): Promise<void> {
    const road = error instanceof DownloadError ? error : undefined;
    const pace = road?.isOffline
      ? paceWhileOffline(this.#last, this.#now(), intervalMs, this.#dice)
      : paceAfterFailure(this.#last, this.#now(), intervalMs, this.#dice, road?.retryAfterMs);
    await this.#note({ checkedAt: this.checkedAt, error: wordsOf(error), ...pace });
  }

  /** A full disk is told like any failure; this worker remembers what the next will not. */
  async #note(last: LastCheck): Promise<void> {
    this.#last = last;
    const failure = await failureOf(() => this.#store.write(KEY, JSON.stringify(last)));
    if (failure !== null) this.#last = { ...last, error: wordsOf(failure) };
  }
}

function parse(text: string | undefined): LastCheck {
  try {
    const { checkedAt, error, failures, nextAt } = JSON.parse(text ?? "{}");
    return {
      checkedAt: typeof checkedAt === "string" && !Number.isNaN(Date.parse(checkedAt)) ? checkedAt : "",
      error: typeof error === "string" ? error : "",
      failures: Number.isSafeInteger(failures) && failures > 0 ? failures : 0,
      nextAt: typeof nextAt === "number" ? nextAt : 0,
    };
  } catch {
    return NEVER; // torn by a crash; the next check writes it anew
  }
}
