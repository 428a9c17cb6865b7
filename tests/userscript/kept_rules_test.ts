/// <reference lib="deno.ns" />
/** On pages without https nothing can be verified: what was verified elsewhere is used, and nothing else. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { RuleChannel } from "../../extension/src/trust/rule_channel.ts";
import { keptChoice, noteChoice } from "../../extension/src/userscript/kept_rules.ts";
import { bundleOf } from "../trust/bundles.ts";
import { ChannelInstall, installWith } from "../trust/channel_install.ts";
import { MemoryStore } from "../trust/memory_store.ts";
import type { RepositorySimulator } from "../trust/repository_simulator.ts";

/** What an https page does at each turn. */
async function visitHttps({ channel, store, baked }: ChannelInstall): Promise<void> {
  await channel.check();
  await noteChoice(store, channel.choice, baked);
}

/** The rules on an http page, where the browser lends no hashes and no signatures. */
async function rulesOnHttp({ repository, store, baked }: ChannelInstall): Promise<string[]> {
  const channel = new RuleChannel({
    fetcher: repository,
    store,
    now: () => repository.now,
    dice: () => 0.5,
    baked,
  });
  const { subtle } = crypto;
  Object.defineProperty(crypto, "subtle", { value: undefined, configurable: true });
  try {
    channel.useAsKept(await keptChoice(store, baked, "en"));
  } finally {
    Object.defineProperty(crypto, "subtle", { value: subtle, configurable: true });
  }
  return channel.rulesFor("http://a.example/", "en").rules.map(({ id }) => id);
}

/** The manager installs a script that was built today, and keeps what the older one had stored. */
function rebuilt(install: ChannelInstall, repository: RepositorySimulator): ChannelInstall {
  return new ChannelInstall(repository, repository.bake(), install.store);
}

Deno.test("before any https page was seen, the script's own rules warn", async () => {
  const { install } = await installWith("built");
  deepStrictEqual(await rulesOnHttp(install), ["built"]);
});

Deno.test("a rule for a share of devices waits until an https page has drawn lots", async () => {
  const { install } = await installWith("built", { id: "shared", rollout: { percent: 100, salt: "a" } });
  deepStrictEqual(await rulesOnHttp(install), ["built"]);
  await visitHttps(install);
  deepStrictEqual(await rulesOnHttp(install), ["built", "shared"]);
});

Deno.test("rules that an https page has verified are used, without asking anybody", async () => {
  const { repository, install } = await installWith("built");
  await repository.release(bundleOf("built", "new"));
  await visitHttps(install);
  repository.takeRequests();
  deepStrictEqual(await rulesOnHttp(install), ["built", "new"]);
  deepStrictEqual(repository.takeRequests(), []);
});

Deno.test("a recalled rule is off there, too", async () => {
  const { recaller, install } = await installWith("bad", "good");
  await recaller.publish({ rules: ["bad"] });
  await visitHttps(install);
  deepStrictEqual(await rulesOnHttp(install), ["good"]);
});

Deno.test("where all is recalled, the script's own rules are used there, too", async () => {
  const { repository, recaller, install } = await installWith("bad", "built");
  await repository.release(bundleOf("bad", "built", "poisoned"));
  await visitHttps(install);
  await recaller.publish({ rules: ["bad"], isAll: true });
  await visitHttps(install);
  deepStrictEqual(await rulesOnHttp(install), ["built"]);
});

Deno.test("rules that are kept but not yet noted are not used: what is off among them is not known", async () => {
  const { repository, recaller, install } = await installWith("bad", "built");
  await repository.release(bundleOf("bad", "built", "second"));
  await recaller.publish({ rules: ["bad"] });
  await visitHttps(install);
  await repository.release(bundleOf("bad", "built", { id: "shared", rollout: { percent: 1, salt: "a" } }));
  await install.channel.check(); // another tab, stopped before it noted anything
  deepStrictEqual(await rulesOnHttp(install), ["built"]);
});

Deno.test("a newer build's rules replace older kept ones; what was recalled stays off", async () => {
  const { repository, recaller, install } = await installWith("bad", "built");
  await repository.release(bundleOf("bad", "built", "second"));
  await recaller.publish({ rules: ["bad"] });
  await visitHttps(install);
  await repository.release(bundleOf("bad", "built", "third"));
  deepStrictEqual(await rulesOnHttp(rebuilt(install, repository)), ["built", "third"]);
});

for (const key of ["channel:choice", "target:rules.jsonl"]) {
  for (const torn of ["", "{", "null", "[]", '{"version":"2"}', '{"version":3,"off":null}']) {
    Deno.test(`where ${key} is ${JSON.stringify(torn)}, the script's own rules warn`, async () => {
      const { repository, install } = await installWith("built");
      await repository.release(bundleOf("built", "new"));
      await visitHttps(install);
      install.store.texts.set(key, torn);
      deepStrictEqual(await rulesOnHttp(install), ["built"]);
    });
  }
}

Deno.test("nothing is written where nothing has changed", async () => {
  const { install } = await installWith("built");
  await visitHttps(install);
  const { choice } = install.channel;
  const store = new MemoryStore(install.store.texts);
  store.dieAfterWrites(0, false);
  await noteChoice(store, choice, install.baked);
  strictEqual(store.texts.get("channel:choice"), install.store.texts.get("channel:choice"));
});
