/**
 * The client of The Update Framework: asks the rule service, and hands out only what the maintainers have signed.
 * What verifies last stays in use until something newer verifies, whatever the service, the road or the clock do.
 */
import { LengthOrHashError, MissingFileError } from "./errors.ts";
import { findTarget, type FoundTarget } from "./find_target.ts";
import { knownHash, requireLengthAndHashes } from "./hashes.ts";
import type { BakedTrust, Clock, Fetcher, TrustStore } from "./interfaces.ts";
import type { TargetFile } from "./metadata.ts";
import { download, ifVerified, loadTargets, newestRoot, present, refresh, type Sources } from "./refresh.ts";
import { TrustedSet, verifyRoot } from "./trusted_set.ts";
import { bakedTarget, compareAge, readVouchedTarget, verifyVouchedTarget } from "./vouched_target.ts";

/** A target that may be used now, and how fresh the trust in it is. */
export interface TargetInUse {
  text: string;
  /** Of the top-level targets role. */
  version: number;
  /** ISO 8601, or empty where the maintainers do not say. */
  published: string;
  /** Milliseconds since the epoch: when the first of the roles that vouch for it expires, as last confirmed by the service. */
  expires: number;
  pollIntervalSeconds: number;
}

/** What the last complete check found about the target in use; small, because it changes with every timestamp. */
interface Confirmation {
  version: number;
  expires: number;
  pollIntervalSeconds: number;
}

const DEFAULT_POLL_INTERVAL_SECONDS = 60;

export class TufClient {
  readonly #sources: Sources;
  readonly #now: Clock;
  #set: TrustedSet | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ now, ...sources }: { fetcher: Fetcher; store: TrustStore; now: Clock; baked: BakedTrust }) {
    this.#sources = sources;
    this.#now = now;
  }

  /** Brings the metadata up to date. @throws DownloadError, RepositoryError: then what was in use stays in use. */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      this.#set = await refresh(this.#sources, this.#now());
    });
  }

  /**
   * The verified text of a target, downloaded only where neither store nor build has it. Comes after `refresh`.
   * @throws DownloadError, RepositoryError: then what was in use stays in use.
   */
  getTarget(path: string): Promise<string> {
    return this.#inTurn(async () => {
      const set = this.#set;
      if (set === undefined) throw new Error("client.ts: getTarget: call refresh first");
      const found = await findTarget(path, set.root, (role, delegator) =>
        loadTargets(set, this.#sources, role, delegator));
      const text = await this.#heldText(found.file) ?? await this.#downloadTarget(set, found.file);
      await this.#keep(set, found, text);
      return text;
    });
  }

  /** What may be used of a target now, online or not, expired or not. @throws RepositoryError where even the build's own is broken. */
  async inUse(path: string): Promise<TargetInUse> {
    const { store, baked } = this.#sources;
    const { root } = await newestRoot(this.#sources);
    const record = await store.read(`target:${path}`);
    const kept = await ifVerified(() => verifyVouchedTarget(readVouchedTarget(path, record ?? ""), path, root));
    const ours = await ifVerified(() => verifyVouchedTarget(bakedTarget(baked, path), path, root));
    const [newest] = [kept, ours].filter((target) => target !== null).sort(compareAge);
    if (newest === undefined) throw new MissingFileError(path, "neither the store nor the build has a verified copy");
    const confirmation = await this.#confirmationOf(path, newest.version) ??
      (newest === ours ? await confirmBaked(baked, newest) : undefined);
    return {
      text: newest.text,
      version: newest.version,
      published: newest.file.published,
      expires: confirmation?.expires ?? newest.expires,
      pollIntervalSeconds: confirmation?.pollIntervalSeconds ?? DEFAULT_POLL_INTERVAL_SECONDS,
    };
  }
}
