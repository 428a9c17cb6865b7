/// <reference lib="deno.ns" />
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { Install, oldInstall, refused } from "./behaviour.ts";
import { DownloadError } from "../../extension/src/trust/errors.ts";
import { RepositorySimulator, RULES, START } from "./repository_simulator.ts";
import { makeSigner } from "./signer.ts";

Deno.test("a fresh install has its build's rules before it has asked anybody", async () => {
  const { repository, install } = await oldInstall();
  strictEqual(await install.rules(), "old");
  deepStrictEqual(repository.requests, []);
});

for (const scheme of ["ed25519", "ecdsa-sha2-nistp256"] as const) {
  Deno.test(`a new release signed with ${scheme} comes into use`, async () => {
    const repository = await RepositorySimulator.start("old", scheme);
    const install = new Install(repository, { baked: repository.bake() });
    await repository.release("new");
    strictEqual(await install.check(), "new");
    strictEqual(await install.rules(), "new");
  });
}

Deno.test("a check without news asks for the next root and the timestamp, nothing else", async () => {
  const { repository, install } = await oldInstall();
  await install.check();
  deepStrictEqual(repository.takeRequests(), ["metadata/2.root.json", "metadata/timestamp.json"]);
});

Deno.test("a timestamp signed anew costs no other request", async () => {
  const { repository, install } = await oldInstall();
  await repository.publishTimestamp();
  await install.check();
  deepStrictEqual(repository.takeRequests(), ["metadata/2.root.json", "metadata/timestamp.json"]);
});

Deno.test("a release is fetched under numbered and hashed names, within each role's limit", async () => {
  const { repository, install } = await oldInstall();
  await repository.release("new rules");
  await install.check();
  const [root, timestamp, snapshot, targets, rules] = repository.requests;
  deepStrictEqual(root, { path: "metadata/2.root.json", maxBytes: 512_000 });
  deepStrictEqual(timestamp, { path: "metadata/timestamp.json", maxBytes: 16_384 });
  deepStrictEqual(snapshot, { path: "metadata/2.snapshot.json", maxBytes: 2_000_000 });
  deepStrictEqual(targets, { path: "metadata/2.targets.json", maxBytes: 5_000_000 });
  strictEqual(rules?.maxBytes, "new rules".length);
  strictEqual(/^targets\/[0-9a-f]{64}\.rules\.jsonl$/.test(rules?.path ?? ""), true);
});

Deno.test("an answer longer than its limit is refused, even from a fetcher that lets it through", async () => {
  const { repository, install } = await oldInstall();
  repository.files.set("metadata/timestamp.json", " ".repeat(16_385));
  await refused(install, DownloadError, /longer than 16384 bytes/);
});

Deno.test("the kept rules are in use after a restart, offline", async () => {
  const { repository, baked, install } = await oldInstall();
  await repository.release("new");
  await install.check();
  const restarted = new Install(repository, { baked, store: install.store });
  repository.isDown = true;
  await refused(restarted, DownloadError, /cannot be reached/);
  strictEqual(await restarted.rules(), "new");
});

Deno.test("two checks at the same time take turns", async () => {
  const { repository, install } = await oldInstall();
  await repository.release("new");
  deepStrictEqual(await Promise.all([install.check(), install.check()]), ["new", "new"]);
  deepStrictEqual(repository.takeRequests().map((path) => path.replace(/^.*\/([0-9a-f]{64}\.)?/, "")), [
    ...["2.root.json", "timestamp.json", "2.snapshot.json", "2.targets.json"],
    ...["2.root.json", "timestamp.json"],
    RULES,
  ]);
});

Deno.test("the signed date of publication is told", async () => {
  const { repository, install } = await oldInstall();
  strictEqual((await install.inUse()).published, new Date(START).toISOString());
  repository.passDays(1);
  await repository.release("new");
  await install.check();
  strictEqual((await install.inUse()).published, new Date(repository.now).toISOString());
});

Deno.test("a timestamp that does not say how often to check gets a check every minute", async () => {
  const { install } = await oldInstall();
  await install.check();
  strictEqual((await install.inUse()).pollIntervalSeconds, 60);
});

for (const [asked, expected] of [[1, 30], [600, 600], [1e9, 86_400], ["600", 60]] as const) {
  Deno.test(`a timestamp that asks for checks every ${JSON.stringify(asked)} seconds gets them every ${expected}`, async () => {
    const { repository, install } = await oldInstall();
    repository.signed.timestamp["poll_interval"] = asked;
    await repository.publishTimestamp();
    await install.check();
    strictEqual((await install.inUse()).pollIntervalSeconds, expected);
  });
}

Deno.test("a file of a delegated role is found, and is kept with what vouches for it", async () => {
  const { repository, baked, install } = await oldInstall();
  await repository.publishDelegated("recall", await makeSigner("anyone"), ["recall.json"], {
    "recall.json": "off",
  });
  await repository.release("old");
  strictEqual(await install.check("recall.json"), "off");
  repository.isDown = true;
  const restarted = new Install(repository, { baked, store: install.store });
  strictEqual((await restarted.inUse("recall.json")).text, "off");
});
