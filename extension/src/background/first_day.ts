/** The welcome page opens once, when a person installs Rollguard; an update opens nothing. */
import { onInstalled, openPage } from "../shared/browser.ts";

/** To be called in the worker's first turn. */
export function listenToInstall(): void {
  onInstalled((reason) => {
    if (reason === "install") void openPage("welcome.html");
  });
}
