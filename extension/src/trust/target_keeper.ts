/** Which copy of a target is in use: the kept one or the build's own, whichever is newer and verifies. */
import { ifVerified, MissingFileError } from "./errors.ts";
import type { FoundTarget } from "./find_target.ts";
import { requireLengthAndHashes } from "./hashes.ts";
import { bakedFile, type BakedTrust, type TrustStore } from "./interfaces.ts";
import type { TargetFile } from "./metadata.ts";
import { newestRoot } from "./refresh.ts";
import { TrustedSet, verifyRoot } from "./trusted_set.ts";
import {
  bakedTarget,
  compareAge,
  readVouchedTarget,
  type VerifiedTarget,
  verifyVouchedTarget,
} from "./vouched_target.ts";

/** A target that may be used now, and how fresh the trust in it is. */
export interface TargetInUse {
  text: string;
  /** Of the top-level targets role. */
  version: number;
  /** ISO 8601, or empty where the maintainers do not say. */
  published: string;
  /** Milliseconds since the epoch: when the first of the roles expires that vouched for it at the last complete check. */
  expires: number;
  pollIntervalSeconds: number;
}

/** What a complete check found out about a target; kept apart from it, because this changes with every timestamp. */
interface Confirmation {
  /** Of the roles in the target's chain. */
  versions: number[];
  expires: number;
  pollIntervalSeconds: number;
}

const DEFAULT_POLL_INTERVAL_SECONDS = 60;

export class TargetKeeper {
  readonly #store: TrustStore;
  readonly #baked: BakedTrust;

  constructor({ store, baked }: { store: TrustStore; baked: BakedTrust }) {
    this.#store = store;
    this.#baked = baked;
  }

  /** A copy that is what the metadata asks for, and need not be downloaded. */
  async held(file: TargetFile): Promise<string | null> {
    for (const text of await this.copies(file.path)) {
      if (await ifVerified(() => requireLengthAndHashes(file.path, text, file)) !== null) return text;
    }
    return null;
  }

  /** What store and build hold under this path, whatever it is worth. */
  async copies(path: string): Promise<string[]> {
    const kept = await ifVerified(() => this.#kept(path));
    return [kept?.text, await bakedFile(this.#baked, path)].filter((text) => text !== undefined);
  }

  /** After a complete check: the pair first, in one write; dying between the two writes only costs the freshness. */
  async keep(set: TrustedSet, { file, chain, targets }: FoundTarget, text: string): Promise<void> {
    await this.#writeChanged(`target:${file.path}`, { root: set.rootText, chain, text });
    const versions = targets.map(({ version }) => version);
    const expires = Math.min(...targets.map((role) => role.expires));
    await this.#writeChanged(`confirmed:${file.path}`, confirm(set, { versions, expires }));
  }

  /** @throws RepositoryError where even the build's own copy is broken. */
  async inUse(path: string): Promise<TargetInUse> {
    const { root } = await newestRoot({ store: this.#store, baked: this.#baked });
    const kept = await ifVerified(async () => verifyVouchedTarget(await this.#kept(path), path, root));
    const baked = await ifVerified(async () =>
      verifyVouchedTarget(await bakedTarget(this.#baked, path), path, root)
    );
    const [newest] = [kept, baked].filter((copy) => copy !== null).sort(compareAge);
    if (newest === undefined) {
      throw new MissingFileError(path, "neither store nor build holds a copy that verifies");
    }
    const known = await this.#confirmation(path, newest) ??
      (newest === baked ? await ifVerified(() => confirmBaked(this.#baked, newest)) : null);
    return describe(newest, known);
  }

  /** The build's own copy, however old. @throws RepositoryError */
  async baked(path: string): Promise<TargetInUse> {
    const target = await bakedTarget(this.#baked, path);
    const verified = await verifyVouchedTarget(target, path, await verifyRoot(this.#baked.root));
    return describe(verified, await this.#confirmation(path, verified));
  }

  async #kept(path: string): Promise<ReturnType<typeof readVouchedTarget>> {
    return readVouchedTarget(path, await this.#store.read(`target:${path}`) ?? "");
  }

  async #confirmation(path: string, { versions }: VerifiedTarget): Promise<Confirmation | null> {
    try {
      const kept = JSON.parse(await this.#store.read(`confirmed:${path}`) ?? "null") as Confirmation | null;
      return kept?.versions.join() === versions.join() ? kept : null;
    } catch {
      return null; // torn by a crash: the next check writes it anew
    }
  }

  async #writeChanged(key: string, value: unknown): Promise<void> {
    const text = JSON.stringify(value);
    if (await this.#store.read(key) !== text) await this.#store.write(key, text);
  }
}

function describe(target: VerifiedTarget, known: Confirmation | null): TargetInUse {
  return {
    text: target.text,
    version: target.versions[0] ?? 0,
    published: target.file.published,
    expires: known?.expires ?? target.expires,
    pollIntervalSeconds: known?.pollIntervalSeconds ?? DEFAULT_POLL_INTERVAL_SECONDS,
  };
}

function confirm(set: TrustedSet, chain: { versions: number[]; expires: number }): Confirmation {
  const { root, timestamp, snapshot } = set;
  return {
    versions: chain.versions,
    expires: Math.min(root.expires, timestamp.expires, snapshot.expires, chain.expires),
    pollIntervalSeconds: timestamp.pollIntervalSeconds,
  };
}

/** The build was complete when it was made: its own timestamp says how fresh it still is. */
async function confirmBaked(baked: BakedTrust, target: VerifiedTarget): Promise<Confirmation> {
  const set = new TrustedSet({ root: await verifyRoot(baked.root), text: baked.root }, 0);
  await set.adoptTimestamp(baked.timestamp);
  await set.adoptSnapshot(baked.snapshot);
  return confirm(set, target);
}
