/** What the browser keeps for the person: here, on their other devices, and for their administrator. */
import { api } from "./browser.ts";

/** Several at once: nothing can change between one and the next. */
export function storageGetAll(keys: readonly string[]): Promise<Record<string, unknown>> {
  return api().storage.local.get([...keys]);
}

/** What travels with the browser's own account; null where this browser has no such thing. */
export async function syncGetAll(): Promise<Record<string, unknown> | null> {
  return await api().storage.sync?.get(null) ?? null;
}

/** @throws when it does not fit, or comes too often. */
export async function syncReplace(items: Record<string, unknown>, dropped: string[]): Promise<void> {
  await api().storage.sync?.set(items);
  if (dropped.length > 0) await api().storage.sync?.remove(dropped);
}

/** What an administrator has laid down. Firefox rejects where nobody has. */
export async function managedGetAll(): Promise<Record<string, unknown>> {
  try {
    return await api().storage.managed?.get(null) ?? {};
  } catch {
    return {};
  }
}

export function onStorageChanged(area: "sync" | "managed", act: () => void): void {
  api().storage.onChanged.addListener((_changes, changed) => {
    if (changed === area) act();
  });
}
