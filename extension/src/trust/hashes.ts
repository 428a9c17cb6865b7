/** Are these the bytes that were announced? */
import { LengthOrHashError } from "./errors.ts";
import type { FileInfo } from "./metadata.ts";

const ALGORITHMS = new Map([["sha256", "SHA-256"], ["sha512", "SHA-512"]]);

export function sha256Hex(text: string): Promise<string> {
  return digestHex("SHA-256", new TextEncoder().encode(text));
}

/** Every hash that this client can compute must fit; where hashes are announced, at least one of them can be computed. */
export async function requireLengthAndHashes(
  place: string,
  text: string,
  announced: FileInfo,
): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  if (announced.length !== undefined && bytes.length !== announced.length) {
    throw new LengthOrHashError(place, `is ${bytes.length} bytes long, announced were ${announced.length}`);
  }
  if (announced.hashes === undefined) return;
  knownHash(place, announced.hashes);
  for (const [name, expected] of announced.hashes) {
    const algorithm = ALGORITHMS.get(name);
    if (algorithm === undefined) continue;
    if (await digestHex(algorithm, bytes) !== expected.toLowerCase()) {
      throw new LengthOrHashError(place, `has another ${name} than was announced`);
    }
  }
}

/** The hash that names the file in a consistent snapshot. */
export function knownHash(place: string, hashes: Map<string, string>): string {
  for (const name of ALGORITHMS.keys()) {
    const hash = hashes.get(name);
    if (hash !== undefined) return hash;
  }
  throw new LengthOrHashError(
    place,
    `is announced with ${[...hashes.keys()].join(", ")} only, not sha256 or sha512`,
  );
}

async function digestHex(algorithm: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest(algorithm, bytes)));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
