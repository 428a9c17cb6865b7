/// <reference lib="deno.ns" />
import { rejects, strictEqual } from "node:assert/strict";
import { LengthOrHashError, MissingFileError } from "../../extension/src/trust/errors.ts";
import { Install, oldInstall, refused } from "./behaviour.ts";
import { MemoryStore } from "./memory_store.ts";
import { RULES } from "./repository_simulator.ts";
import { makeSigner } from "./signer.ts";

for (const lost of ["metadata/2.snapshot.json", "metadata/2.targets.json", RULES]) {
  Deno.test(`an update that lost ${lost} is completed by the next check`, async () => {
    const { repository, install } = await oldInstall();
    await repository.release("new");
    const path = [...repository.files.keys()].filter((path) => path.endsWith(lost)).at(-1) ?? "";
    const text = repository.files.get(path) ?? "";
    repository.files.delete(path);
    await refused(install, MissingFileError, /the rule service does not have it/);
    repository.files.set(path, text);
    strictEqual(await install.check(), "new");
  });
}

Deno.test("a service that announces rules and withholds them does not set the install back to its build", async () => {
  const { repository, install } = await oldInstall();
  await repository.release("newer");
  await install.check();
  for (const withheld of ["newest", "newest of all"]) {
    await repository.release(withheld);
    for (const path of repository.files.keys()) if (path.endsWith(RULES)) repository.files.delete(path);
    await refused(install, MissingFileError, /rules\.jsonl/);
    strictEqual(await install.rules(), "newer");
  }
});

Deno.test("timestamps that lead nowhere do not make old rules look fresh", async () => {
  const { repository, install } = await oldInstall();
  await install.check();
  const { expires } = await install.inUse();
  repository.passDays(1);
  await repository.release("new");
  repository.files.delete("metadata/2.snapshot.json");
  await refused(install, MissingFileError, /2\.snapshot\.json/);
  strictEqual((await install.inUse()).expires, expires);
});

/** An update in which everything that is kept changes: root with new keys, all metadata, the rules. */
async function eventfulUpdate(): Promise<Awaited<ReturnType<typeof oldInstall>>> {
  const start = await oldInstall();
  await start.repository.release("older");
  await start.install.check();
  for (const role of ["timestamp", "snapshot", "targets"] as const) {
    start.repository.trust(role, [await makeSigner(`new ${role}-key`, "ecdsa-sha2-nistp256")]);
  }
  await start.repository.publishRoot();
  await start.repository.release("new");
  return start;
}

for (const isWriteDone of [false, true]) {
  Deno.test(`dying ${isWriteDone ? "after" : "before"} any write leaves old or new rules, and the next check works`, async () => {
    const { repository, baked, install } = await eventfulUpdate();
    const kept = [...install.store.texts];
    const writes = 6; // root, timestamp, snapshot, targets, the rules, the confirmation
    for (let write = 0; write < writes; write++) {
      const store = new MemoryStore(kept);
      store.dieAfterWrites(write, isWriteDone);
      await rejects(new Install(repository, { baked, store }).check(), /the worker was stopped/);

      const restarted = new Install(repository, { baked, store: new MemoryStore(store.texts) });
      const areRulesWritten = write > 4 || write === 4 && isWriteDone;
      strictEqual(await restarted.rules(), areRulesWritten ? "new" : "older", `write ${write}`);
      strictEqual(await restarted.check(), "new", `write ${write}`);
      strictEqual(await restarted.rules(), "new", `write ${write}`);
    }
    const store = new MemoryStore(kept);
    store.dieAfterWrites(writes, isWriteDone);
    strictEqual(
      await new Install(repository, { baked, store }).check(),
      "new",
      "there are no more writes than these",
    );
  });
}

for (const key of ["root", "timestamp", "snapshot", "targets", `target:${RULES}`, `confirmed:${RULES}`]) {
  for (
    const [name, tear] of [["cut in half", halve], ["replaced by noise", () => "\u0000null"], [
      "null",
      () => "null",
    ]] as const
  ) {
    Deno.test(`a kept ${key} that is ${name} bricks nothing`, async () => {
      const { repository, baked, install } = await oldInstall();
      await repository.publishRoot();
      await repository.release("new");
      await install.check();
      const text = install.store.texts.get(key) ?? "";
      strictEqual(text.length > 0, true);
      install.store.texts.set(key, tear(text));
      const restarted = new Install(repository, { baked, store: install.store });
      strictEqual(await restarted.rules(), key === `target:${RULES}` ? "old" : "new");
      strictEqual(await restarted.check(), "new");
      strictEqual(await restarted.rules(), "new");
    });
  }
}

for (const chain of [[null], [{}], [{ role: 1, text: "" }], ["targets"], {}]) {
  Deno.test(`kept rules with the chain ${JSON.stringify(chain)} brick nothing`, async () => {
    const { repository, baked, install } = await oldInstall();
    await repository.release("new");
    await install.check();
    const kept = JSON.parse(install.store.texts.get(`target:${RULES}`) ?? "");
    install.store.texts.set(`target:${RULES}`, JSON.stringify({ ...kept, chain }));
    const restarted = new Install(repository, { baked, store: install.store });
    strictEqual(await restarted.rules(), "old");
    strictEqual(await restarted.check(), "new");
  });
}

Deno.test("kept rules with one letter changed are not used", async () => {
  const { repository, baked, install } = await oldInstall();
  await repository.release("new");
  await install.check();
  const key = `target:${RULES}`;
  install.store.texts.set(key, (install.store.texts.get(key) ?? "").replace('"text":"new"', '"text":"mew"'));
  const restarted = new Install(repository, { baked, store: install.store });
  strictEqual(await restarted.rules(), "old");
  strictEqual(await restarted.check(), "new");
});

Deno.test("a download that does not fit is not kept", async () => {
  const { repository, install } = await oldInstall();
  await repository.release("new");
  const path = [...repository.files.keys()].filter((path) => path.endsWith(RULES)).at(-1) ?? "";
  repository.files.set(path, "!?!");
  await refused(install, LengthOrHashError, /sha256/);
  strictEqual([...install.store.texts.values()].some((text) => text.includes("!?!")), false);
});

function halve(text: string): string {
  return text.slice(0, text.length / 2);
}
