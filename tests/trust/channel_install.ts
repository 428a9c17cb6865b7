/** The rule channel of one install beside one repository, as the worker and the userscript use it. */
import type { BakedTrust } from "../../extension/src/trust/interfaces.ts";
import { RuleChannel } from "../../extension/src/trust/rule_channel.ts";
import { bundleOf, textsOf } from "./bundles.ts";
import { MemoryStore } from "./memory_store.ts";
import { RepositorySimulator } from "./repository_simulator.ts";
import { makeSigner, type Signer } from "./signer.ts";

const PAGE = "https://a.example/";

export class ChannelInstall {
  readonly repository: RepositorySimulator;
  readonly store: MemoryStore;
  readonly baked: BakedTrust;
  readonly channel: RuleChannel;

  constructor(repository: RepositorySimulator, baked: BakedTrust, store = new MemoryStore()) {
    this.repository = repository;
    this.baked = baked;
    this.store = store;
    const now = () => repository.now;
    this.channel = new RuleChannel({ fetcher: repository, store, now, dice: () => 0.5, baked });
  }

  /** The ids of the rules that a page gets. */
  rules(): string[] {
    return this.channel.rulesFor(PAGE, "en").rules.map(({ id }) => id);
  }

  /** The worker was stopped, and starts again with what is kept. */
  async restarted(store: MemoryStore = this.store): Promise<ChannelInstall> {
    const restarted = new ChannelInstall(this.repository, this.baked, store);
    await restarted.channel.load("en");
    return restarted;
  }
}

/** A maintainer who may switch rules off, beside those who sign them. */
export class Recaller {
  readonly #repository: RepositorySimulator;
  readonly #signer: Signer;

  private constructor(repository: RepositorySimulator, signer: Signer) {
    this.#repository = repository;
    this.#signer = signer;
  }

  /** Takes effect with the repository's next release. */
  static async appoint(repository: RepositorySimulator): Promise<Recaller> {
    const recaller = new Recaller(repository, await makeSigner("recaller"));
    await recaller.sign({ rules: [] });
    return recaller;
  }

  sign({ rules, isAll = false }: { rules: string[]; isAll?: boolean }): Promise<void> {
    return this.signText(JSON.stringify({ format: 1, all: isAll, rules }));
  }

  signText(text: string): Promise<void> {
    return this.#repository.publishDelegated("recall", this.#signer, ["recalled.json"], {
      "recalled.json": text,
    });
  }

  /** A recall leaves targets as they are: only what the role says is new. */
  async publish(recall: { rules: string[]; isAll?: boolean } | string): Promise<void> {
    if (typeof recall === "string") await this.signText(recall);
    else await this.sign(recall);
    await this.#repository.publishSnapshot();
    await this.#repository.publishTimestamp();
  }
}

/** An install built with the rules `built`, and those who may recall. */
export async function installWith(
  ...built: Parameters<typeof bundleOf>
): Promise<{ repository: RepositorySimulator; recaller: Recaller; install: ChannelInstall }> {
  const repository = await RepositorySimulator.start(bundleOf(...built));
  const recaller = await Recaller.appoint(repository);
  const ids = built.map((rule) => typeof rule === "string" ? rule : rule.id);
  await repository.release(bundleOf(...built), { en: textsOf("en", ...ids) });
  const install = new ChannelInstall(repository, repository.bake());
  await install.channel.load("en");
  return { repository, recaller, install };
}
