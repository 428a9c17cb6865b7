/** One install of the extension beside one repository, and what a test says about them. */
import { rejects } from "node:assert/strict";
import { TufClient } from "../../extension/src/trust/client.ts";
import type { BakedTrust } from "../../extension/src/trust/interfaces.ts";
import type { TargetInUse } from "../../extension/src/trust/target_keeper.ts";
import { MemoryStore } from "./memory_store.ts";
import { RepositorySimulator, RULES } from "./repository_simulator.ts";

export class Install {
  readonly store: MemoryStore;
  readonly #client: TufClient;

  /** @param now what the device's clock says; the repository's own time where nothing else is said. */
  constructor(
    repository: RepositorySimulator,
    { baked, store = new MemoryStore(), now = () => repository.now }: {
      baked: BakedTrust;
      store?: MemoryStore;
      now?: () => number;
    },
  ) {
    this.store = store;
    this.#client = new TufClient({ fetcher: repository, store, now, baked });
  }

  /** A whole check, as the worker makes it. */
  async check(path = RULES): Promise<string> {
    await this.#client.refresh();
    return await this.#client.getTarget(path);
  }

  refresh(): Promise<void> {
    return this.#client.refresh();
  }

  inUse(path = RULES): Promise<TargetInUse> {
    return this.#client.inUse(path);
  }

  async rules(): Promise<string> {
    return (await this.inUse()).text;
  }
}

/** A repository with the rules "old", and an install that was built from it. */
export async function oldInstall(): Promise<
  { repository: RepositorySimulator; install: Install; baked: BakedTrust }
> {
  const repository = await RepositorySimulator.start("old");
  const baked = repository.bake();
  return { repository, baked, install: new Install(repository, { baked }) };
}

type ErrorClass = new (...parameters: never[]) => Error;

/** The check is refused for this reason, in these words, and what was in use stays in use. */
export async function refused(install: Install, error: ErrorClass, words: RegExp): Promise<void> {
  const before = await install.rules();
  await rejects(install.check(), (thrown) => {
    if (!(thrown instanceof error) || !words.test(thrown.message)) throw thrown;
    return true;
  });
  const after = await install.rules();
  if (after !== before) throw new Error(`"${before}" was in use, now it is "${after}"`);
}
