/**
 * The signed part of each role → typed values, strictly: what the specification asks for is there and of its kind.
 * Fields it does not know stay in `fields.raw`.
 */
import { parseDelegations, parseKeys, parseRole } from "./delegation.ts";
import type { Delegations, Delegator } from "./delegation.ts";
import { Fields } from "./json_fields.ts";

interface Signed {
  /** The whole signed part, with what this client does not know. */
  fields: Fields;
  version: number;
  /** Milliseconds since the epoch. */
  expires: number;
}

export interface Root extends Signed, Delegator {
  /** Files other than timestamp.json carry their version or hash in their name. */
  hasConsistentSnapshots: boolean;
}

/** What is announced about a file that is still to come. */
export interface FileInfo {
  length?: number;
  /** Algorithm → hex. */
  hashes?: Map<string, string>;
}

export interface MetaFile extends FileInfo {
  version: number;
}

export interface Timestamp extends Signed {
  snapshot: MetaFile;
  /** How often the maintainers ask to be asked. */
  pollIntervalSeconds: number;
}

export interface Snapshot extends Signed {
  /** File name, such as `targets.json`, → what is announced about it. */
  meta: Map<string, MetaFile>;
}

export interface TargetFile extends Required<FileInfo> {
  path: string;
  /** ISO 8601, or empty where the maintainers do not say. */
  published: string;
}

export interface Targets extends Signed {
  targets: Map<string, TargetFile>;
  delegations: Delegations;
}

const TOP_LEVEL_ROLES = ["root", "timestamp", "snapshot", "targets"];
const SPEC_VERSION = /^1(\.\d+){1,2}$/;
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const POLL_INTERVAL = { min: 30, max: 86_400, default: 60 };

export function parseRoot(fields: Fields): Root {
  const roles = fields.fields("roles");
  return {
    ...parseSigned(fields, "root"),
    hasConsistentSnapshots: fields.has("consistent_snapshot") && fields.boolean("consistent_snapshot"),
    keys: parseKeys(fields),
    roles: new Map(TOP_LEVEL_ROLES.map((name) => [name, parseRole(roles.fields(name))])),
  };
}

export function parseTimestamp(fields: Fields): Timestamp {
  return {
    ...parseSigned(fields, "timestamp"),
    snapshot: parseMetaFile(fields.fields("meta").fields("snapshot.json")),
    pollIntervalSeconds: clampPollInterval(fields.raw["poll_interval"]),
  };
}

export function parseSnapshot(fields: Fields): Snapshot {
  const meta = fields.entries("meta").map(([name, file]) => [name, parseMetaFile(file)] as const);
  return { ...parseSigned(fields, "snapshot"), meta: new Map(meta) };
}

export function parseTargets(fields: Fields): Targets {
  const targets = fields.entries("targets").map(([path, file]) =>
    [path, parseTargetFile(path, file)] as const
  );
  return {
    ...parseSigned(fields, "targets"),
    targets: new Map(targets),
    delegations: parseDelegations(fields),
  };
}

function parseSigned(fields: Fields, type: string): Signed {
  if (fields.string("_type") !== type) fields.refuse("_type", `is not "${type}"`);
  if (!SPEC_VERSION.test(fields.string("spec_version"))) fields.refuse("spec_version", "is not 1.x");
  return { fields, version: fields.integer("version", 1), expires: parseDate(fields) };
}

function parseDate(fields: Fields): number {
  const text = fields.string("expires");
  const time = DATE.test(text) ? Date.parse(text) : NaN;
  // JavaScript reads 30 February as 2 March; what it prints then differs from what it was given.
  if (Number.isNaN(time) || new Date(time).toISOString() !== text.replace("Z", ".000Z")) {
    fields.refuse("expires", "is not a date such as 2030-01-31T12:00:00Z");
  }
  return time;
}

function parseMetaFile(fields: Fields): MetaFile {
  return { version: fields.integer("version", 1), ...parseFileInfo(fields) };
}

function parseTargetFile(path: string, fields: Fields): TargetFile {
  const custom = fields.has("custom") ? fields.fields("custom") : undefined;
  const published = custom?.raw["published"];
  return {
    path,
    length: fields.integer("length", 0),
    hashes: parseHashes(fields),
    published: typeof published === "string" ? published : "",
  };
}

function parseFileInfo(fields: Fields): FileInfo {
  return {
    ...(fields.has("length") ? { length: fields.integer("length", 1) } : {}),
    ...(fields.has("hashes") ? { hashes: parseHashes(fields) } : {}),
  };
}

function parseHashes(fields: Fields): Map<string, string> {
  const hashes = fields.fields("hashes");
  const entries = Object.keys(hashes.raw).map((algorithm) => [algorithm, hashes.string(algorithm)] as const);
  return entries.length > 0 ? new Map(entries) : fields.refuse("hashes", "is empty");
}

function clampPollInterval(value: unknown): number {
  if (typeof value !== "number") return POLL_INTERVAL.default;
  return Math.min(Math.max(value, POLL_INTERVAL.min), POLL_INTERVAL.max);
}
