/** The one door to the userscript manager. Nowhere else does `GM` occur. What a manager lacks is felt, not fatal. */
import { DownloadError } from "../trust/errors.ts";
import type { Fetcher, TrustStore } from "../trust/interfaces.ts";
import { parseRetryAfter } from "../trust/polling.ts";

const TIMEOUT_MS = 20_000;

interface Answer {
  status: number;
  response: unknown;
  finalUrl?: string;
  responseURL?: string;
  responseHeaders?: string;
}

interface Request {
  method: "GET";
  url: string;
  responseType: "arraybuffer";
  anonymous: true;
  nocache: true;
  redirect: "error";
  timeout: number;
  onload(answer: Answer): void;
  onprogress(progress: { loaded: number }): void;
  onerror(): void;
  ontimeout(): void;
  onabort(): void;
}

interface ManagerApi {
  getValue?(key: string): Promise<unknown>;
  setValue?(key: string, value: string): Promise<void>;
  deleteValue?(key: string): Promise<void>;
  xmlHttpRequest?(request: Request): { abort?(): void } | undefined;
  registerMenuCommand?(title: string, act: () => void): unknown;
}

declare const GM: ManagerApi | undefined;

/** Read at each call, because tests put their own there after this module was loaded. */
function manager(): ManagerApi {
  return typeof GM === "undefined" ? {} : GM;
}

/** Used where the manager keeps nothing: then the baked rules warn, and updates last as long as the page. */
const memory = new Map<string, string>();

export async function readValue(key: string): Promise<string | undefined> {
  const api = manager();
  const value = api.getValue === undefined ? memory.get(key) : await api.getValue(key);
  return typeof value === "string" ? value : undefined;
}

export async function writeValue(key: string, text: string): Promise<void> {
  const api = manager();
  if (api.setValue === undefined) memory.set(key, text);
  else await api.setValue(key, text);
}

const PREFIX = "trust:";

export const trustStorage: TrustStore = {
  read: (key) => readValue(PREFIX + key),
  write: (key, text) => writeValue(PREFIX + key, text),
  async remove(key) {
    const api = manager();
    if (api.deleteValue === undefined) memory.delete(PREFIX + key);
    else await api.deleteValue(PREFIX + key);
  },
};

/** A line in the manager's menu, where it has one. */
export function addMenuCommand(title: string, act: () => void): void {
  manager().registerMenuCommand?.(title, act);
}

/** The rule service, asked past the page's own policy, without cookies, cache or redirects. */
export class ManagerFetcher implements Fetcher {
  readonly #serviceUrl: string;
  readonly #timeoutMs: number;

  /** @param serviceUrl address of the rule service, without a slash at its end. */
  constructor(serviceUrl: string, timeoutMs = TIMEOUT_MS) {
    this.#serviceUrl = serviceUrl;
    this.#timeoutMs = timeoutMs;
  }

  async fetch(path: string, maxBytes: number): Promise<Uint8Array | null> {
    const url = `${this.#serviceUrl}/${path}`;
    let clock: ReturnType<typeof setTimeout> | undefined;
    let control: { abort?(): void } | undefined;
    try {
      const answer = await new Promise<Answer>((resolve, reject) => {
        const fail = (reason: string, isOffline = false) =>
          reject(new DownloadError(`${url}: ${reason}`, { isOffline }));
        const tooSlow = () => fail(`no answer within ${this.#timeoutMs / 1000} seconds`);
        // Our own clock, too: some managers count anew with every byte, or do not count at all.
        clock = setTimeout(tooSlow, this.#timeoutMs);
        control = request({
          method: "GET",
          url,
          responseType: "arraybuffer",
          anonymous: true,
          nocache: true,
          redirect: "error",
          timeout: this.#timeoutMs,
          onload: resolve,
          onprogress({ loaded }) {
            if (loaded > maxBytes) fail(tooLong(maxBytes));
          },
          onerror: () => fail("the rule service cannot be reached", navigator.onLine === false),
          ontimeout: tooSlow,
          onabort: () => fail("the request was stopped"),
        });
      });
      return readAnswer(answer, url, maxBytes);
    } catch (error) {
      control?.abort?.();
      throw error;
    } finally {
      clearTimeout(clock);
    }
  }
}

function request(wanted: Request): { abort?(): void } | undefined {
  const api = manager();
  if (api.xmlHttpRequest === undefined) {
    throw new DownloadError(`${wanted.url}: this userscript manager has no GM.xmlHttpRequest`);
  }
  return api.xmlHttpRequest(wanted);
}

function readAnswer(answer: Answer, url: string, maxBytes: number): Uint8Array | null {
  // Not every manager knows `redirect`; where the answer came from tells.
  const came = answer.finalUrl ?? answer.responseURL ?? url;
  if (came !== url) throw new DownloadError(`${url}: the rule service sent us elsewhere`);
  if (answer.status === 404) return null;
  if (answer.status !== 200) {
    const [, rest] = /^retry-after:(.*)$/im.exec(answer.responseHeaders ?? "") ?? [];
    throw new DownloadError(
      `${url}: the rule service answers ${answer.status}`,
      { retryAfterMs: parseRetryAfter(rest, Date.now()) },
    );
  }
  const bytes = new Uint8Array(answer.response as ArrayBuffer);
  if (bytes.length > maxBytes) throw new DownloadError(`${url}: ${tooLong(maxBytes)}`);
  return bytes;
}

function tooLong(maxBytes: number): string {
  return `the answer is longer than ${maxBytes} bytes`;
}
