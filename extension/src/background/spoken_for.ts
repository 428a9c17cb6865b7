/** Sender → the address that it speaks for. */
import type { Sender } from "../shared/browser.ts";

/** Whom the demo on our own welcome page speaks for: a site of the name that it shows. */
const DEMO = "https://snapvault.example/";

/** @param address as in GET_RULES, believed only where the browser is silent. */
export function spokenFor({ url, isOwnPage }: Sender, address: unknown): string {
  if (isOwnPage) return DEMO;
  return isOnWeb(url) || typeof address !== "string" || !isOnWeb(address) ? url : address;
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : "";
}

function isOnWeb(url: string): boolean {
  return /^https?:\/\//.test(url) && URL.canParse(url);
}
