/** What the TUF client trusts, in the extension's own storage, where no page can reach it. */
import { storageGet, storageRemove, storageSet } from "../shared/browser.ts";
import type { TrustStore } from "../trust/interfaces.ts";

const PREFIX = "trust:";

export const trustStorage: TrustStore = {
  async read(key) {
    const text = await storageGet(PREFIX + key);
    return typeof text === "string" ? text : undefined;
  },
  write: (key, text) => storageSet({ [PREFIX + key]: text }),
  remove: (key) => storageRemove(PREFIX + key),
};
