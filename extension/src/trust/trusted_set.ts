/**
 * What is trusted, step by step: root, then timestamp, then snapshot, then targets. Each step may lean only on the
 * one before it, and adopts a text only after it has verified it. Knows no network, no storage and no clock.
 *
 * Adopting is not the end: what is adopted may be a floor (kept from an earlier check, expired, older than announced)
 * that the next text must not fall below. `requireCurrent` asks whether it can be built upon.
 */
import type { Delegator } from "./delegation.ts";
import { type Envelope, readEnvelope } from "./envelope.ts";
import { ExpiredError, MissingFileError, RollbackError } from "./errors.ts";
import { requireLengthAndHashes } from "./hashes.ts";
import type { Fields } from "./json_fields.ts";
import { type MetaFile, type Root, type Snapshot, type Targets, type Timestamp } from "./metadata.ts";
import { parseRoot, parseSnapshot, parseTargets, parseTimestamp } from "./metadata.ts";
import { requireSignatures } from "./signatures.ts";

/** A root that its own keys have signed. Whether to start from it is the caller's decision. */
export async function verifyRoot(text: string): Promise<Root> {
  const envelope = readEnvelope("root.json", text);
  const root = parseRoot(envelope.signed);
  await requireSignatures(envelope, root, "root");
  return root;
}

/** Targets metadata that its delegator vouches for. */
export function verifyTargets(text: string, role: string, delegator: Delegator): Promise<Targets> {
  return verifySigned(readEnvelope(`${role}.json`, text), delegator, role, parseTargets);
}

export class TrustedSet {
  readonly #now: number;
  #root: Root;
  #rootText: string;
  #timestamp: Timestamp | undefined;
  #snapshot: Snapshot | undefined;

  /**
   * @param start the root that everything else is judged by.
   * @param now the one moment at which this set judges expiry.
   */
  constructor(start: { root: Root; text: string }, now: number) {
    this.#root = start.root;
    this.#rootText = start.text;
    this.#now = now;
  }

  get root(): Root {
    return this.#root;
  }

  get rootText(): string {
    return this.#rootText;
  }

  get timestamp(): Timestamp {
    return this.#timestamp ?? outOfOrder("timestamp");
  }

  get snapshot(): Snapshot {
    return this.#snapshot ?? outOfOrder("snapshot");
  }

  /** The next root: signed by the keys of the present one and by its own. */
  async adoptRoot(text: string): Promise<void> {
    if (this.#timestamp !== undefined) outOfOrder("root before timestamp");
    const version = this.#root.version + 1;
    const envelope = readEnvelope(`${version}.root.json`, text);
    const root = await verifySigned(envelope, this.#root, "root", parseRoot);
    requireVersion(envelope.place, root.version, version);
    await requireSignatures(envelope, root, "root");
    this.#root = root;
    this.#rootText = text;
  }

  /** @returns false where this version was adopted before: then the earlier text stands. */
  async adoptTimestamp(text: string): Promise<boolean> {
    if (this.#snapshot !== undefined) outOfOrder("timestamp before snapshot");
    const timestamp = await verifySigned(
      readEnvelope("timestamp.json", text),
      this.#root,
      "timestamp",
      parseTimestamp,
    );
    if (this.#timestamp !== undefined) {
      refuseOlder("timestamp.json", timestamp.version, this.#timestamp.version);
      if (timestamp.version === this.#timestamp.version) return false;
      refuseOlder(
        "timestamp.json: snapshot.json",
        timestamp.snapshot.version,
        this.#timestamp.snapshot.version,
      );
    }
    this.#timestamp = timestamp;
    return true;
  }

  /** A snapshot that fits the timestamp. */
  async adoptSnapshot(text: string): Promise<void> {
    const announced = this.timestamp.snapshot;
    await requireLengthAndHashes("snapshot.json", text, announced);
    const snapshot = await this.#verifySnapshot(text);
    requireVersion("snapshot.json", snapshot.version, announced.version);
    this.#refuseOlderMeta(snapshot);
    this.#snapshot = snapshot;
  }

  /** A snapshot of an earlier check, which the next must not fall below. */
  async adoptSnapshotAsFloor(text: string): Promise<void> {
    const snapshot = await this.#verifySnapshot(text);
    if (this.#snapshot !== undefined) {
      refuseOlder("snapshot.json", snapshot.version, this.#snapshot.version);
      this.#refuseOlderMeta(snapshot);
    }
    this.#snapshot = snapshot;
  }

  /** Targets metadata that fits the snapshot and is current. Belongs to this delegator alone: another may not share its trust. */
  async verifyTargets(text: string, role: string, delegator: Delegator): Promise<Targets> {
    const place = `${role}.json`;
    const announced = this.announcedTargets(role);
    await requireLengthAndHashes(place, text, announced);
    const targets = await verifyTargets(text, role, delegator);
    requireVersion(place, targets.version, announced.version);
    this.#requireNotExpired(place, targets.expires);
    return targets;
  }

  announcedTargets(role: string): MetaFile {
    const announced = this.snapshot.meta.get(`${role}.json`);
    if (announced === undefined) throw new MissingFileError("snapshot.json", `does not list ${role}.json`);
    return announced;
  }

  /** Refuses to build upon metadata that has expired, however often it was seen before. */
  requireCurrent(role: "root" | "timestamp" | "snapshot"): void {
    this.#requireNotExpired(`${role}.json`, this[role].expires);
  }

  #verifySnapshot(text: string): Promise<Snapshot> {
    return verifySigned(readEnvelope("snapshot.json", text), this.#root, "snapshot", parseSnapshot);
  }

  #refuseOlderMeta(snapshot: Snapshot): void {
    for (const [name, { version }] of this.#snapshot?.meta ?? []) {
      const next = snapshot.meta.get(name);
      if (next === undefined) throw new RollbackError("snapshot.json", `no longer lists ${name}`);
      refuseOlder(`snapshot.json: ${name}`, next.version, version);
    }
  }

  #requireNotExpired(place: string, expires: number): void {
    if (expires > this.#now) return;
    const [expiry, clock] = [expires, this.#now].map((time) =>
      new Date(time).toISOString().slice(0, 16) + "Z"
    );
    throw new ExpiredError(place, `expired ${expiry}; this device's clock says ${clock}`);
  }
}

async function verifySigned<T>(
  envelope: Envelope,
  delegator: Delegator,
  role: string,
  parse: (fields: Fields) => T,
): Promise<T> {
  await requireSignatures(envelope, delegator, role);
  return parse(envelope.signed);
}

function requireVersion(place: string, version: number, expected: number): void {
  if (version !== expected) {
    throw new RollbackError(place, `is version ${version}, announced was ${expected}`);
  }
}

function refuseOlder(place: string, version: number, floor: number): void {
  if (version < floor) {
    throw new RollbackError(place, `is version ${version}, older than ${floor} seen before`);
  }
}

function outOfOrder(step: string): never {
  throw new Error(`trusted_set.ts: ${step}: called in the wrong order`);
}
