/// <reference lib="deno.ns" />
import type { JsonValue } from "../../extension/src/trust/canonical_json.ts";
import { MetadataError } from "../../extension/src/trust/errors.ts";
import { oldInstall, refused } from "./behaviour.ts";
import type { RepositorySimulator } from "./repository_simulator.ts";

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

const DATES = [
  "2030-06-30",
  "2030-06-30T12:00:00+00:00",
  "2030-06-30T12:00:00.000Z",
  "+012030-06-30T12:00:00Z",
  "2030-02-30T12:00:00Z",
  "never",
  "",
  1,
];
for (const expires of DATES) {
  Deno.test(`metadata that expires at ${JSON.stringify(expires)} is refused`, async () => {
    const { repository, install } = await oldInstall();
    await signTimestampWith(repository, { expires });
    await refused(install, MetadataError, /"expires" is not a/);
  });
}

const FIELDS: [string, JsonValue, RegExp][] = [
  ["_type", "snapshot", /"_type" is not "timestamp"/],
  ["spec_version", "2.0.0", /"spec_version" is not 1\.x/],
  ["version", 0, /"version" is not a whole number of at least 1/],
  ["version", "2", /"version" is not a whole number/],
  ["meta", {}, /snapshot\.json: is not an object/],
];
for (const [field, value, words] of FIELDS) {
  Deno.test(`a well signed timestamp whose ${field} is ${JSON.stringify(value)} is refused`, async () => {
    const { repository, install } = await oldInstall();
    await signTimestampWith(repository, { [field]: value });
    await refused(install, MetadataError, words);
  });
}

Deno.test("a signature that stands there twice is refused", async () => {
  const { repository, install } = await oldInstall();
  await repository.publishTimestamp();
  const { signatures, signed } = JSON.parse(repository.files.get("metadata/timestamp.json") ?? "");
  const twice = JSON.stringify({ signatures: [...signatures, ...signatures], signed });
  repository.files.set("metadata/timestamp.json", twice);
  await refused(install, MetadataError, /"keyid" names timestamp-key twice/);
});

/** The next timestamp, signed as it should be, that says something else in these fields. */
async function signTimestampWith(
  repository: RepositorySimulator,
  changes: Record<string, JsonValue>,
): Promise<void> {
  await repository.publishTimestamp();
  const [signer] = repository.signers.get("timestamp") ?? [];
  const signed = { ...repository.signed.timestamp, ...changes };
  const signatures = [{ keyid: signer?.keyid, sig: await signer?.sign(signed) }];
  repository.files.set("metadata/timestamp.json", JSON.stringify({ signatures, signed }));
}
