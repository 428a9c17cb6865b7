/**
 * A rule may go to a share of the clients first. Everybody downloads the same bytes; each client decides for itself,
 * by a number that never leaves it. A new salt draws anew, so that nobody is always among the first.
 */
import { failureOf } from "./errors.ts";
import { sha256Hex, toHex } from "./hashes.ts";
import type { TrustStore } from "./interfaces.ts";

export interface Rollout {
  percent: number;
  salt: string;
}

const KEY = "channel:number";
const STEPS = 10_000n;

/** @param number the client's own, in hex. */
export async function takesPart(number: string, { percent, salt }: Rollout): Promise<boolean> {
  const first8Bytes = (await sha256Hex(number + salt)).slice(0, 16);
  return Number(BigInt(`0x${first8Bytes}`) % STEPS) < percent * 100;
}

/** The client's own number: 128 random bits in hex, drawn when a rule first asks for one. */
export async function ownNumber(store: TrustStore): Promise<string> {
  const kept = await store.read(KEY) ?? "";
  if (/^[0-9a-f]{32}$/.test(kept)) return kept;
  const drawn = toHex(crypto.getRandomValues(new Uint8Array(16)));
  await failureOf(() => store.write(KEY, drawn)); // a full disk: then it lasts as long as this worker
  return drawn;
}
