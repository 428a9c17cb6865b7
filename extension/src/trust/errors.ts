/**
 * Two kinds of wrong: the road (DownloadError) and the data (RepositoryError). Both say the place and the reason
 * in words that the popup can show. A step called in the wrong order is a plain Error: the programmer is wrong.
 */

/** No answer, too slow, too long, a redirect, another status. */
export class DownloadError extends Error {
  override readonly name = "DownloadError";
  /** How long the service asks to be left alone; undefined where it does not. */
  readonly retryAfterMs: number | undefined;
  /** This device has no network: nothing that the service is to blame for. */
  readonly isOffline: boolean;

  constructor(message: string, details: { retryAfterMs?: number | undefined; isOffline?: boolean } = {}) {
    super(message);
    this.retryAfterMs = details.retryAfterMs;
    this.isOffline = details.isOffline ?? false;
  }
}

/** What was served, or kept, is not what the maintainers meant. */
export class RepositoryError extends Error {
  override readonly name: string = "RepositoryError";
  readonly place: string;
  readonly reason: string;

  constructor(place: string, reason: string) {
    super(`${place}: ${reason}`);
    this.place = place;
    this.reason = reason;
  }
}

/** Not the metadata that The Update Framework describes. */
export class MetadataError extends RepositoryError {
  override readonly name = "MetadataError";
}

/** Too few of the role's keys have signed it. */
export class SignatureError extends RepositoryError {
  override readonly name = "SignatureError";
}

/** Nobody vouches for it any more. */
export class ExpiredError extends RepositoryError {
  override readonly name = "ExpiredError";
}

/** Older than what was seen before, or not the version that was announced. */
export class RollbackError extends RepositoryError {
  override readonly name = "RollbackError";
}

/** Not the bytes that were announced. */
export class LengthOrHashError extends RepositoryError {
  override readonly name = "LengthOrHashError";
}

/** The service does not have what its own signed metadata announces. */
export class MissingFileError extends RepositoryError {
  override readonly name = "MissingFileError";
}

/** No role that is trusted for this path lists it. */
export class UnknownTargetError extends RepositoryError {
  override readonly name = "UnknownTargetError";
}

/** For what is kept or baked: where it does not verify now, it is passed over, and the service will have better. */
export async function ifVerified<T>(verify: () => Promise<T>): Promise<T | null> {
  try {
    return await verify();
  } catch (error) {
    if (error instanceof RepositoryError) return null;
    throw error;
  }
}

/** What went wrong, whatever it was; null where nothing did. */
export async function failureOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
    return null;
  } catch (error) {
    return error;
  }
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
