/**
 * What changed between two bundles, line by line, so that an update is a few hundred bytes. Nobody signs it: whoever
 * asks for the result holds it against the signed hash, and takes the whole file where it differs.
 */
import type { JsonValue } from "./canonical_json.ts";
import { Fields } from "./json_fields.ts";

/** The text of an older version, and what changed since → the newer one. @throws where it does not fit. */
export type Patch = (old: string, delta: string) => string;

const NAMED_BY: Record<string, string[]> = {
  lexicon: ["language"],
  rule: ["id"],
};

export function patchBundle(old: string, delta: string): string {
  const changes = new Fields("delta", JSON.parse(delta) as JsonValue);
  if (changes.integer("format", 1) !== 1) changes.refuse("format", "is not 1");
  const [header = "", ...lines] = old.split("\n").slice(0, -1);
  const records = new Map(lines.map((line) => [nameOf(line), line]));
  for (const name of changes.strings("remove")) {
    if (!records.delete(name)) changes.refuse("remove", `names ${name}, which is not there`);
  }
  for (const line of changes.strings("set")) records.set(nameOf(line), line);
  const names = [...records.keys()].sort();
  return [header, ...names.map((name) => records.get(name) ?? "")].map((line) => `${line}\n`).join("");
}

/** Names are plain ASCII, so their order is that of Python. */
function nameOf(line: string): string {
  const record = new Fields("delta: a line", JSON.parse(line) as JsonValue);
  const kind = record.string("kind");
  const parts = Object.hasOwn(NAMED_BY, kind) ? NAMED_BY[kind] : undefined;
  if (parts === undefined) return record.refuse("kind", `is ${kind}, which this version does not know`);
  return [kind, ...parts.map((part) => record.string(part))].join("/");
}
