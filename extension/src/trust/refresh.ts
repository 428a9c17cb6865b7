/**
 * The road to what is trusted: what is kept or baked first, then what the service has. Every text that verifies is
 * kept at once, so that a check cut short is taken up by the next; what does not verify is never kept.
 */
import type { Delegator } from "./delegation.ts";
import { DownloadError, ifVerified, MetadataError, MissingFileError } from "./errors.ts";
import type { BakedTrust, Fetcher, TrustStore } from "./interfaces.ts";
import type { MetaFile, Root, Targets } from "./metadata.ts";
import { TrustedSet, verifyRoot } from "./trusted_set.ts";
import { bakedTargets } from "./vouched_target.ts";

export interface Sources {
  fetcher: Fetcher;
  store: TrustStore;
  baked: BakedTrust;
}

const MAX_BYTES = { root: 512_000, timestamp: 16_384, snapshot: 2_000_000, targets: 5_000_000 };
const MAX_ROOT_ROTATIONS = 32;

/** @throws DownloadError, RepositoryError */
export async function refresh(sources: Sources, now: number): Promise<TrustedSet> {
  const set = new TrustedSet(await newestRoot(sources), now);
  await updateRoot(set, sources);
  await updateTimestamp(set, sources);
  await updateSnapshot(set, sources);
  await loadTargets(set, sources, "targets", set.root);
  return set;
}

/** Kept or baked, whichever is newer and whole: an extension update may bring a newer root, a crash may break a kept one. */
export async function newestRoot(
  { store, baked }: Omit<Sources, "fetcher">,
): Promise<{ root: Root; text: string }> {
  const bakedRoot = await ifVerified(() => verifyRoot(baked.root));
  const keptText = await store.read("root");
  const keptRoot = await ifVerified(() => verifyRoot(keptText ?? ""));
  if (keptText !== undefined && keptRoot !== null && keptRoot.version > (bakedRoot?.version ?? 0)) {
    return { root: keptRoot, text: keptText };
  }
  return { root: bakedRoot ?? await verifyRoot(baked.root), text: baked.root };
}

async function updateRoot(set: TrustedSet, { fetcher, store }: Sources): Promise<void> {
  for (let rotation = 0; rotation < MAX_ROOT_ROTATIONS; rotation++) {
    const text = await download(fetcher, `metadata/${set.root.version + 1}.root.json`, MAX_BYTES.root);
    if (text === null) break;
    await set.adoptRoot(text);
    await store.write("root", text);
  }
  set.requireCurrent("root");
}

async function updateTimestamp(set: TrustedSet, { fetcher, store, baked }: Sources): Promise<void> {
  for (const text of [baked.timestamp, await store.read("timestamp") ?? ""]) {
    await ifVerified(() => set.adoptTimestamp(text));
  }
  const path = "metadata/timestamp.json";
  const text = present(path, await download(fetcher, path, MAX_BYTES.timestamp));
  const isNew = await set.adoptTimestamp(text);
  set.requireCurrent("timestamp");
  if (isNew) await store.write("timestamp", text);
}

async function updateSnapshot(set: TrustedSet, { fetcher, store, baked }: Sources): Promise<void> {
  let floor = "";
  for (const text of [baked.snapshot, await store.read("snapshot") ?? ""]) {
    if (await ifVerified(() => set.adoptSnapshotAsFloor(text)) !== null) floor = text;
  }
  if (await ifVerified(() => set.adoptSnapshot(floor)) !== null) return set.requireCurrent("snapshot");
  const announced = set.timestamp.snapshot;
  const path = metadataPath(set, "snapshot", announced);
  const text = present(path, await download(fetcher, path, limit(announced, MAX_BYTES.snapshot)));
  await set.adoptSnapshot(text);
  set.requireCurrent("snapshot");
  await store.write("snapshot", text);
}

/** The targets metadata of one role, as this delegator vouches for it: kept or baked where that is current, else the service's. */
export async function loadTargets(
  set: TrustedSet,
  { fetcher, store, baked }: Sources,
  role: string,
  delegator: Delegator,
): Promise<{ targets: Targets; text: string }> {
  const announced = set.announcedTargets(role);
  const key = encodeName(role);
  for (const text of [await store.read(key) ?? "", bakedTargets(baked, role)]) {
    const targets = await ifVerified(() => set.verifyTargets(text, role, delegator));
    if (targets !== null) return { targets, text };
  }
  const path = metadataPath(set, role, announced);
  const text = present(path, await download(fetcher, path, limit(announced, MAX_BYTES.targets)));
  const targets = await set.verifyTargets(text, role, delegator);
  await store.write(key, text);
  return { targets, text };
}

/** @returns null where the service has no such file. */
export async function download(fetcher: Fetcher, path: string, maxBytes: number): Promise<string | null> {
  const bytes = await fetcher.fetch(path, maxBytes);
  if (bytes === null) return null;
  if (bytes.length > maxBytes) {
    throw new DownloadError(`${path}: the answer is longer than ${maxBytes} bytes`);
  }
  try {
    // Byte order mark and all: kept text must turn into the very bytes that came.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new MetadataError(path, "is not UTF-8 text");
  }
}

export function present(path: string, text: string | null): string {
  if (text === null) throw new MissingFileError(path, "the rule service does not have it");
  return text;
}

function metadataPath(set: TrustedSet, role: string, { version }: MetaFile): string {
  const prefix = set.root.hasConsistentSnapshots ? `${version}.` : "";
  return `metadata/${prefix}${encodeName(role)}.json`;
}

/** A delegated role may be called `../root`: in an address and as a storage key, that is just a name. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** What the timestamp's key announces may be shorter than the role's limit, never longer. */
function limit({ length }: MetaFile, maxBytes: number): number {
  return Math.min(length ?? maxBytes, maxBytes);
}
