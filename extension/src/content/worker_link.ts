/** The content script's line to the worker: silent where nobody answers, ended when the extension is gone. */
import { isOrphan, type Message, sendToWorker } from "../shared/browser.ts";
import { GET_RULES, type PageRules } from "../shared/messages.ts";
import { pageAddress } from "./address.ts";

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;

export class WorkerLink {
  readonly #onOrphaned: () => void;
  #isOrphaned = false;

  constructor(onOrphaned: () => void) {
    this.#onOrphaned = onOrphaned;
  }

  /** Our failure is never the page's: an orphan falls silent, anything else is tried again at the next change. */
  async send(message: Message): Promise<unknown> {
    if (isOrphan()) {
      this.#isOrphaned = true;
      this.#onOrphaned();
      return undefined;
    }
    try {
      return await sendToWorker(message);
    } catch {
      return undefined;
    }
  }

  /**
   * A browser that is just starting, or a worker that fails, gives no rules yet: silence would be a lie, so ask again.
   * @returns null for an orphan.
   */
  async askForRules(): Promise<PageRules | null> {
    for (let wait = FIRST_RETRY_MS;; wait = Math.min(2 * wait, LAST_RETRY_MS)) {
      const languages = [document.documentElement?.lang ?? "", ...navigator.languages];
      const ask = { type: GET_RULES, address: pageAddress(document), languages };
      const answer = await this.send(ask) as PageRules | undefined;
      if (this.#isOrphaned) return null;
      if (answer !== undefined) return answer;
      await new Promise((done) => setTimeout(done, wait));
    }
  }
}
