/** What the manifest says of this extension. */
import { api } from "./browser.ts";

export function getVersion(): string {
  return api().runtime.getManifest().version;
}
