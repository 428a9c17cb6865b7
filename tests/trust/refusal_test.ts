/// <reference lib="deno.ns" />
import { strictEqual } from "node:assert/strict";
import type { JsonValue } from "../../extension/src/trust/canonical_json.ts";
import {
  DownloadError,
  ExpiredError,
  LengthOrHashError,
  MissingFileError,
  RollbackError,
  SignatureError,
  UnknownTargetError,
} from "../../extension/src/trust/errors.ts";
import { Install, oldInstall, refused } from "./behaviour.ts";
import type { RepositorySimulator } from "./repository_simulator.ts";
import { makeSigner } from "./signer.ts";

Deno.test("the very same timestamp is refused once it has expired", async () => {
  const { repository, install } = await oldInstall();
  await install.check();
  repository.passDays(3);
  await refused(
    install,
    ExpiredError,
    /^timestamp\.json: expired 2030-06-03T12:00Z; .*clock says 2030-06-04T12:00Z$/,
  );
  strictEqual((await install.inUse()).expires < repository.now, true);
});

for (const days of [-3650, 3650]) {
  Deno.test(`a clock that is wrong by ${days} days bricks nothing`, async () => {
    const { repository, install } = await oldInstall();
    await repository.release("new");
    repository.passDays(days);
    if (days > 0) await refused(install, ExpiredError, /clock/);
    else strictEqual(await install.check(), "new"); // nothing has expired yet on such a clock
    repository.passDays(-days);
    strictEqual(await install.check(), "new");
  });
}

Deno.test("an expired root is kept, and leads no further", async () => {
  const { repository, install } = await oldInstall();
  await repository.publishRoot();
  await repository.release("new");
  repository.passDays(400);
  await repository.publishTimestamp();
  await refused(install, ExpiredError, /^root\.json/);
  strictEqual(JSON.parse(install.store.texts.get("root") ?? "").signed.version, 2);
});

Deno.test("an older timestamp is refused", async () => {
  const { repository, install } = await oldInstall();
  const older = repository.files.get("metadata/timestamp.json") ?? "";
  await repository.release("new");
  await install.check();
  repository.files.set("metadata/timestamp.json", older);
  await refused(install, RollbackError, /version 1, older than 2/);
});

Deno.test("a timestamp older than the one in the build is refused on a fresh install", async () => {
  const { repository } = await oldInstall();
  const older = repository.files.get("metadata/timestamp.json") ?? "";
  await repository.release("new");
  const fresh = new Install(repository, { baked: repository.bake() });
  repository.files.set("metadata/timestamp.json", older);
  await refused(fresh, RollbackError, /timestamp\.json: is version 1, older than 2/);
});

Deno.test("a snapshot that sets targets back is refused", async () => {
  const { repository, install } = await oldInstall();
  await repository.release("new");
  await install.check();
  repository.announce("targets.json", { version: 1 });
  await repository.publishSnapshot();
  await repository.publishTimestamp();
  await refused(install, RollbackError, /snapshot\.json: targets\.json: is version 1, older than 2/);
});

Deno.test("a role that vanishes from the snapshot is refused", async () => {
  const { repository, install } = await oldInstall();
  repository.announce("recall.json", { version: 1 });
  await repository.release("new");
  await install.check();
  delete (repository.signed.snapshot["meta"] as Record<string, unknown>)["recall.json"];
  await repository.publishSnapshot();
  await repository.publishTimestamp();
  await refused(install, RollbackError, /no longer lists recall\.json/);
});

Deno.test("rules that are not those that were signed are refused", async () => {
  const { repository, install } = await oldInstall();
  await repository.release("new");
  for (const path of repository.files.keys()) {
    if (path.startsWith("targets/")) repository.files.set(path, "bad");
  }
  await refused(install, LengthOrHashError, /^targets\/[0-9a-f]{64}\.rules\.jsonl: has another sha256/);
});

