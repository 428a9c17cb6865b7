/** Sender → the address that it speaks for. */
import type { Sender } from "../shared/browser.ts";

/** @param address as in GET_RULES, believed only where the browser is silent. */
export function spokenFor({ url }: Sender, address: unknown): string {
  return isOnWeb(url) || typeof address !== "string" || !isOnWeb(address) ? url : address;
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : "";
}

function isOnWeb(url: string): boolean {
  return /^https?:\/\//.test(url) && URL.canParse(url);
}
