/**
 * The client of The Update Framework: asks the rule service, and hands out only what the maintainers have signed.
 * What verified last stays in use until something newer verifies, whatever service, road and clock do.
 */
import type { Patch } from "./delta.ts";
import { DownloadError, ifVerified } from "./errors.ts";
import { findTarget } from "./find_target.ts";
import { knownHash, requireLengthAndHashes, sha256Hex } from "./hashes.ts";
import type { BakedTrust, Clock, Fetcher, TrustStore } from "./interfaces.ts";
import type { TargetFile } from "./metadata.ts";
import { download, loadTargets, present, refresh, type Sources } from "./refresh.ts";
import { type TargetInUse, TargetKeeper } from "./target_keeper.ts";
import type { TrustedSet } from "./trusted_set.ts";

export class TufClient {
  readonly #sources: Sources;
  readonly #keeper: TargetKeeper;
  readonly #now: Clock;
  readonly #patches: Record<string, Patch>;
  #set: TrustedSet | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param options.patches for targets of which the service also has what changed since older ones. */
  constructor(
    { now, patches = {}, ...sources }: {
      fetcher: Fetcher;
      store: TrustStore;
      now: Clock;
      baked: BakedTrust;
      patches?: Record<string, Patch>;
    },
  ) {
    this.#patches = patches;
    this.#sources = sources;
    this.#keeper = new TargetKeeper(sources);
    this.#now = now;
  }

  /** Brings the metadata up to date. @throws DownloadError, RepositoryError: what was in use stays in use. */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      this.#set = await refresh(this.#sources, this.#now());
    });
  }

  /**
   * The verified text of a target, downloaded only where neither store nor build holds it. Comes after `refresh`.
   * @throws DownloadError, RepositoryError: what was in use stays in use.
   */
  getTarget(path: string): Promise<string> {
    return this.#inTurn(async () => {
      const set = this.#set;
      if (set === undefined) throw new Error("client.ts: getTarget: call refresh first");
      const found = await findTarget(
        path,
        set.root,
        (role, delegator) => loadTargets(set, this.#sources, role, delegator),
      );
      const text = await this.#keeper.held(found.file) ?? await this.#downloadTarget(set, found.file);
      await this.#keeper.keep(set, found, text);
      return text;
    });
  }

  /** What may be used of a target now: online or not, expired or not. */
  inUse(path: string): Promise<TargetInUse> {
    return this.#keeper.inUse(path);
  }

  /** The build's own copy of a target, whatever came since. */
  baked(path: string): Promise<TargetInUse> {
    return this.#keeper.baked(path);
  }

  async #downloadTarget(set: TrustedSet, file: TargetFile): Promise<string> {
    const patched = await this.#downloadChanges(file);
    if (patched !== null) return patched;
    const path = targetPath(file, set.root.hasConsistentSnapshots);
    const text = present(path, await download(this.#sources.fetcher, path, file.length));
    await requireLengthAndHashes(path, text, file);
    return text;
  }

  /** What changed since the copy at hand, if the service has that; null where the whole file is needed. */
  async #downloadChanges(file: TargetFile): Promise<string | null> {
    const patch = this.#patches[file.path];
    const hash = file.hashes.get("sha256");
    const [old] = await this.#keeper.copies(file.path);
    if (patch === undefined || hash === undefined || old === undefined) return null;
    try {
      const path = `deltas/${await sha256Hex(old)}.${hash}.json`;
      const delta = await download(this.#sources.fetcher, path, file.length);
      const text = delta === null ? null : patch(old, delta);
      return text !== null && await fits(text, file) ? text : null;
    } catch (error) {
      // Nothing about a delta is worth a refusal; but a service that asks for rest is not asked twice.
      if (error instanceof DownloadError && error.retryAfterMs !== undefined) throw error;
      return null;
    }
  }

  /** Two checks at once would write over each other: an alarm may fire while a person presses "check now". */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

async function fits(text: string, file: TargetFile): Promise<boolean> {
  return await ifVerified(() => requireLengthAndHashes(file.path, text, file)) !== null;
}

function targetPath({ path, hashes }: TargetFile, isHashed: boolean): string {
  const hash = knownHash(path, hashes);
  const parts = path.split("/").map(encodeURIComponent);
  const name = parts.pop() ?? "";
  return ["targets", ...parts, isHashed ? `${hash}.${name}` : name].join("/");
}