const TAMPERED: [string, string][] = [
  ["metadata/timestamp.json", "timestamp.json"],
  ["metadata/2.snapshot.json", "snapshot.json"],
  ["metadata/2.targets.json", "targets.json"],
];
for (const [path, place] of TAMPERED) {
  Deno.test(`${path} with one letter changed is refused`, async () => {
    const { repository, install } = await oldInstall();
    await repository.release("new");
    change(repository, path, (text) => text.replace("1.0.31", "1.0.32"));
    await refused(install, SignatureError, new RegExp(`^${place}: 0 of the 1 signatures`));
  });
}

Deno.test("another timestamp under the same version is not believed", async () => {
  const { repository, install } = await oldInstall();
  await repository.publishTimestamp();
  await install.check();
  const first = install.store.texts.get("timestamp");
  repository.signed.timestamp["meta"] = { "snapshot.json": { version: 100 } };
  repository.signed.timestamp["version"] = 1;
  await repository.publishTimestamp();
  strictEqual(await install.check(), "old");
  strictEqual(install.store.texts.get("timestamp"), first);
});

for (const [role, days] of [["snapshot", 40], ["targets", 100]] as const) {
  Deno.test(`an expired ${role} is refused, however fresh the timestamp is`, async () => {
    const { repository, install } = await oldInstall();
    await repository.release("new");
    repository.passDays(days);
    if (role === "targets") await repository.publishSnapshot();
    await repository.publishTimestamp();
    await refused(install, ExpiredError, new RegExp(`^${role}\\.json: expired`));
  });
}

const ANNOUNCED: [Record<string, JsonValue>, RegExp][] = [
  [{ hashes: { sha256: "00".repeat(32) } }, /^targets\.json: has another sha256/],
  [{ hashes: { sha512: "00".repeat(64) } }, /^targets\.json: has another sha512/],
  [{ hashes: { md5: "00".repeat(16) } }, /^targets\.json: is announced with md5 only/],
  [{ length: 1_000 }, /^targets\.json: is \d+ bytes long, announced were 1000/],
];
for (const [info, words] of ANNOUNCED) {
  Deno.test(`targets that are not what ${JSON.stringify(info).slice(0, 40)} announces are refused`, async () => {
    const { repository, install } = await oldInstall();
    await repository.publishTargets();
    repository.announce("targets.json", { version: 2, ...info });
    await repository.publishSnapshot();
    await repository.publishTimestamp();
    await refused(install, LengthOrHashError, words);
  });
}

Deno.test("a timestamp that announces an endless snapshot does not lift the limit", async () => {
  const { repository, install } = await oldInstall();
  await repository.publishSnapshot();
  repository.signed.timestamp["meta"] = { "snapshot.json": { version: 2, length: 1e12 } };
  await repository.publishTimestamp();
  await refused(install, LengthOrHashError, /announced were 1000000000000/);
  strictEqual(repository.requests.at(-1)?.maxBytes, 2_000_000);
});

Deno.test("a service without a timestamp is refused in words", async () => {
  const { repository, install } = await oldInstall();
  repository.files.delete("metadata/timestamp.json");
  await refused(install, MissingFileError, /metadata\/timestamp\.json: the rule service does not have it/);
});

Deno.test("a service that is down is told apart from one that lies", async () => {
  const { repository, install } = await oldInstall();
  repository.isDown = true;
  await refused(install, DownloadError, /cannot be reached/);
});

Deno.test("a delegated role cannot speak for the rules", async () => {
  const { repository, install } = await oldInstall();
  await repository.publishDelegated("recall", await makeSigner("anyone"), ["recall.json"], {
    "rules.jsonl": "mine",
  });
  repository.signed.targets["targets"] = {};
  await repository.publishTargets();
  await repository.publishSnapshot();
  await repository.publishTimestamp();
  await refused(install, UnknownTargetError, /no role that is trusted/);
});

function change(repository: RepositorySimulator, path: string, edit: (text: string) => string): void {
  repository.files.set(path, edit(repository.files.get(path) ?? ""));
}
