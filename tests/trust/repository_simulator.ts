/** A repository in memory. It is the client's fetcher at the same time, so a test can publish, and watch the client react. */
import type { JsonValue } from "../../extension/src/trust/canonical_json.ts";
import { DownloadError } from "../../extension/src/trust/errors.ts";
import { sha256Hex } from "../../extension/src/trust/hashes.ts";
import type { BakedTrust, Fetcher } from "../../extension/src/trust/interfaces.ts";
import { type Algorithm, makeSigner, type Signer } from "./signer.ts";

export const RULES = "rules.jsonl";
export const START = Date.parse("2030-06-01T12:00:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Json = { [key: string]: JsonValue };
export type Role = "root" | "timestamp" | "snapshot" | "targets";

export class RepositorySimulator implements Fetcher {
  /** Path → text. Take one away, and the client meets a 404. */
  readonly files = new Map<string, string>();
  readonly requests: { path: string; maxBytes: number }[] = [];
  /** Every request fails while this is set. */
  isDown = false;
  /** Who signs each role at its next publication. */
  readonly signers = new Map<string, Signer[]>();
  readonly signed: Record<Role, Json>;
  readonly #delegated = new Map<string, Json>();
  #now = START;

  private constructor() {
    const common = (type: Role, days: number) => ({
      _type: type,
      spec_version: "1.0.31",
      version: 0,
      expires: date(START + days * DAY),
    });
    this.signed = {
      root: { ...common("root", 365), consistent_snapshot: true, keys: {}, roles: {} },
      timestamp: { ...common("timestamp", 2), meta: {} },
      snapshot: { ...common("snapshot", 30), meta: {} },
      targets: { ...common("targets", 90), targets: {} },
    };
  }

  /** One key for each role, and one release with these rules. */
  static async start(rules: string, scheme: Algorithm = "ed25519"): Promise<RepositorySimulator> {
    const repository = new RepositorySimulator();
    for (const role of ["root", "timestamp", "snapshot", "targets"] as const) {
      repository.trust(role, [await makeSigner(`${role}-key`, scheme)]);
    }
    await repository.publishRoot();
    await repository.release(rules);
    return repository;
  }

  get now(): number {
    return this.#now;
  }

  passDays(days: number): void {
    this.#now += days * DAY;
  }

  fetch(path: string, maxBytes: number): Promise<Uint8Array | null> {
    this.requests.push({ path, maxBytes });
    if (this.isDown) return Promise.reject(new DownloadError(`${path}: the service cannot be reached`));
    const text = this.files.get(path);
    return Promise.resolve(text === undefined ? null : new TextEncoder().encode(text));
  }

  /** Root names these keys for the role. Takes effect with the next `publishRoot`. */
  trust(role: Role, signers: Signer[], threshold = 1): void {
    const { keys, roles } = this.signed.root as { keys: Json; roles: Json };
    for (const { keyid, key } of signers) keys[keyid] = key;
    roles[role] = { keyids: signers.map(({ keyid }) => keyid), threshold };
    this.signers.set(role, signers);
  }

  /** @param more those that sign beside the role's own keys, such as the keys that are being replaced. */
  async publishRoot(more: Signer[] = []): Promise<void> {
    const version = this.#next("root", 365);
    this.files.set(`metadata/${version}.root.json`, await this.#sign("root", this.signed.root, more));
  }

  async publishTimestamp(): Promise<void> {
    this.#next("timestamp", 2);
    this.files.set("metadata/timestamp.json", await this.#sign("timestamp", this.signed.timestamp));
  }

  async publishSnapshot(): Promise<void> {
    const version = this.#next("snapshot", 30);
    (this.signed.timestamp["meta"] as Json)["snapshot.json"] = { version };
    this.files.set(`metadata/${version}.snapshot.json`, await this.#sign("snapshot", this.signed.snapshot));
  }

  async publishTargets(): Promise<void> {
    const version = this.#next("targets", 90);
    this.announce("targets.json", { version });
    this.files.set(`metadata/${version}.targets.json`, await this.#sign("targets", this.signed.targets));
  }

  /** A delegated role, which the top-level targets role vouches for from its next version on. */
  async publishDelegated(
    name: string,
    signer: Signer,
    paths: string[],
    files: Record<string, string>,
  ): Promise<void> {
    const before = this.#delegated.get(name);
    const version = Number(before?.["version"] ?? 0) + 1;
    const targets: Json = {};
    for (const [path, text] of Object.entries(files)) targets[path] = await this.addFile(path, text);
    const signed: Json = {
      _type: "targets",
      spec_version: "1.0.31",
      version,
      expires: date(this.#now + 90 * DAY),
      targets,
    };
    this.#delegated.set(name, signed);
    this.signers.set(name, [signer]);
    this.signed.targets["delegations"] = {
      keys: { [signer.keyid]: signer.key },
      roles: [{ name, keyids: [signer.keyid], threshold: 1, terminating: true, paths }],
    };
    this.announce(`${name}.json`, { version });
    this.files.set(`metadata/${version}.${name}.json`, await this.#sign(name, signed));
  }

  announce(file: string, info: Json): void {
    (this.signed.snapshot["meta"] as Json)[file] = info;
  }

  /** Targets, snapshot and timestamp with new rules. @param texts by language; others stay as they are. */
  async release(rules: string, texts: Record<string, string> = {}): Promise<void> {
    const targets = this.signed.targets["targets"] as Json;
    targets[RULES] = {
      ...await this.addFile(RULES, rules),
      custom: { published: new Date(this.#now).toISOString() },
    };
    for (const [language, text] of Object.entries(texts)) {
      const path = `texts/${language}.jsonl`;
      targets[path] = await this.addFile(path, text);
    }
    await this.publishTargets();
    await this.publishSnapshot();
    await this.publishTimestamp();
  }

  /** Puts the file where the client looks for it. @returns how metadata announces it. */
  async addFile(path: string, text: string): Promise<Json> {
    const sha256 = await sha256Hex(text);
    this.files.set(hashedPath(path, sha256), text);
    return { length: new TextEncoder().encode(text).length, hashes: { sha256 } };
  }

  /** What a build made now would carry. */
  bake(): BakedTrust {
    const file = (path: string) => this.files.get(path) ?? "";
    const metadata = (role: Role) => file(`metadata/${this.signed[role]["version"]}.${role}.json`);
    const files: Record<string, string> = {};
    for (const { targets } of [this.signed.targets, ...this.#delegated.values()] as { targets: Json }[]) {
      for (const [path, { hashes }] of Object.entries(targets) as [string, { hashes: Json }][]) {
        files[path] = file(hashedPath(path, String(hashes["sha256"])));
      }
    }
    return {
      root: metadata("root"),
      timestamp: file("metadata/timestamp.json"),
      snapshot: metadata("snapshot"),
      targets: metadata("targets"),
      delegated: Object.fromEntries(
        [...this.#delegated].map(([name, { version }]) => [name, file(`metadata/${version}.${name}.json`)]),
      ),
      files,
    };
  }

  /** The paths asked for since the last call. */
  takeRequests(): string[] {
    return this.requests.splice(0).map(({ path }) => path);
  }

  #next(role: Role, days: number): number {
    const signed = this.signed[role];
    const version = Number(signed["version"]) + 1;
    signed["version"] = version;
    signed["expires"] = date(this.#now + days * DAY);
    return version;
  }

  async #sign(role: string, signed: Json, more: Signer[] = []): Promise<string> {
    const signatures: JsonValue[] = [];
    for (const signer of new Set([...this.signers.get(role) ?? [], ...more])) {
      signatures.push({ keyid: signer.keyid, sig: await signer.sign(signed) });
    }
    return JSON.stringify({ signatures, signed });
  }
}

/** The hash goes before the name, not before the folder. */
function hashedPath(path: string, sha256: string): string {
  return `targets/${path.replace(/[^/]*$/, `${sha256}.$&`)}`;
}

function date(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
