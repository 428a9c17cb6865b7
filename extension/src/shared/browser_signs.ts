/** What is shown outside of pages: the badge, and notifications where the person has granted them. */
import { api, getURL } from "./browser.ts";

const NOTIFICATIONS = { permissions: ["notifications"] };

/** The tab may have gone meanwhile; then there is nothing to mark. */
export async function setBadge(tabId: number, text: string, color: string, title: string): Promise<void> {
  const { action } = api();
  try {
    await Promise.all([
      action.setBadgeText({ tabId, text }),
      action.setBadgeBackgroundColor({ tabId, color }),
      action.setTitle({ tabId, title }),
    ]);
  } catch {
    return;
  }
}

/** Takes the place of an earlier one with this id; nothing happens where the person has not granted notifications. */
export async function notify(id: string, title: string, message: string): Promise<void> {
  const iconUrl = getURL("icons/rollguard-128.png");
  await api().notifications?.create(id, { type: "basic", iconUrl, title, message });
}

export function mayNotify(): Promise<boolean> {
  return api().permissions.contains(NOTIFICATIONS);
}

/** The browser asks the person; call it in the turn of their press. */
export async function letNotify(isWanted: boolean): Promise<void> {
  if (isWanted) await api().permissions.request(NOTIFICATIONS);
  else await api().permissions.remove(NOTIFICATIONS);
}
