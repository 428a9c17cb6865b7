/** What shows outside the page: the badge, and a notification where the page lets no overlay stand. */
import type { Message, Sender } from "../shared/browser.ts";
import { notify, setBadge } from "../shared/browser_signs.ts";
import type { RuleText } from "../shared/bundle_types.ts";
import type { Translate } from "../shared/translate.ts";

const BADGE_COLOR = "#8a4b00";

/** The badge says what the top frame shows, whichever frame it is about. @param texts those that the rules bring. */
export async function markTab(
  { rule, host }: Message,
  { tabId }: Sender,
  texts: RuleText[],
  translate: Translate,
): Promise<void> {
  if (tabId === undefined) return;
  if (rule === null) return await setBadge(tabId, "", BADGE_COLOR, translate("extensionName"));
  await setBadge(tabId, "!", BADGE_COLOR, titleOf(rule, host, texts) ?? translate("extensionName"));
}

/** The page keeps removing our overlay: then what it must not hear of is said elsewhere. */
export async function shout(
  message: Message,
  sender: Sender,
  texts: RuleText[],
  translate: Translate,
): Promise<void> {
  const title = titleOf(message.rule, message.host, texts);
  if (sender.tabId === undefined || title === undefined) return;
  await markTab(message, sender, texts, translate);
  await notify(`shout ${sender.tabId}`, title, translate("noteShout"));
}

function titleOf(rule: unknown, host: unknown, texts: RuleText[]): string | undefined {
  return texts.find((text) => text.rule === rule)?.title.replaceAll("{site}", String(host));
}
