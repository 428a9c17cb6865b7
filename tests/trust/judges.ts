/// <reference lib="deno.ns" />
// deno-lint-ignore-file no-import-prefix
/**
 * Ours and tuf-js beside folders with repositories: a line of JSON in, a line of verdicts out, until the input ends.
 * Each keeps what it trusts in a folder of its own between two questions.
 */
import nodeCrypto, { type KeyObject } from "node:crypto";
import { BaseFetcher, Updater } from "npm:tuf-js@5.0.1";
import { DownloadHTTPError } from "npm:tuf-js@5.0.1/dist/error.js";
import { TufClient } from "../../extension/src/trust/client.ts";
import type { Fetcher } from "../../extension/src/trust/interfaces.ts";
import { FolderStore } from "./folder_store.ts";

/** Node finds digest and salt by itself where tuf-js names none; deno's copy of that function (2.9) does not. */
const verifyAsToldTo = nodeCrypto.verify;
nodeCrypto.verify = ((digest, data, given: KeyObject | { key: KeyObject }, signature) => {
  const key = "key" in given ? given : { key: given };
  const { asymmetricKeyType } = key.key;
  const whole = { saltLength: nodeCrypto.constants.RSA_PSS_SALTLEN_AUTO, ...key };
  return asymmetricKeyType === "ed25519"
    ? verifyAsToldTo(digest, data, key, signature)
    : verifyAsToldTo(digest ?? "sha256", data, whole, signature);
}) as typeof nodeCrypto.verify;

interface Question {
  /** Where `metadata` and `targets` of the repository are. */
  repository: string;
  /** Where this install keeps things. */
  home: string;
  root: string;
  targets: string[];
}

/** Target → its text; null where it was refused. */
type Verdicts = Record<string, string | null>;

async function readOrNull(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await Deno.readFile(path);
  } catch {
    return null;
  }
}

/** In a role's name `%2F` belongs to the file's name; a target's path is spelt out. */
function asOnDisk(path: string): string {
  return /(^|\/)targets\//.test(path) ? decodeURIComponent(path) : path;
}

async function askOurs({ repository, home, root, targets }: Question): Promise<Verdicts> {
  await Deno.mkdir(`${home}/ours`, { recursive: true });
  const fetcher: Fetcher = { fetch: (path) => readOrNull(`${repository}/${asOnDisk(path)}`) };
  const client = new TufClient({
    fetcher,
    store: new FolderStore(`${home}/ours`),
    now: Date.now,
    baked: { root: await Deno.readTextFile(root), timestamp: "", snapshot: "", targets: "", files: {} },
  });
  await client.refresh();
  return await askEach(targets, (path) => client.getTarget(path));
}

/** The other's own way to ask, without a network. */
class FolderFetcher extends BaseFetcher {
  async fetch(url: string): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    const bytes = await readOrNull(asOnDisk(url.replace(/^file:\/\//, "")));
    if (bytes === null) throw new DownloadHTTPError(url, 404);
    return new Blob([bytes]).stream();
  }
}

async function askTufJs({ repository, home, root, targets }: Question): Promise<Verdicts> {
  const metadataDir = `${home}/tuf-js`;
  const targetDir = `${home}/tuf-js-targets`;
  for (const folder of [metadataDir, targetDir]) await Deno.mkdir(folder, { recursive: true });
  if (await readOrNull(`${metadataDir}/root.json`) === null) {
    await Deno.copyFile(root, `${metadataDir}/root.json`);
  }
  const updater = new Updater({
    metadataDir,
    metadataBaseUrl: `file://${repository}/metadata`,
    targetDir,
    targetBaseUrl: `file://${repository}/targets`,
    fetcher: new FolderFetcher(),
  });
  await updater.refresh();
  return await askEach(targets, async (path) => {
    const info = await updater.getTargetInfo(path);
    if (info === undefined) throw new Error("no such target");
    return await Deno.readTextFile(
      await updater.findCachedTarget(info) ?? await updater.downloadTarget(info),
    );
  });
}

async function askEach(targets: string[], ask: (path: string) => Promise<string>): Promise<Verdicts> {
  const verdicts: Verdicts = {};
  for (const path of targets) verdicts[path] = await ask(path).catch(() => null);
  return verdicts;
}

function refuseAll({ targets }: Question): Verdicts {
  return Object.fromEntries(targets.map((path) => [path, null]));
}

const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream());
let rest = "";
for await (const chunk of lines) {
  const parts = (rest + chunk).split("\n");
  rest = parts.pop() ?? "";
  for (const line of parts) {
    const question = JSON.parse(line) as Question;
    const ours = await askOurs(question).catch(() => refuseAll(question));
    const tufJs = await askTufJs(question).catch(() => refuseAll(question));
    console.log(JSON.stringify({ ours, "tuf-js": tufJs }));
  }
}
