/**
 * A target's text together with the metadata that vouches for it, kept under one key and so in one write. Newer
 * metadata may come before the file that it announces; until the file is here, the earlier pair goes on being used.
 */
import type { Delegator } from "./delegation.ts";
import { ifVerified, MetadataError, UnknownTargetError } from "./errors.ts";
import { findTarget, type Link } from "./find_target.ts";
import { requireLengthAndHashes } from "./hashes.ts";
import { bakedFile, type BakedTrust } from "./interfaces.ts";
import type { Root, TargetFile } from "./metadata.ts";
import { verifyRoot, verifyTargets } from "./trusted_set.ts";

export interface VouchedTarget {
  /** The root that the chain was verified under. */
  root: string;
  chain: Link[];
  text: string;
}

export interface VerifiedTarget {
  text: string;
  file: TargetFile;
  rootVersion: number;
  /** Of the roles in the chain that vouches for it, the top-level targets role first. */
  versions: number[];
  /** When the first of root and chain expires. */
  expires: number;
  /** The newest root vouches for it, too: none of the keys was replaced since. */
  isOfNewestRoot: boolean;
}

/** What the build brought. @throws RepositoryError where no role of the build lists it. */
export async function bakedTarget(baked: BakedTrust, path: string): Promise<VouchedTarget> {
  const { chain } = await findTarget(path, await verifyRoot(baked.root), async (role, delegator) => {
    const text = bakedTargets(baked, role);
    return { targets: await verifyTargets(text, role, delegator), text };
  });
  return { root: baked.root, chain, text: await bakedFile(baked, path) ?? "" };
}

/** The build's metadata of one role; empty where it brought none. */
export function bakedTargets({ targets, delegated = {} }: BakedTrust, role: string): string {
  if (role === "targets") return targets;
  return Object.hasOwn(delegated, role) ? delegated[role] ?? "" : "";
}

export function readVouchedTarget(path: string, record: string): VouchedTarget {
  try {
    const { root, chain, text } = JSON.parse(record) as VouchedTarget;
    const isWhole = [root, text, ...chain.flatMap((link) => [link.role, link.text])].every((part) =>
      typeof part === "string"
    );
    if (isWhole) return { root, chain, text };
  } catch {
    // refused below
  }
  throw new MetadataError(path, "what is kept of it is torn");
}

/** Expiry is told, not judged: old rules go on warning. @throws RepositoryError */
export async function verifyVouchedTarget(
  target: VouchedTarget,
  path: string,
  newestRoot: Root,
): Promise<VerifiedTarget> {
  const today = await ifVerified(() => verifyUnder(newestRoot, target, path));
  if (today !== null) return { ...today, isOfNewestRoot: true };
  return { ...await verifyUnder(await verifyRoot(target.root), target, path), isOfNewestRoot: false };
}

async function verifyUnder(
  root: Root,
  { chain, text }: VouchedTarget,
  path: string,
): Promise<Omit<VerifiedTarget, "isOfNewestRoot">> {
  let delegator: Delegator = root;
  let file: TargetFile | undefined;
  const versions: number[] = [];
  const expiries = [root.expires];
  for (const link of chain) {
    const targets = await verifyTargets(link.text, link.role, delegator);
    delegator = targets.delegations;
    file = targets.targets.get(path);
    versions.push(targets.version);
    expiries.push(targets.expires);
  }
  if (file === undefined) throw new UnknownTargetError(path, "the kept metadata does not list it");
  await requireLengthAndHashes(path, text, file);
  return { text, file, rootVersion: root.version, versions, expires: Math.min(...expiries) };
}

/** Newest first: what the newest root still vouches for, then the later root, then the later metadata. */
export function compareAge(a: VerifiedTarget, b: VerifiedTarget): number {
  return Number(b.isOfNewestRoot) - Number(a.isOfNewestRoot) ||
    b.rootVersion - a.rootVersion ||
    compareVersions(b.versions, a.versions);
}

function compareVersions(a: number[], b: number[]): number {
  const differing = a.findIndex((version, index) => version !== b[index]);
  return differing < 0 ? 0 : (a[differing] ?? 0) - (b[differing] ?? 0);
}
