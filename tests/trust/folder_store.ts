/// <reference lib="deno.ns" />
/** Keeps what the client trusts in a folder: metadata as `<role>.json`, everything else beside it in `other/`. */
import type { TrustStore } from "../../extension/src/trust/interfaces.ts";

export class FolderStore implements TrustStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(key: string): Promise<string | undefined> {
    try {
      return await Deno.readTextFile(this.#file(key));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }

  async write(key: string, text: string): Promise<void> {
    await Deno.mkdir(`${this.#folder}/other`, { recursive: true });
    await Deno.writeTextFile(`${this.#file(key)}.new`, text);
    await Deno.rename(`${this.#file(key)}.new`, this.#file(key));
  }

  async remove(key: string): Promise<void> {
    await Deno.remove(this.#file(key));
  }

  #file(key: string): string {
    return key.includes(":")
      ? `${this.#folder}/other/${encodeURIComponent(key)}`
      : `${this.#folder}/${key}.json`;
  }
}
