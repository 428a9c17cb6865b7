/** A worker with a canned channel: answers the popup through the real door, only to our own pages. */
import { onMessage, sessionGet, sessionSet } from "../../extension/src/shared/browser.ts";
import { type ChannelStatus, CHECK_NOW, GET_STATUS } from "../../extension/src/shared/messages.ts";

async function answer(isCheck: boolean): Promise<ChannelStatus> {
  const before = await sessionGet("version");
  const version = (typeof before === "number" ? before : 7) + (isCheck ? 1 : 0);
  await sessionSet({ version });
  const now = new Date().toISOString();
  return {
    version,
    publishedAt: now,
    checkedAt: now,
    error: "",
    isExpired: false,
    ruleCount: 8,
    skipped: [],
  };
}

onMessage(({ type }, { isOwnPage }) => {
  if (!isOwnPage || (type !== GET_STATUS && type !== CHECK_NOW)) return undefined;
  return answer(type === CHECK_NOW);
});
