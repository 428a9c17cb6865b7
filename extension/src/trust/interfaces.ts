/** The holes in the TUF client's wall: network, storage and clock come in through these, in tests too. */

/** Asks the rule service. The path is relative to the service: `metadata/2.root.json`, `targets/ab12.rules.jsonl`. */
export interface Fetcher {
  /**
   * The body of the answer, at most `maxBytes` long; null where the service says that there is no such file.
   * @throws DownloadError when the road is wrong: no answer, too slow, too long, a redirect, another status.
   */
  fetch(path: string, maxBytes: number): Promise<Uint8Array | null>;
}

/** What the client trusts, kept as the very text that was verified. */
export interface TrustStore {
  /**
   * Keys: `root`, `timestamp`, `snapshot`, `targets`, a delegated role's name such as `recall`; `target:<path>` for a
   * target's text with the metadata that vouches for it, `confirmed:<path>` for how fresh the last check found it;
   * `channel:…` for what the rule channel itself notes.
   */
  read(key: string): Promise<string | undefined>;
  write(key: string, text: string): Promise<void>;
  remove(key: string): Promise<void>;
}

/** Milliseconds since the epoch. */
export type Clock = () => number;

/** The build's own, already verified set: what a fresh install starts from, online or not. */
export interface BakedTrust {
  root: string;
  timestamp: string;
  snapshot: string;
  targets: string;
  /** Delegated role, such as `recall`, → its metadata. */
  delegated?: Record<string, string>;
  /** Target path → text. */
  files: Record<string, string>;
  /** Target path → text of what lies beside that, and is read when it is wanted: the texts of one language. */
  read?: (path: string) => Promise<string>;
}

/** What the build brought under this path, unverified. */
export async function bakedFile({ files, read }: BakedTrust, path: string): Promise<string | undefined> {
  if (Object.hasOwn(files, path)) return files[path];
  try {
    return await read?.(path);
  } catch {
    return undefined; // the build has none of that language
  }
}
