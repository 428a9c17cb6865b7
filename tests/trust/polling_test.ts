/// <reference lib="deno.ns" />
/** A fake clock and loaded dice: when the service is asked. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import {
  beginPace,
  isDue,
  isResting,
  MAX_WAIT_MS,
  MIN_WAIT_MS,
  type Pace,
  paceAfterFailure,
  paceAfterSuccess,
  paceWhileOffline,
  parseRetryAfter,
  waitMs,
} from "../../extension/src/trust/polling.ts";

const NOW = Date.parse("2030-06-01T12:00:00Z");
const MINUTE = 60_000;
const FRESH: Pace = { failures: 0, nextAt: 0 };
const low = () => 0;
const middle = () => 0.5;
const high = () => 0.999_999;

/** How long a pace makes a client wait, in whole seconds. */
const seconds = (pace: Pace) => Math.round((pace.nextAt - NOW) / 1000);

Deno.test("the first check comes at a random moment within one interval", () => {
  deepStrictEqual([low, middle, high].map((dice) => seconds(beginPace(FRESH, NOW, MINUTE, dice))), [
    0,
    30,
    60,
  ]);
});

Deno.test("ten thousand clients that start at once come evenly over the interval", () => {
  const perSecond = new Array<number>(60).fill(0);
  for (let client = 0; client < 10_000; client++) {
    const second = Math.floor((beginPace(FRESH, NOW, MINUTE, Math.random).nextAt - NOW) / 1000);
    perSecond[second] = (perSecond[second] ?? 0) + 1;
  }
  strictEqual(perSecond.length, 60);
  // 167 are expected in each second; beyond 8 standard deviations the dice are not to blame.
  ok(Math.max(...perSecond) < 167 + 8 * 13 && Math.min(...perSecond) > 167 - 8 * 13, perSecond.join());
});

Deno.test("after a check that was fine, the next comes within the interval, and clients drift apart", () => {
  deepStrictEqual([low, middle, high].map((dice) => seconds(paceAfterSuccess(NOW, MINUTE, dice))), [
    60,
    57,
    54,
  ]);
});

Deno.test("nobody asks more often than every 30 seconds, or more seldom than once a day", () => {
  strictEqual(paceAfterSuccess(NOW, 1, high).nextAt - NOW, MIN_WAIT_MS);
  strictEqual(paceAfterSuccess(NOW, 1e12, low).nextAt - NOW, MAX_WAIT_MS);
  strictEqual(paceAfterFailure(FRESH, NOW, 1, low).nextAt - NOW, MIN_WAIT_MS);
  strictEqual(
    paceAfterFailure({ ...FRESH, failures: 5000 }, NOW, MINUTE, high).nextAt - NOW < MAX_WAIT_MS,
    true,
  );
});

Deno.test("each failure doubles the longest wait, up to a day", () => {
  const longest: number[] = [];
  let pace = FRESH;
  for (let failure = 0; failure < 13; failure++) {
    pace = paceAfterFailure(pace, NOW, MINUTE, high);
    longest.push(Math.round(seconds(pace) / 60));
  }
  deepStrictEqual(longest, [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440, 1440, 1440]);
  strictEqual(pace.failures, 13);
});

Deno.test("a wait after a failure is any part of the longest one, so that clients do not return as one", () => {
  const waits = [low, () => 0.25, middle, high].map((dice) =>
    seconds(paceAfterFailure({ ...FRESH, failures: 3 }, NOW, MINUTE, dice))
  );
  deepStrictEqual(waits, [30, 240, 480, 960]);
});

Deno.test("after a failure a check that is fine ends the rest", () => {
  strictEqual(paceAfterSuccess(NOW, MINUTE, low).failures, 0);
});

Deno.test("while it rests a client is neither due nor moved by pages; afterwards it is due", () => {
  const pace = paceAfterFailure({ ...FRESH, failures: 3 }, NOW, MINUTE, middle);
  deepStrictEqual([isResting(pace, NOW), isDue(pace, NOW), waitMs(pace, NOW)], [true, false, 480_000]);
  const later = NOW + 480_000;
  deepStrictEqual([isResting(pace, later), isDue(pace, later), waitMs(pace, later)], [false, true, 0]);
});

Deno.test("starting the browser again does not end a rest", () => {
  const pace = paceAfterFailure({ ...FRESH, failures: 3 }, NOW, MINUTE, middle);
  deepStrictEqual(beginPace(pace, NOW + MINUTE, MINUTE, low), pace);
  strictEqual(beginPace(pace, pace.nextAt, MINUTE, middle).nextAt, pace.nextAt + 30_000);
});

Deno.test("a client without a network tries again within the interval, and is not punished for it", () => {
  const before = { failures: 2, nextAt: 0 };
  deepStrictEqual(paceWhileOffline(before, NOW, MINUTE, low), { failures: 2, nextAt: NOW + MINUTE });
});

Deno.test("an alarm that rings a moment early finds the check due", () => {
  strictEqual(isDue(paceAfterSuccess(NOW, MINUTE, low), NOW + MINUTE - 900), true);
});

Deno.test("a moment that a wrong clock noted, years ahead, holds nobody up", () => {
  const pace = paceAfterFailure(FRESH, NOW + 1e12, MINUTE, high);
  deepStrictEqual([isDue(pace, NOW), isResting(pace, NOW), waitMs(pace, NOW)], [true, false, 0]);
});

Deno.test("the service's wish to be left alone is honoured, and its clients come back one by one", () => {
  const waits = [low, middle].map((dice) => seconds(paceAfterFailure(FRESH, NOW, MINUTE, dice, 600_000)));
  deepStrictEqual(waits, [600, 630]);
});

Deno.test("a short wish does not shorten the rest", () => {
  strictEqual(seconds(paceAfterFailure({ ...FRESH, failures: 3 }, NOW, MINUTE, high, 30_000)), 960);
});

Deno.test("a wish for years is cut to a day", () => {
  strictEqual(paceAfterFailure(FRESH, NOW, MINUTE, high, MAX_WAIT_MS).nextAt - NOW, MAX_WAIT_MS);
});

const HEADERS: [string | null | undefined, number | undefined][] = [
  ["120", 120_000],
  [" 120 ", 120_000],
  ["0", MIN_WAIT_MS],
  ["999999999", MAX_WAIT_MS],
  ["Sat, 01 Jun 2030 12:05:00 GMT", 300_000],
  ["Sat, 01 Jun 2030 11:00:00 GMT", MIN_WAIT_MS],
  ["Sat, 01 Jun 2999 12:00:00 GMT", MAX_WAIT_MS],
  ["9999999999999", undefined],
  ["-5", undefined],
  ["1.5", undefined],
  ["soon", undefined],
  ["2030-06-01T12:05:00Z", undefined],
  ["Xxx, nonsense GMT", undefined],
  ["", undefined],
  [null, undefined],
  [undefined, undefined],
];
for (const [header, expected] of HEADERS) {
  Deno.test(`Retry-After ${JSON.stringify(header)} asks for ${expected ?? "nothing"}`, () => {
    strictEqual(parseRetryAfter(header, NOW), expected);
  });
}
