/// <reference lib="deno.ns" />
/** Updates as a few changed lines: nobody signs them, so the result decides. */
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { patchBundle } from "../../extension/src/trust/delta.ts";
import { DownloadError } from "../../extension/src/trust/errors.ts";
import { sha256Hex } from "../../extension/src/trust/hashes.ts";
import { bundleOf, ruleLine } from "./bundles.ts";
import { type ChannelInstall, installWith } from "./channel_install.ts";
import type { RepositorySimulator } from "./repository_simulator.ts";

const OLD = bundleOf("a", "b", "c");
const delta = (remove: string[], set: string[]) => JSON.stringify({ format: 1, remove, set });

Deno.test("lines are taken away, replaced and added, and stand in the compiler's order", () => {
  const changes = delta(["rule/a"], [
    ruleLine({ id: "d" }),
    ruleLine({ id: "b", summary: "It asks twice." }),
  ]);
  strictEqual(patchBundle(OLD, changes), bundleOf({ id: "b", summary: "It asks twice." }, "c", "d"));
});

Deno.test("no change makes the same bytes", () => strictEqual(patchBundle(OLD, delta([], [])), OLD));

const BROKEN: [string, string][] = [
  ["that is no JSON", "<html>"],
  ["that is a list", "[]"],
  ["of another format", '{"format":2,"remove":[],"set":[]}'],
  ["without lines", '{"format":1,"remove":[]}'],
  ["that removes what is not there", delta(["rule/zzz"], [])],
  ["that sets something that is no record", delta([], ["[]"])],
  ["that sets a record without a name", delta([], ['{"kind":"rule"}'])],
  ["that sets a record of a kind from the prototype", delta([], ['{"kind":"constructor","id":"x"}'])],
];
for (const [name, changes] of BROKEN) {
  Deno.test(`a delta ${name} is refused`, () => throws(() => patchBundle(OLD, changes)));
}

/** A repository with two releases, an install that has the first, and where the delta between them lies. */
async function betweenTwoReleases(): Promise<{
  repository: RepositorySimulator;
  install: ChannelInstall;
  path: string;
}> {
  const { repository, install } = await installWith("a", "b", "c");
  const next = bundleOf("a", "c", "d");
  await repository.release(next);
  repository.takeRequests();
  return { repository, install, path: `deltas/${await sha256Hex(OLD)}.${await sha256Hex(next)}.json` };
}

const GOOD = delta(["rule/b"], [ruleLine({ id: "d" })]);

/** The last steps of a check: the bundle's. */
function asked(repository: RepositorySimulator): string[] {
  return repository.takeRequests().filter((path) => /deltas|rules\.jsonl/.test(path)).map((path) =>
    path.replace(/\/.*/, "")
  );
}

Deno.test("an update takes what changed, and not the whole file", async () => {
  const { repository, install, path } = await betweenTwoReleases();
  repository.files.set(path, GOOD);
  strictEqual(await install.channel.check(), true);
  deepStrictEqual(install.rules(), ["a", "c", "d"]);
  deepStrictEqual(asked(repository), ["deltas"]);
  deepStrictEqual((await install.restarted()).rules(), ["a", "c", "d"]);
});

Deno.test("what changed is asked for from the kept version, not from the build's, where there is one", async () => {
  const { repository, install, path } = await betweenTwoReleases();
  repository.files.set(path, GOOD);
  await install.channel.check();
  const last = bundleOf("a", "c", "d", "e");
  await repository.release(last);
  const second = `deltas/${await sha256Hex(bundleOf("a", "c", "d"))}.${await sha256Hex(last)}.json`;
  repository.files.set(second, delta([], [ruleLine({ id: "e" })]));
  repository.takeRequests();
  await install.channel.check();
  deepStrictEqual(asked(repository), ["deltas"]);
  deepStrictEqual(install.rules(), ["a", "c", "d", "e"]);
});

const USELESS: [string, string | undefined][] = [
  ["that the service does not have", undefined],
  ["whose result is not what was signed", delta(["rule/b"], [ruleLine({ id: "evil" })])],
  ["longer than the file", `${" ".repeat(100_000)}${GOOD}`],
  ...BROKEN,
];
for (const [name, changes] of USELESS) {
  Deno.test(`beside a delta ${name} the whole file is taken`, async () => {
    const { repository, install, path } = await betweenTwoReleases();
    if (changes !== undefined) repository.files.set(path, changes);
    strictEqual(await install.channel.check(), true);
    deepStrictEqual(install.rules(), ["a", "c", "d"]);
    deepStrictEqual(asked(repository), ["deltas", "targets"]);
    strictEqual(install.channel.status().error, "");
  });
}

Deno.test("no more of a delta is read than the whole file would be", async () => {
  const { repository, install } = await betweenTwoReleases();
  await install.channel.check();
  const limits = repository.requests.filter(({ path }) => /deltas|rules\.jsonl/.test(path));
  strictEqual(limits.length, 2);
  strictEqual(limits[0]?.maxBytes, limits[1]?.maxBytes);
});

Deno.test("a service that asks for rest when asked for a delta is not asked for the whole file", async () => {
  const { repository, install } = await betweenTwoReleases();
  const fetch = repository.fetch.bind(repository);
  repository.fetch = (path, maxBytes) =>
    path.startsWith("deltas/")
      ? Promise.reject(new DownloadError("busy", { retryAfterMs: 600_000 }))
      : fetch(path, maxBytes);
  strictEqual(await install.channel.check(), false);
  deepStrictEqual(asked(repository), []);
  strictEqual(install.channel.timetable.waitMs > 600_000, true);
});

Deno.test("a road that breaks on the delta only does not keep the rules away", async () => {
  const { repository, install } = await betweenTwoReleases();
  const fetch = repository.fetch.bind(repository);
  repository.fetch = (path, maxBytes) =>
    path.startsWith("deltas/") ? Promise.reject(new DownloadError("cut")) : fetch(path, maxBytes);
  strictEqual(await install.channel.check(), true);
  deepStrictEqual(install.rules(), ["a", "c", "d"]);
});
