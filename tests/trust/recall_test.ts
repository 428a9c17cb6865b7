/// <reference lib="deno.ns" />
/** One maintainer can switch rules off for everybody, and nothing else. */
import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { bundleOf } from "./bundles.ts";
import { ChannelInstall, installWith } from "./channel_install.ts";
import { makeSigner } from "./signer.ts";

Deno.test("a recalled rule is off after the next check, and stays off after a restart without a network", async () => {
  const { repository, recaller, install } = await installWith("good", "bad");
  await recaller.publish({ rules: ["bad"] });
  strictEqual(await install.channel.check(), true);
  deepStrictEqual(install.rules(), ["good"]);
  deepStrictEqual(install.channel.status().skipped, ["bad: recalled by a maintainer"]);
  repository.isDown = true;
  deepStrictEqual((await install.restarted()).rules(), ["good"]);
});

Deno.test("a recall costs the role and its file, and no rules", async () => {
  const { repository, recaller, install } = await installWith("good", "bad");
  await install.channel.check();
  repository.takeRequests();
  await recaller.publish({ rules: ["bad"] });
  await install.channel.check();
  deepStrictEqual(repository.takeRequests().map((path) => path.replace(/[0-9a-f]{64}/, "<hash>")), [
    "metadata/2.root.json",
    "metadata/timestamp.json",
    "metadata/3.snapshot.json",
    "metadata/2.recall.json",
    "targets/<hash>.recalled.json",
  ]);
  await install.channel.check();
  deepStrictEqual(repository.takeRequests(), ["metadata/2.root.json", "metadata/timestamp.json"]);
});

Deno.test("a check that brings nothing new says so", async () => {
  const { recaller, install } = await installWith("good", "bad");
  strictEqual(await install.channel.check(), false);
  await recaller.publish({ rules: ["unheard_of"] });
  strictEqual(await install.channel.check(), false);
});

Deno.test("a recall that is taken back leaves the rule on again", async () => {
  const { recaller, install } = await installWith("good", "bad");
  await recaller.publish({ rules: ["bad"] });
  await install.channel.check();
  await recaller.publish({ rules: [] });
  strictEqual(await install.channel.check(), true);
  deepStrictEqual(install.rules(), ["bad", "good"]);
});

Deno.test("recalling all leaves the rules of the build, without those that are recalled by name", async () => {
  const { repository, recaller, install } = await installWith("built", "bad");
  await repository.release(bundleOf("built", "bad", "poisoned"));
  await install.channel.check();
  deepStrictEqual(install.rules(), ["bad", "built", "poisoned"]);
  await recaller.publish({ rules: ["bad"], isAll: true });
  await install.channel.check();
  deepStrictEqual(install.rules(), ["built"]);
  strictEqual(install.channel.status().version, 2);
  deepStrictEqual((await install.restarted()).rules(), ["built"]);
  await recaller.publish({ rules: [] });
  await install.channel.check();
  deepStrictEqual(install.rules(), ["bad", "built", "poisoned"]);
});

Deno.test("a rule that comes later under a recalled name is off as well", async () => {
  const { repository, recaller, install } = await installWith("good");
  await recaller.publish({ rules: ["later"] });
  await repository.release(bundleOf("good", "later"));
  await install.channel.check();
  deepStrictEqual(install.rules(), ["good"]);
});

Deno.test("a fresh install knows what its build's maintainers had recalled", async () => {
  const { repository, recaller } = await installWith("good", "bad");
  await recaller.publish({ rules: ["bad"] });
  const fresh = new ChannelInstall(repository, repository.bake());
  await fresh.channel.load("en");
  deepStrictEqual(fresh.rules(), ["good"]);
});

Deno.test("an older build does not switch a recalled rule on again", async () => {
  const { recaller, install } = await installWith("good", "bad");
  await recaller.publish({ rules: ["bad"] });
  await install.channel.check();
  deepStrictEqual((await install.restarted()).rules(), ["good"]);
});

