/** The welcome page opens once, when a person installs Rollguard; an update opens nothing. */
import { onInstalled, openPage, storageGet, storageSet } from "../shared/browser.ts";

/** A browser that loads the extension from a folder calls every start an installation. */
const WELCOMED = "welcomed";

/** To be called in the worker's first turn. */
export function listenToInstall(): void {
  onInstalled((reason) => {
    if (reason === "install") void welcome();
  });
}

async function welcome(): Promise<void> {
  if (await storageGet(WELCOMED) === true) return;
  await storageSet({ [WELCOMED]: true });
  await openPage("welcome.html");
}
