/** Which role speaks for a path: the delegations in the order of trust, depth first, each role once. */
import { type Delegator, speaksFor } from "./delegation.ts";
import { UnknownTargetError } from "./errors.ts";
import type { Root, TargetFile, Targets } from "./metadata.ts";

/** One step of the way from root to the role that lists the file. */
export interface Link {
  role: string;
  /** The role's metadata, as it was verified. */
  text: string;
}

export interface FoundTarget {
  file: TargetFile;
  /** `targets` first; the last one lists the file. */
  chain: Link[];
  /** The same, parsed. */
  targets: Targets[];
}

type LoadTargets = (role: string, delegator: Delegator) => Promise<{ targets: Targets; text: string }>;

interface Visit {
  role: string;
  delegator: Delegator;
  chain: Link[];
  targets: Targets[];
}

const MAX_ROLES = 32;

export async function findTarget(path: string, root: Root, load: LoadTargets): Promise<FoundTarget> {
  let waiting: Visit[] = [{ role: "targets", delegator: root, chain: [], targets: [] }];
  const visited = new Set<string>();
  for (let visit = waiting.pop(); visit !== undefined && visited.size < MAX_ROLES; visit = waiting.pop()) {
    const { role, delegator } = visit;
    if (visited.has(role)) continue;
    visited.add(role);
    const loaded = await load(role, delegator);
    const chain = [...visit.chain, { role, text: loaded.text }];
    const targets = [...visit.targets, loaded.targets];
    const file = loaded.targets.targets.get(path);
    if (file !== undefined) return { file, chain, targets };
    const { delegations } = loaded.targets;
    const next: Visit[] = [];
    for (const delegated of delegations.roles.values()) {
      if (!await speaksFor(delegated, path)) continue;
      next.push({ role: delegated.name, delegator: delegations, chain, targets });
      if (delegated.isTerminating) {
        waiting = [];
        break;
      }
    }
    waiting.push(...next.reverse());
  }
  throw new UnknownTargetError(path, "no role that is trusted for it lists it");
}