const STRANGE: [string, string][] = [
  ["of a later format", '{"format":2,"all":false,"rules":["bad"],"until":"tomorrow"}'],
  ["without rules", '{"format":1,"all":false}'],
  ["that is no JSON", "bad"],
  ["of numbers", '{"format":1,"all":false,"rules":[1]}'],
];
for (const [name, text] of STRANGE) {
  Deno.test(`a well signed recall ${name} takes away what came after the build, and adds nothing`, async () => {
    const { repository, recaller, install } = await installWith("built");
    await repository.release(bundleOf("built", "later"));
    await install.channel.check();
    await recaller.publish(text);
    await install.channel.check();
    deepStrictEqual(install.rules(), ["built"]);
  });
}

Deno.test("what a recall says beside that changes nothing", async () => {
  const { recaller, install } = await installWith("good");
  await recaller.publish(JSON.stringify({
    ...{ format: 1, all: false, rules: [], set: ["evil"], texts: { good: "Allow it!" } },
    kind: "rule",
    id: "evil",
  }));
  strictEqual(await install.channel.check(), false);
  deepStrictEqual(install.rules(), ["good"]);
  strictEqual(install.channel.rulesFor("https://a.example/", "en").texts[0]?.title, "good asks");
});

Deno.test("the role that recalls cannot speak for the rules", async () => {
  const { repository, install } = await installWith("good");
  await repository.publishDelegated("recall", await makeSigner("recaller"), ["recalled.json"], {
    "rules.jsonl": bundleOf("evil"),
    "recalled.json": '{"format":1,"all":false,"rules":[]}',
  });
  await repository.publishTargets();
  await repository.publishSnapshot();
  await repository.publishTimestamp();
  await install.channel.check();
  deepStrictEqual(install.rules(), ["good"]);
});

Deno.test("a lost bundle does not keep a recalled rule on, and is told", async () => {
  const { repository, recaller, install } = await installWith("good", "bad");
  await recaller.sign({ rules: ["bad"] });
  await repository.release(bundleOf("good", "bad", "new"));
  for (const path of repository.files.keys()) {
    if (path.endsWith(".rules.jsonl")) repository.files.delete(path);
  }
  strictEqual(await install.channel.check(), true);
  deepStrictEqual(install.rules(), ["good"]);
  match(install.channel.status().error, /rules\.jsonl: the rule service does not have it/);
});

Deno.test("a lost recall does not keep new rules away, is told, and leaves the earlier recall in force", async () => {
  const { repository, recaller, install } = await installWith("good", "bad");
  await recaller.publish({ rules: ["bad"] });
  await install.channel.check();
  await recaller.sign({ rules: [] });
  await repository.release(bundleOf("good", "bad", "new"));
  repository.files.delete("metadata/3.recall.json");
  await install.channel.check();
  deepStrictEqual(install.rules(), ["good", "new"]);
  match(install.channel.status().error, /3\.recall\.json: the rule service does not have it/);
});

Deno.test("a recall that a stranger signed changes nothing, and is told", async () => {
  const { repository, recaller, install } = await installWith("good", "bad");
  await recaller.publish({ rules: ["bad"] });
  const path = "metadata/2.recall.json";
  const forged = (repository.files.get(path) ?? "").replace('"version":2', '"version":2,"more":1');
  repository.files.set(path, forged);
  await install.channel.check();
  deepStrictEqual(install.rules(), ["bad", "good"]);
  match(install.channel.status().error, /^recall\.json: 0 of the 1 signatures/);
});

Deno.test("a repository that appointed nobody for recalls is as good as any", async () => {
  const { repository, install } = await installWith("good");
  delete repository.signed.targets["delegations"];
  await repository.release(bundleOf("good", "new"));
  await install.channel.check();
  deepStrictEqual(install.rules(), ["good", "new"]);
  strictEqual(install.channel.status().error, "");
});
