/** Who asks the worker. */
import type { Sender } from "../../extension/src/shared/browser.ts";

export const TOP: Sender = {
  tabId: 1,
  frameId: 0,
  url: "https://a.example/feed",
  isOwnPage: false,
  isPrivate: false,
};
export const FRAME: Sender = { ...TOP, frameId: 7, url: "https://frame.example/" };
export const OTHER_SITE: Sender = { ...TOP, tabId: 2, url: "https://b.example/" };
export const PRIVATE: Sender = { ...TOP, isPrivate: true };
export const POPUP: Sender = {
  frameId: undefined,
  url: "chrome-extension://own/popup.html",
  isOwnPage: true,
  isPrivate: false,
};
/** The options in a tab: a top frame, too. */
export const OPTIONS: Sender = { ...POPUP, tabId: 3, frameId: 0, url: "chrome-extension://own/options.html" };
