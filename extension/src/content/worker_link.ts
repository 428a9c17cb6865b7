/** The content script's line to the worker: silent where nobody answers, ended when the extension is gone. */
import { isOrphan, type Message, sendToWorker } from "../shared/browser.ts";

export class WorkerLink {
  readonly #onOrphaned: () => void;

  constructor(onOrphaned: () => void) {
    this.#onOrphaned = onOrphaned;
  }

  /** Our failure is never the page's: an orphan falls silent, anything else is tried again at the next change. */
  async send(message: Message): Promise<unknown> {
    if (isOrphan()) {
      this.#onOrphaned();
      return undefined;
    }
    try {
      return await sendToWorker(message);
    } catch {
      return undefined;
    }
  }
}
