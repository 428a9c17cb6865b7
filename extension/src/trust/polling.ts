/**
 * When to ask the rule service: at a random moment first, then within each interval, and ever more seldom while it
 * fails. Knows no clock and no dice: both are handed in.
 */

/** Kept between checks, because worker and page may end at any moment. */
export interface Pace {
  /** Checks in a row that did not verify. */
  failures: number;
  /** Milliseconds since the epoch: not before then by itself. */
  nextAt: number;
}

/** A number from 0 (included) to 1 (excluded). */
export type Dice = () => number;

export const MIN_WAIT_MS = 30_000;
export const MAX_WAIT_MS = 86_400_000;
/** Clients that were started together drift apart; nobody waits longer than the interval. */
const INTERVAL_JITTER = 0.1;
/** An alarm may ring a moment early. */
const SLACK_MS = 1_000;
/** 30 s doubled that often is more than a day. */
const MAX_DOUBLINGS = 12;

/** A browser was started, and with it perhaps a whole office: the first check comes within one interval, at random. */
export function beginPace(pace: Pace, now: number, intervalMs: number, dice: Dice): Pace {
  if (isResting(pace, now)) return pace;
  return { ...pace, nextAt: now + dice() * intervalMs };
}

export function paceAfterSuccess(now: number, intervalMs: number, dice: Dice): Pace {
  return { failures: 0, nextAt: now + clampWait(intervalMs * (1 - dice() * INTERVAL_JITTER)) };
}

/** A day in a train is no reason to be told late of a rule: what fails without a network does not count. */
export function paceWhileOffline({ failures }: Pace, now: number, intervalMs: number, dice: Dice): Pace {
  return { ...paceAfterSuccess(now, intervalMs, dice), failures };
}

/** Doubled with each failure, and a random part of that. @param retryAfterMs what the service asks for, if it does. */
export function paceAfterFailure(
  { failures }: Pace,
  now: number,
  intervalMs: number,
  dice: Dice,
  retryAfterMs?: number,
): Pace {
  const longest = Math.min(intervalMs * 2 ** Math.min(failures + 1, MAX_DOUBLINGS), MAX_WAIT_MS);
  const asked = retryAfterMs === undefined ? 0 : retryAfterMs + dice() * intervalMs;
  return { failures: failures + 1, nextAt: now + clampWait(Math.max(dice() * longest, asked)) };
}

/** Backing off after a failure: a page that opens is no reason to ask. */
export function isResting(pace: Pace, now: number): boolean {
  return pace.failures > 0 && !isDue(pace, now);
}

/** A moment more than a day ahead was noted by a clock that was wrong. */
export function isDue({ nextAt }: Pace, now: number): boolean {
  return nextAt <= now + SLACK_MS || nextAt > now + MAX_WAIT_MS;
}

export function waitMs(pace: Pace, now: number): number {
  return isDue(pace, now) ? 0 : pace.nextAt - now;
}

/** The header `Retry-After`: seconds, or a date. @returns milliseconds; undefined where it says nothing. */
export function parseRetryAfter(header: string | null | undefined, now: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return clampWait(Number(text) * 1000);
  const date = /^[A-Z][a-z]{2}, .* GMT$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : clampWait(date - now);
}

function clampWait(ms: number): number {
  return Math.min(Math.max(ms, MIN_WAIT_MS), MAX_WAIT_MS);
}
