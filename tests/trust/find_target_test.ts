/// <reference lib="deno.ns" />
import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import type { DelegatedRole } from "../../extension/src/trust/delegation.ts";
import { UnknownTargetError } from "../../extension/src/trust/errors.ts";
import { findTarget } from "../../extension/src/trust/find_target.ts";
import { Fields } from "../../extension/src/trust/json_fields.ts";
import type { Root, Targets } from "../../extension/src/trust/metadata.ts";

/** Role → the files it lists, and those it delegates to: `name`, or `name!` where the search ends with it. */
type Graph = Record<string, { lists?: string[]; delegates?: string[] }>;

const FIELDS = new Fields("test", {});
const ROOT: Root = {
  fields: FIELDS,
  version: 1,
  expires: 0,
  hasConsistentSnapshots: true,
  keys: new Map(),
  roles: new Map(),
};

/** Looks for a path, and notes the roles that it asks. */
async function search(graph: Graph, path: string): Promise<{ asked: string[]; chain: string[] | null }> {
  const asked: string[] = [];
  const found = findTarget(path, ROOT, (role) => {
    asked.push(role);
    return Promise.resolve({ targets: targetsOf(graph[role] ?? {}), text: "" });
  });
  const chain = await found.then(({ chain }) => chain.map(({ role }) => role), (error) => {
    if (error instanceof UnknownTargetError) return null;
    throw error;
  });
  return { asked, chain };
}

function targetsOf({ lists = [], delegates = [] }: Graph[string]): Targets {
  const roles = delegates.map((word): DelegatedRole => ({
    name: word.replace("!", ""),
    keyids: [],
    threshold: 1,
    isTerminating: word.endsWith("!"),
    paths: { patterns: [word.startsWith("other") ? "other" : "*"] },
  }));
  return {
    fields: FIELDS,
    version: 1,
    expires: 0,
    targets: new Map(lists.map((path) => [path, { path, length: 0, hashes: new Map(), published: "" }])),
    delegations: { keys: new Map(), roles: new Map(roles.map((role) => [role.name, role])) },
  };
}

Deno.test("what the top-level role lists is not looked for elsewhere", async () => {
  const { asked, chain } = await search({
    targets: { lists: ["file"], delegates: ["a"] },
    a: { lists: ["file"] },
  }, "file");
  deepStrictEqual(asked, ["targets"]);
  deepStrictEqual(chain, ["targets"]);
});

Deno.test("roles are asked in the order of trust, depth first", async () => {
  const graph = { targets: { delegates: ["a", "b"] }, a: { delegates: ["c"] }, b: { lists: ["file"] } };
  const { asked, chain } = await search(graph, "file");
  deepStrictEqual(asked, ["targets", "a", "c", "b"]);
  deepStrictEqual(chain, ["targets", "b"]);
});

Deno.test("behind a terminating role nobody else is asked", async () => {
  const graph = { targets: { delegates: ["a!", "b"] }, a: { delegates: ["c"] }, b: { lists: ["file"] } };
  const { asked, chain } = await search(graph, "file");
  deepStrictEqual(asked, ["targets", "a", "c"]);
  strictEqual(chain, null);
});

Deno.test("a terminating role ends the search of those who delegated to its delegator, too", async () => {
  const graph = { targets: { delegates: ["a", "b"] }, a: { delegates: ["c!"] }, b: { lists: ["file"] } };
  deepStrictEqual((await search(graph, "file")).asked, ["targets", "a", "c"]);
});

Deno.test("a role that may not speak for the path is not asked", async () => {
  const graph = { targets: { delegates: ["other"] }, other: { lists: ["file"] } };
  deepStrictEqual((await search(graph, "file")).asked, ["targets"]);
});

Deno.test("roles that delegate to each other are asked once", async () => {
  const graph = { targets: { delegates: ["a"] }, a: { delegates: ["b"] }, b: { delegates: ["a"] } };
  deepStrictEqual((await search(graph, "file")).asked, ["targets", "a", "b"]);
});

Deno.test("the search ends after 32 roles", async () => {
  const endless = new Proxy<Graph>({}, {
    get: (_, role) => ({ delegates: [String(role) === "targets" ? "1" : String(Number(role) + 1)] }),
  });
  const { asked } = await search(endless, "file");
  strictEqual(asked.length, 32);
});

Deno.test("an error on the way is passed on", async () => {
  const broken = () => Promise.reject(new TypeError("broken"));
  await rejects(findTarget("file", ROOT, broken), TypeError);
});
