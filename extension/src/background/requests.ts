/**
 * Who may ask the worker what. Three tiers: any frame that our content script is in; a page's top frame, which speaks of its
 * own site only; our own pages. Who is in none of them is not answered.
 */
import type { Handler, Message, Sender } from "../shared/browser.ts";

type Answer = (message: Message, sender: Sender) => Promise<unknown>;

export interface Requests {
  frames: Record<string, Answer>;
  topFrames: Record<string, Answer>;
  ownPages: Record<string, Answer>;
}

export function answering({ frames, topFrames, ownPages }: Requests): Handler {
  return (message, sender) => {
    const open = [
      ...(sender.isOwnPage ? [ownPages] : [frames]),
      ...(isTopFrame(sender) ? [topFrames] : []),
    ];
    const found = open.find((answers) => Object.hasOwn(answers, message.type));
    return found?.[message.type]?.(message, sender);
  };
}

function isTopFrame({ isOwnPage, tabId, frameId, url }: Sender): boolean {
  return !isOwnPage && tabId !== undefined && frameId === 0 && /^https?:\/\//.test(url);
}
