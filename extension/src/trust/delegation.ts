/** Who may say what: roles, their keys and thresholds, and the paths that a delegated role may speak for. */
import { sha256Hex } from "./hashes.ts";
import { Fields } from "./json_fields.ts";
import type { PublicKey } from "./keys.ts";

export interface Role {
  keyids: string[];
  threshold: number;
}

/** Root or targets metadata: names roles and their keys. */
export interface Delegator {
  /** Key id → key. */
  keys: Map<string, PublicKey>;
  roles: Map<string, Role>;
}

export interface DelegatedRole extends Role {
  name: string;
  /** A path that this role may speak for is looked for nowhere else. */
  isTerminating: boolean;
  /** Shell-style patterns, or the first digits of the path's SHA-256. */
  paths: { patterns: string[] } | { hashPrefixes: string[] };
}

export interface Delegations extends Delegator {
  /** In the order of trust. */
  roles: Map<string, DelegatedRole>;
}

const RESERVED = new Set(["", "root", "timestamp", "snapshot", "targets"]);

export function parseKeys(fields: Fields): Map<string, PublicKey> {
  return new Map(
    fields.entries("keys").map(([keyid, key]) => [keyid, {
      keytype: key.string("keytype"),
      scheme: key.string("scheme"),
      value: key.fields("keyval").string("public"),
    }]),
  );
}

export function parseRole(fields: Fields): Role {
  const keyids = fields.strings("keyids");
  if (new Set(keyids).size !== keyids.length) fields.refuse("keyids", "names a key twice");
  return { keyids, threshold: fields.integer("threshold", 1) };
}

export function parseDelegations(signed: Fields): Delegations {
  if (!signed.has("delegations")) return { keys: new Map(), roles: new Map() };
  const fields = signed.fields("delegations");
  const roles = new Map<string, DelegatedRole>();
  for (const item of fields.list("roles")) {
    const role = parseDelegatedRole(new Fields(`${fields.place}: roles`, item));
    if (RESERVED.has(role.name) || roles.has(role.name)) {
      fields.refuse("roles", `may not name "${role.name}" here`);
    }
    roles.set(role.name, role);
  }
  return { keys: parseKeys(fields), roles };
}

function parseDelegatedRole(fields: Fields): DelegatedRole {
  if (fields.has("paths") === fields.has("path_hash_prefixes")) {
    fields.refuse("paths", 'or "path_hash_prefixes" must be there, and not both');
  }
  return {
    ...parseRole(fields),
    name: fields.string("name"),
    isTerminating: fields.boolean("terminating"),
    paths: fields.has("paths")
      ? { patterns: fields.strings("paths") }
      : { hashPrefixes: fields.strings("path_hash_prefixes") },
  };
}

export async function speaksFor(role: DelegatedRole, path: string): Promise<boolean> {
  if ("patterns" in role.paths) return role.paths.patterns.some((pattern) => fitsPattern(pattern, path));
  const hash = await sha256Hex(path);
  return role.paths.hashPrefixes.some((prefix) => hash.startsWith(prefix));
}

/** `*` and `?` stand for characters within one part of the path, never for a slash. */
export function fitsPattern(pattern: string, path: string): boolean {
  const patternParts = pattern.split("/");
  const pathParts = path.split("/");
  return patternParts.length === pathParts.length &&
    patternParts.every((part, index) => fitsWildcards([...part], [...pathParts[index] ?? ""]));
}

/** Greedy with one step back: linear for what people write, and never worse than the product of the lengths. */
function fitsWildcards(pattern: string[], text: string[]): boolean {
  let at = 0;
  let star = -1;
  let afterStar = 0;
  for (let index = 0; index < text.length;) {
    if (pattern[at] === "*") {
      star = at++;
      afterStar = index;
    } else if (at < pattern.length && (pattern[at] === "?" || pattern[at] === text[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++afterStar;
    } else return false;
  }
  return pattern.slice(at).every((character) => character === "*");
}
