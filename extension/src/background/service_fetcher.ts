/** The only road out of the extension: the rule service, asked without cookies, cache, identifiers or redirects. */
import { DownloadError } from "../trust/errors.ts";
import type { Fetcher } from "../trust/interfaces.ts";

const TIMEOUT_MS = 20_000;

export class ServiceFetcher implements Fetcher {
  readonly #serviceUrl: string;

  /** @param serviceUrl origin of the rule service, without a slash at its end. */
  constructor(serviceUrl: string) {
    this.#serviceUrl = serviceUrl;
  }

  async fetch(path: string, maxBytes: number): Promise<Uint8Array | null> {
    const url = `${this.#serviceUrl}/${path}`;
    try {
      const answer = await fetch(url, {
        credentials: "omit",
        cache: "no-store",
        redirect: "error",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (answer.status === 404) return null;
      if (answer.status !== 200) throw new DownloadError(`${url}: the rule service answers ${answer.status}`);
      return await readCapped(answer, maxBytes, url);
    } catch (error) {
      if (error instanceof DownloadError) throw error;
      throw new DownloadError(`${url}: the rule service cannot be reached (${reasonOf(error)})`);
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

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
