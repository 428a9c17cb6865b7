/// <reference lib="deno.ns" />
/** The worker may be stopped at any store operation, reads included: afterwards old or new is in use, and the next check works. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { TrustStore } from "../../extension/src/trust/interfaces.ts";
import { RuleChannel } from "../../extension/src/trust/rule_channel.ts";
import { bundleOf } from "./bundles.ts";
import { ChannelInstall, installWith } from "./channel_install.ts";
import { MemoryStore } from "./memory_store.ts";
import { makeSigner } from "./signer.ts";

const SHARED = { id: "shared", rollout: { percent: 100, salt: "a" } };
const OLD = ["bad", "good"];
const NEW = ["good", "new", "shared"];
/** A recall may come into force before the new rules do. */
const BETWEEN = ["good"];

/** Never answers again after so many operations: what a stopped worker leaves is what was written by then. */
class DyingStore implements TrustStore {
  readonly texts: Map<string, string>;
  #left: number;
  readonly #died: () => void;
  readonly #isWriteDone: boolean;

  constructor(
    texts: Iterable<[string, string]>,
    options: { operations: number; isWriteDone: boolean; died: () => void },
  ) {
    this.texts = new Map(texts);
    this.#left = options.operations;
    this.#isWriteDone = options.isWriteDone;
    this.#died = options.died;
  }

  read(key: string): Promise<string | undefined> {
    return this.#survives() ? Promise.resolve(this.texts.get(key)) : this.#end();
  }

  write(key: string, text: string): Promise<void> {
    const isAlive = this.#survives();
    if (isAlive || this.#left === -1 && this.#isWriteDone) this.texts.set(key, text);
    return isAlive ? Promise.resolve() : this.#end();
  }

  remove(key: string): Promise<void> {
    this.texts.delete(key);
    return Promise.resolve();
  }

  #survives(): boolean {
    return this.#left-- > 0;
  }

  #end<T>(): Promise<T> {
    this.#died();
    return new Promise(() => {});
  }
}

/** Everything changes at once: root and all keys, rules, a recall, a roll-out that needs a number. */
async function eventfulUpdate(): Promise<ChannelInstall> {
  const { repository, recaller, install } = await installWith(...OLD);
  await repository.release(bundleOf("bad", "good", "older"));
  await recaller.publish({ rules: ["older"] });
  await install.channel.check();
  deepStrictEqual(install.rules(), OLD);
  for (const role of ["timestamp", "snapshot", "targets"] as const) {
    repository.trust(role, [await makeSigner(`new ${role}-key`)]);
  }
  await repository.publishRoot();
  await recaller.sign({ rules: ["bad", "older"] });
  await repository.release(bundleOf("bad", "good", "new", SHARED));
  return install;
}

/** Starts a worker and checks. @returns what is kept when it dies, or null where it lived to the end. */
async function checkUntilDeath(
  { repository, baked, store }: ChannelInstall,
  death: { operations: number; isWriteDone: boolean },
): Promise<Map<string, string> | null> {
  return await new Promise((resolve, reject) => {
    const dying = new DyingStore(store.texts, { ...death, died: () => resolve(dying.texts) });
    const now = () => repository.now;
    const channel = new RuleChannel({ fetcher: repository, store: dying, now, dice: () => 0.5, baked });
    channel.load("en").then(() => channel.check()).then(() => resolve(null), reject);
  });
}

for (const isWriteDone of [false, true]) {
  Deno.test(`stopped at any store operation, ${isWriteDone ? "just after" : "just before"} a write, the channel goes on`, async () => {
    const install = await eventfulUpdate();
    const seen = new Set<string>();
    let operations = 0;
    for (;; operations++) {
      const texts = await checkUntilDeath(install, { operations, isWriteDone });
      if (texts === null) break;
      const restarted = await install.restarted(new MemoryStore(texts));
      const rules = restarted.rules();
      const state = [OLD, BETWEEN, NEW].find((state) => state.join() === rules.join());
      ok(state !== undefined, `after ${operations} operations: ${rules}`);
      seen.add(state.join());
      await restarted.channel.check();
      strictEqual(restarted.channel.status().error, "", `after ${operations} operations`);
      deepStrictEqual(restarted.rules(), NEW, `after ${operations} operations`);
      deepStrictEqual((await restarted.restarted()).rules(), NEW);
    }
    ok(operations > 30, `${operations} operations`);
    deepStrictEqual([...seen], [OLD, BETWEEN, NEW].map((state) => state.join()));
  });
}

for (
  const name of [
    "channel:check",
    "channel:number",
    "recall",
    "target:recalled.json",
    "confirmed:recalled.json",
  ]
) {
  for (
    const torn of [
      "",
      "{",
      "null",
      "[]",
      "\u0000",
      '{"checkedAt":"yesterday","nextAt":"never","failures":-1}',
    ]
  ) {
    Deno.test(`a kept ${name} that is ${JSON.stringify(torn)} bricks nothing`, async () => {
      const install = await eventfulUpdate();
      await install.channel.check();
      install.store.texts.set(name, torn);
      const restarted = await install.restarted();
      ok(restarted.rules().includes("good"));
      await restarted.channel.check();
      strictEqual(restarted.channel.status().error, "");
      deepStrictEqual(restarted.rules(), NEW);
    });
  }
}

Deno.test("on a full disk the rules in memory go on, and the reason is told", async () => {
  const install = await eventfulUpdate();
  const full = await install.restarted(new MemoryStore(install.store.texts));
  full.store.write = () => Promise.reject(new Error("the disk is full"));
  await full.channel.check();
  deepStrictEqual(full.rules(), OLD);
  strictEqual(full.channel.status().error, "the disk is full");
});

Deno.test("well signed rules of a later format are told of, and the build's go on warning", async () => {
  const { repository, install } = await installWith("good");
  await repository.release('{"kind": "bundle", "format": 99}\n');
  await install.channel.check();
  deepStrictEqual(install.rules(), ["good"]);
  strictEqual(/format 1 only/.test(install.channel.status().error), true);
  const restarted = await install.restarted();
  deepStrictEqual(restarted.rules(), ["good"]);
  strictEqual(/format 1 only/.test(restarted.channel.status().error), true);
});
