/**
 * Rules on pages without https: there the browser lends no means to verify anything. So what was chosen where it could
 * be verified is noted, and used here as it is: nobody but this script can write to the manager's storage.
 */
import type { BakedTrust, TrustStore } from "../trust/interfaces.ts";
import { BUNDLE, type Choice } from "../trust/rule_channel.ts";
import { textsPaths } from "../trust/speech.ts";
import { readVouchedTarget } from "../trust/vouched_target.ts";

/** All of a choice but its rules and texts, which lie in the storage or in this script already. */
type Note = Omit<Choice, "text" | "texts"> & { isBaked: boolean };

const KEY = "channel:choice";
const UNDECIDED = "goes to a share of all devices first";

/** On a page where rules can be verified. */
export async function noteChoice(
  store: TrustStore,
  { text, texts: _texts, ...rest }: Choice,
  baked: BakedTrust,
): Promise<void> {
  const note = JSON.stringify({ ...rest, isBaked: text === baked.files[BUNDLE] });
  if (await store.read(KEY) !== note) await store.write(KEY, note);
}

/** On a page where they cannot. */
export async function keptChoice(store: TrustStore, baked: BakedTrust, language: string): Promise<Choice> {
  const choice = await keptRules(store, baked);
  const texts: Record<string, string> = {};
  for (const names of textsPaths(language)) {
    for (const path of names) {
      const text = await keptText(store, path, choice.version) ?? baked.files[path];
      if (text === undefined) continue;
      texts[path] = text;
      break;
    }
  }
  return { ...choice, texts };
}

async function keptRules(store: TrustStore, baked: BakedTrust): Promise<Omit<Choice, "texts">> {
  const note = parseNote(await store.read(KEY));
  const text = note === null || note.isBaked ? null : await keptText(store, BUNDLE, note.version);
  const built = bakedChoice(baked);
  // A build that is newer than what was noted has newer rules; what was recalled stays off.
  if (note !== null && text !== null && note.version >= built.version) return { ...note, text };
  const isSame = note !== null && note.isBaked && note.version === built.version;
  return { ...built, off: isSame ? note.off : { ...built.off, ...note?.off } };
}

/** What is kept, where it is of this version: another tab may be about to note newer rules. */
async function keptText(store: TrustStore, path: string, version: number): Promise<string | null> {
  try {
    const { chain, text } = readVouchedTarget(path, await store.read(`target:${path}`) ?? "");
    return versionOf(chain[0]?.text ?? "") === version ? text : null;
  } catch {
    return null; // torn; the next check on an https page writes it anew
  }
}

/** The build's own, without what goes to some devices only: which those are is not known yet. */
function bakedChoice(baked: BakedTrust): Omit<Choice, "texts"> {
  const text = baked.files[BUNDLE] ?? "";
  const undecided = text.split("\n").filter((line) => line.includes('"rollout":')).map((
    line,
  ) => [String(JSON.parse(line).id), UNDECIDED]);
  const version = versionOf(baked.targets);
  return {
    text,
    version,
    published: "",
    expires: Infinity,
    pollIntervalSeconds: 60,
    off: Object.fromEntries(undecided),
  };
}

function parseNote(text: string | undefined): Note | null {
  try {
    const note = JSON.parse(text ?? "null") as Note | null;
    return typeof note?.version === "number" && typeof note.off === "object" && note.off !== null
      ? note
      : null;
  } catch {
    return null;
  }
}

function versionOf(targets: string): number {
  return Number(JSON.parse(targets).signed.version);
}
