/// <reference lib="deno.ns" />
/** The client on the command line that the public suite `tuf-conformance` speaks. Exit code 0: fine, 1: refused. */
import { TufClient } from "../../extension/src/trust/client.ts";
import { FolderStore } from "./folder_store.ts";
import { HttpFetcher } from "./http_fetcher.ts";

interface Options {
  command: string;
  operands: string[];
  flags: Map<string, string[]>;
}

function parseArguments(words: string[]): Options {
  const flags = new Map<string, string[]>();
  const operands: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("--")) operands.push(word);
    else flags.set(word, [...flags.get(word) ?? [], words[++at] ?? ""]);
  }
  return { command: operands.shift() ?? "", operands, flags };
}

async function run({ command, operands, flags }: Options): Promise<void> {
  const flag = (name: string) => flags.get(name)?.[0] ?? fail(`${name} is missing`);
  const folder = flag("--metadata-dir");
  if (command === "init") {
    return await Deno.copyFile(operands[0] ?? fail("which root?"), `${folder}/root.json`);
  }

  const client = new TufClient({
    fetcher: new HttpFetcher({
      metadata: flag("--metadata-url"),
      targets: flags.get("--target-base-url")?.[0] ?? "",
    }),
    store: new FolderStore(folder),
    now: () => Number(flag("--now")),
    baked: {
      root: await Deno.readTextFile(`${folder}/root.json`),
      timestamp: "",
      snapshot: "",
      targets: "",
      files: {},
    },
  });
  await client.refresh();
  if (command === "refresh") return;
  if (command !== "download") fail(`${command}: no such command`);
  for (const path of flags.get("--target-name") ?? []) {
    const text = await client.getTarget(path);
    await writeIfChanged(`${flag("--target-dir")}/${encodeURIComponent(path)}`, text);
  }
}

/** A file that stays the same keeps its date: the suite orders by it. */
async function writeIfChanged(file: string, text: string): Promise<void> {
  const before = await Deno.readTextFile(file).catch(() => undefined);
  if (before !== text) await Deno.writeTextFile(file, text);
}

function fail(reason: string): never {
  throw new Error(reason);
}

try {
  await run(parseArguments(Deno.args));
} catch (error) {
  console.error(String(error));
  Deno.exit(1);
}
