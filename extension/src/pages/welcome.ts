/**
 * The welcome page. Its demo is no imitation: welcome.html loads the content script itself, which finds the dialog as
 * it would on any page.
 */
import { make } from "../shared/elements.ts";
import {
  allowedPatterns,
  EVERY_SITE,
  manifestPatterns,
  onAccessAdded,
  onAccessRemoved,
} from "../shared/site_access.ts";
import { startPage } from "./page.ts";
import { makeDemo, makeEverySite, makeLimits, makePictures, makeRights } from "./welcome_view.ts";

void startPage("welcome", async (translate) => {
  const everySite = async () => {
    const isAllowed = (await allowedPatterns()).includes(EVERY_SITE);
    return makeEverySite(translate, isAllowed, manifestPatterns().includes(EVERY_SITE));
  };
  let shown = await everySite();
  const follow = async () => {
    const now = await everySite();
    const hadFocus = shown.contains(document.activeElement);
    shown.replaceWith(now);
    shown = now;
    if (hadFocus) now.querySelector("button")?.focus();
  };
  // The person may answer here, in the browser's settings, or in another window.
  onAccessAdded(() => void follow());
  onAccessRemoved(() => void follow());
  return [
    make("p", { class: "lead" }, translate("welcomeLead")),
    makePictures(translate),
    makeDemo(translate),
    shown,
    makeRights(translate),
    makeLimits(translate),
  ];
});
