/** The address that a page speaks for: a frame without one of its own speaks for the page that made it. */
import type { Rule } from "../shared/bundle_types.ts";
import { isConsentPage } from "./candidates.ts";

const DEMO = "https://snapvault.example/";

/** The address as it was last seen: an app changes it without loading a page. */
export class Address {
  #rules: Rule[] = [];
  #address: string | null = null;
  /** As the page has it: what does not change is not read again. */
  #written: string | null = null;
  /** Where the browser tells of every navigation, an address need not be read at each change: that costs 20 µs. */
  readonly #isTold = "navigation" in globalThis;
  #isStale = true;
  #isConsentPage = false;

  /** Whether a rule reads the page itself at this address. */
  get isConsentPage(): boolean {
    return this.#isConsentPage;
  }

  use(rules: Rule[]): void {
    this.#rules = rules;
    this.#address = null;
    this.#written = null;
  }

  /** Whether it is surely the same as when `isAnother` was last asked. */
  isSame(page: Document): boolean {
    if (this.#written === null) return false;
    if (this.#isTold && !this.#isStale) return true;
    this.#isStale = page.location?.href !== this.#written;
    return !this.#isStale;
  }

  /** Something happened that may have been a navigation. */
  mayBeAnother(): void {
    this.#isStale = true;
  }

  /** Whether it is another one than when this was last asked. */
  isAnother(page: Document): boolean {
    if (this.isSame(page)) return false;
    this.#isStale = false;
    const written = page.location?.href ?? "";
    // What has no address of its own speaks for another page, whose address may change.
    this.#written = written.startsWith("http") ? written : null;
    const address = pageAddress(page);
    if (address === this.#address) return false;
    this.#address = address;
    this.#isConsentPage = address !== null && isConsentPage(this.#rules, address);
    return true;
  }
}

/** An http(s) address of the page, or of the one that made it; null where nobody on the web did. */
export function pageAddress(page: Document): string | null {
  const { location } = page;
  if (location === null) return null;
  if (isOnWeb(location.href)) return location.href;
  // Our own welcome page: its demo dialog is that of a site of this name. No page of the web has such a protocol.
  if (location.protocol.endsWith("-extension:")) return DEMO;
  // What a blob holds was made by the origin in its address.
  if (location.href.startsWith("blob:")) return firstOnWeb([originOf(location.href.slice(5))]);
  // about:blank and about:srcdoc have the base address of their maker, also in a sandbox (HTML, "about base URL").
  return firstOnWeb([String(page.baseURI), globalThis.origin, location.ancestorOrigins?.[0] ?? ""]);
}

/** As a person knows the page. */
export function pageHost(page: Document): string {
  return new URL(pageAddress(page) ?? page.location.href).hostname;
}

function firstOnWeb(addresses: string[]): string | null {
  const found = addresses.find(isOnWeb);
  return found === undefined ? null : new URL(found).href;
}

function isOnWeb(address: string): boolean {
  return /^https?:\/\//.test(address) && URL.canParse(address);
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : "";
}
