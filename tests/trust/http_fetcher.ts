/** Asks a real server, whose metadata and targets may lie at different addresses. */
import { DownloadError } from "../../extension/src/trust/errors.ts";
import type { Fetcher } from "../../extension/src/trust/interfaces.ts";

export class HttpFetcher implements Fetcher {
  readonly #bases: { metadata: string; targets: string };

  constructor(bases: { metadata: string; targets: string }) {
    this.#bases = bases;
  }

  async fetch(path: string, maxBytes: number): Promise<Uint8Array | null> {
    const [kind = "", ...rest] = path.split("/");
    const base = kind === "metadata" ? this.#bases.metadata : this.#bases.targets;
    const url = `${base.replace(/\/$/, "")}/${rest.join("/")}`;
    const answer = await fetch(url).catch((error) => {
      throw new DownloadError(`${url}: ${error}`);
    });
    const body = new Uint8Array(await answer.arrayBuffer());
    if (answer.status === 404) return null;
    if (answer.status !== 200) throw new DownloadError(`${url}: the server answers ${answer.status}`);
    if (body.length > maxBytes) {
      throw new DownloadError(`${url}: the answer is longer than ${maxBytes} bytes`);
    }
    return body;
  }
}
