/** A store in memory that can die at a chosen write, before or after it, as a worker does. */
import type { TrustStore } from "../../extension/src/trust/interfaces.ts";

export class MemoryStore implements TrustStore {
  readonly texts: Map<string, string>;
  #writesLeft = Infinity;
  #isWriteDone = false;

  constructor(texts: Iterable<[string, string]> = []) {
    this.texts = new Map(texts);
  }

  /** @param isWriteDone whether the write at which it dies has reached the disk. */
  dieAfterWrites(writes: number, isWriteDone: boolean): void {
    this.#writesLeft = writes;
    this.#isWriteDone = isWriteDone;
  }

  read(key: string): Promise<string | undefined> {
    return Promise.resolve(this.texts.get(key));
  }

  write(key: string, text: string): Promise<void> {
    const isLast = this.#writesLeft-- <= 0;
    if (!isLast || this.#isWriteDone) this.texts.set(key, text);
    if (isLast) this.#isWriteDone = false;
    return isLast ? Promise.reject(new Error("the worker was stopped")) : Promise.resolve();
  }

  remove(key: string): Promise<void> {
    this.texts.delete(key);
    return Promise.resolve();
  }
}
