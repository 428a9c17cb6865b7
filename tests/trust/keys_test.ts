/// <reference lib="deno.ns" />
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { MetadataError, RollbackError, SignatureError } from "../../extension/src/trust/errors.ts";
import { oldInstall, refused } from "./behaviour.ts";
import type { RepositorySimulator } from "./repository_simulator.ts";
import { makeSigner, type Signer } from "./signer.ts";

Deno.test("two keys of different kinds reach a threshold of two", async () => {
  const { repository, install } = await oldInstall();
  const signers = [await makeSigner("a"), await makeSigner("b", "ecdsa-sha2-nistp256")];
  await replaceTargetsKeys(repository, signers, 2);
  strictEqual(await install.check(), "new");
});

Deno.test("one key is not enough where two are asked for", async () => {
  const { repository, install } = await oldInstall();
  const signers = [await makeSigner("a"), await makeSigner("b")];
  await replaceTargetsKeys(repository, signers, 2, signers.slice(1));
  await refused(
    install,
    SignatureError,
    /^targets\.json: 1 of the 2 signatures that "targets" needs are good$/,
  );
});

Deno.test("the same key listed under two ids counts once", async () => {
  const { repository, install } = await oldInstall();
  const signer = await makeSigner("a");
  await replaceTargetsKeys(repository, [signer, { ...signer, keyid: "b" }], 2);
  await refused(install, SignatureError, /1 of the 2 signatures/);
});

Deno.test("the same key in two spellings counts once", async () => {
  const { repository, install } = await oldInstall();
  const signer = await makeSigner("a", "ecdsa-sha2-nistp256");
  const spelling = signer.key.keyval.public.replaceAll("\n", "\r\n");
  const twin = { ...signer, keyid: "b", key: { ...signer.key, keyval: { public: spelling } } };
  await replaceTargetsKeys(repository, [signer, twin], 2);
  await refused(install, SignatureError, /1 of the 2 signatures/);
});

Deno.test("a role that names one key id twice is refused", async () => {
  const { repository, install } = await oldInstall();
  const signer = await makeSigner("a");
  await replaceTargetsKeys(repository, [signer, signer], 1);
  await refused(install, MetadataError, /"keyids" names a key twice/);
});

Deno.test("a key of a scheme that no browser knows does not count, and is named", async () => {
  const { repository, install } = await oldInstall();
  const signer = await makeSigner("a");
  const strange = { ...signer, key: { ...signer.key, keytype: "ml-dsa", scheme: "ml-dsa-65" } };
  await replaceTargetsKeys(repository, [strange], 1);
  await refused(install, SignatureError, /0 of the 1 signatures .*; this browser cannot check ml-dsa-65$/);
});

Deno.test("a broken signature beside enough good ones does no harm", async () => {
  const { repository, install } = await oldInstall();
  const broken = ["", "zz", "30", "00".repeat(64)].map((signature, index) => async () => ({
    ...await makeSigner(`broken ${index}`, index % 2 === 0 ? "ed25519" : "ecdsa-sha2-nistp256"),
    sign: () => Promise.resolve(signature),
  }));
  const signers = await Promise.all(broken.map((make) => make()));
  await replaceTargetsKeys(repository, [...signers, await makeSigner("good")], 1);
  strictEqual(await install.check(), "new");
});

for (const scheme of ["ed25519", "ecdsa-sha2-nistp256"] as const) {
  for (const signature of ["", "zz", "30", "00".repeat(64), "3006020101020101"]) {
    Deno.test(`"${signature.slice(0, 16)}" is no signature of ${scheme}`, async () => {
      const { repository, install } = await oldInstall();
      const signer = { ...await makeSigner("a", scheme), sign: () => Promise.resolve(signature) };
      await replaceTargetsKeys(repository, [signer], 1);
      await refused(install, SignatureError, /0 of the 1 signatures/);
    });
  }
}

Deno.test("root keys are replaced by a root that old and new keys have signed, over several versions", async () => {
  const { repository, install } = await oldInstall();
  for (const keyid of ["second", "third"]) {
    const before = repository.signers.get("root") ?? [];
    repository.trust("root", [await makeSigner(keyid)]);
    await repository.publishRoot(before);
  }
  await repository.release("new");
  strictEqual(await install.check(), "new");
  deepStrictEqual(
    repository.takeRequests().slice(0, 3),
    ["metadata/2.root.json", "metadata/3.root.json", "metadata/4.root.json"],
  );
});

Deno.test("a root that the old keys have not signed is refused", async () => {
  const { repository, install } = await oldInstall();
  repository.trust("root", [await makeSigner("stranger")]);
  await repository.publishRoot();
  await refused(install, SignatureError, /^2\.root\.json: 0 of the 1/);
});

Deno.test("a root that its own keys have not signed is refused", async () => {
  const { repository, install } = await oldInstall();
  const before = repository.signers.get("root") ?? [];
  repository.trust("root", [await makeSigner("new")]);
  repository.signers.set("root", before);
  await repository.publishRoot();
  await refused(install, SignatureError, /^2\.root\.json: 0 of the 1/);
});

Deno.test("a root under the wrong number is refused", async () => {
  const { repository, install } = await oldInstall();
  await repository.publishRoot();
  await repository.publishRoot();
  repository.files.set("metadata/2.root.json", repository.files.get("metadata/3.root.json") ?? "");
  await refused(install, RollbackError, /2\.root\.json: is version 3, announced was 2/);
});

Deno.test("a version that a stolen key ran up is left behind when the key is replaced", async () => {
  const { repository, install } = await oldInstall();
  repository.signed.timestamp["version"] = 1_000_000;
  await repository.publishTimestamp();
  await install.check();
  repository.signed.timestamp["version"] = 2;
  await repository.release("new");
  await refused(install, RollbackError, /is version 3, older than 1000001/);
  repository.trust("timestamp", [await makeSigner("new timestamp-key")]);
  await repository.publishRoot();
  await repository.publishTimestamp();
  strictEqual(await install.check(), "new");
});

Deno.test("after a change of the targets key, rules of the old key go on warning until newer ones are here", async () => {
  const { repository, install } = await oldInstall();
  await repository.release("newer");
  await install.check();
  repository.trust("targets", [await makeSigner("new targets-key")]);
  await repository.publishRoot();
  const timestamp = repository.files.get("metadata/timestamp.json") ?? "";
  repository.files.set("metadata/timestamp.json", "");
  await refused(install, MetadataError, /not JSON/);
  strictEqual(await install.rules(), "newer");
  repository.files.set("metadata/timestamp.json", timestamp);
  await repository.release("newest");
  strictEqual(await install.check(), "newest");
});

/** @param signing who really signs; all of them where nothing else is said. */
async function replaceTargetsKeys(
  repository: RepositorySimulator,
  signers: Signer[],
  threshold: number,
  signing = signers,
): Promise<void> {
  repository.trust("targets", signers, threshold);
  repository.signers.set("targets", signing);
  await repository.publishRoot();
  await repository.release("new");
}
