/** The only road out of the extension: the rule service, asked without cookies, cache, identifiers or redirects. */
import { DownloadError, wordsOf } from "../trust/errors.ts";
import type { Fetcher } from "../trust/interfaces.ts";
import { parseRetryAfter } from "../trust/polling.ts";

const TIMEOUT_MS = 20_000;

export class ServiceFetcher implements Fetcher {
  readonly #serviceUrl: string;
  readonly #timeoutMs: number;

  /** @param serviceUrl origin of the rule service, without a slash at its end. */
  constructor(serviceUrl: string, timeoutMs = TIMEOUT_MS) {
    this.#serviceUrl = serviceUrl;
    this.#timeoutMs = timeoutMs;
  }

  async fetch(path: string, maxBytes: number): Promise<Uint8Array | null> {
    const url = `${this.#serviceUrl}/${path}`;
    try {
      const answer = await fetch(url, {
        credentials: "omit",
        cache: "no-store",
        redirect: "error",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.timeout(this.#timeoutMs), // for the whole answer, not for its first byte
      });
      if (answer.status === 200) return await readCapped(answer, maxBytes, url);
      await answer.body?.cancel();
      if (answer.status === 404) return null;
      const rest = parseRetryAfter(answer.headers.get("Retry-After"), Date.now());
      throw new DownloadError(`${url}: the rule service answers ${answer.status}`, { retryAfterMs: rest });
    } catch (error) {
      if (error instanceof DownloadError) throw error;
      const reason = `${url}: the rule service cannot be reached (${wordsOf(error)})`;
      throw new DownloadError(reason, { isOffline: navigator.onLine === false });
    }
  }
}

/** Stops at the limit while the bytes come in: an endless answer costs no more than a long one. */
async function readCapped(answer: Response, maxBytes: number, url: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) throw new DownloadError(`${url}: the answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
