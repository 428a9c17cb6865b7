/// <reference lib="deno.ns" />
import { strictEqual } from "node:assert/strict";
import {
  DownloadError,
  ExpiredError,
  LengthOrHashError,
  MetadataError,
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

const GARBAGE: [string, string, RegExp][] = [
  ["an error page", "<html>", /is not JSON/],
  ["a truncated file", '{"signatures": [', /is not JSON/],
  ["another document", '{"a": 1}', /signed: is not an object/],
  ["a list", "[]", /is not an object/],
  [
    "a nest without end",
    `{"signatures":[],"signed":{"a":${"[".repeat(500)}${"]".repeat(500)}}}`,
    /nested deeper/,
  ],
  ["a fraction", '{"signatures":[],"signed":{"a":1.5}}', /whole number/],
];
for (const [name, text, words] of GARBAGE) {
  Deno.test(`${name} in place of the timestamp is refused`, async () => {
    const { repository, install } = await oldInstall();
    repository.files.set("metadata/timestamp.json", text);
    await refused(install, MetadataError, words);
  });
}

Deno.test("bytes that are no text are refused", async () => {
  const { repository, install } = await oldInstall();
  repository.fetch = (path) =>
    Promise.resolve(path.endsWith("timestamp.json") ? Uint8Array.of(0xff, 0xfe) : null);
  await refused(install, MetadataError, /not UTF-8/);
});

for (const expires of ["2030-06-30", "2030-06-30T12:00:00+00:00", "2030-02-30T12:00:00Z", "never", "", 1]) {
  Deno.test(`"${expires}" is no date that metadata could expire at`, async () => {
    const { repository, install } = await oldInstall();
    await repository.publishTimestamp();
    const [signer] = repository.signers.get("timestamp") ?? [];
    const signed = { ...repository.signed.timestamp, expires };
    const signatures = [{ keyid: signer?.keyid, sig: await signer?.sign(signed) }];
    repository.files.set("metadata/timestamp.json", JSON.stringify({ signatures, signed }));
    await refused(install, MetadataError, /"expires" is not a/);
  });
}

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
