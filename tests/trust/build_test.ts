/// <reference lib="deno.ns" />
/** What is kept meets what an extension update brings. */
import { strictEqual } from "node:assert/strict";
import { RollbackError } from "../../extension/src/trust/errors.ts";
import { Install, oldInstall, refused } from "./behaviour.ts";
import { RepositorySimulator, START } from "./repository_simulator.ts";

const DAY = 86_400_000;

Deno.test("a fresh install knows how fresh its build is", async () => {
  const repository = await RepositorySimulator.start("old");
  repository.signed.timestamp["poll_interval"] = 600;
  await repository.publishTimestamp();
  const { expires, pollIntervalSeconds } = await new Install(repository, { baked: repository.bake() })
    .inUse();
  strictEqual(expires, START + 2 * DAY);
  strictEqual(pollIntervalSeconds, 600);
});

Deno.test("a newer build sets the floor for an install that was long asleep", async () => {
  const { repository, install } = await oldInstall();
  await install.check();
  const files = new Map(repository.files);
  repository.passDays(1);
  await repository.publishRoot();
  await repository.release("new");
  const updated = new Install(repository, { baked: repository.bake(), store: install.store });
  strictEqual(await updated.rules(), "new");
  strictEqual((await updated.inUse()).expires, START + 3 * DAY);
  for (const [path, text] of files) repository.files.set(path, text);
  await refused(updated, RollbackError, /timestamp\.json: is version 1, older than 2/);
});

Deno.test("an older build does not set a newer install back", async () => {
  const { repository, baked, install } = await oldInstall();
  await repository.release("new");
  await install.check();
  strictEqual(await new Install(repository, { baked, store: install.store }).rules(), "new");
});

Deno.test("a build of another maintainer starts over, whatever an earlier build kept", async () => {
  const { repository, install } = await oldInstall();
  await repository.publishRoot();
  await repository.release("new");
  await install.check();
  const other = await RepositorySimulator.start("of another house");
  await other.publishRoot();
  const rebuilt = new Install(other, { baked: other.bake(), store: install.store });
  strictEqual(await rebuilt.rules(), "of another house");
  strictEqual(await rebuilt.check(), "of another house");
});
