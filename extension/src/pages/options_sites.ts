/** Which sites are watched: those of the build, and those that the person allowed and can take back. */
import { make } from "../shared/elements.ts";
import { EVERY_SITE } from "../shared/site_access.ts";
import type { Translate } from "../shared/translate.ts";
import { type Deeds, makeButton, makeSection, makeSite } from "./options_parts.ts";

/** What the browser lets this extension do. Sites are match patterns. */
export interface Rights {
  builtIn: string[];
  granted: string[];
  isNotifying: boolean;
}

export interface SitesSection {
  element: HTMLElement;
  show(sites: Rights): void;
}

export function makeSites(translate: Translate, deeds: Deeds): SitesSection {
  const fold = make("summary", {});
  const builtIn = make("ul", { class: "sites" });
  const none = make("p", { class: "quiet" }, translate("optionsSitesNone"));
  const granted = make("ul", { class: "list" });
  const more = make("a", { class: "button", href: "welcome.html" }, translate("welcomeEveryAllow"));
  const element = makeSection(
    "sites",
    translate("optionsSites"),
    make("details", {}, fold, builtIn),
    none,
    granted,
    make("p", { class: "presses" }, more),
  );

  function makeGranted(pattern: string): HTMLElement {
    const name = nameSite(pattern, translate);
    const label = translate("optionsStopWatching");
    const stop = makeButton(label, () => void revoke(pattern, name), { "aria-label": `${label}: ${name}` });
    return make("li", { class: "row" }, make("strong", {}, makeSite(name)), stop);
  }

  async function revoke(pattern: string, name: string): Promise<void> {
    await deeds.revoke(pattern);
    (granted.querySelector("button") ?? more).focus();
    deeds.say(translate("optionsStopped", [name]));
  }

  return {
    element,
    show(sites) {
      const names = [...new Set(sites.builtIn.map((pattern) => nameSite(pattern, translate)))].sort();
      fold.textContent = translate("optionsSitesBuiltIn", [names.length.toLocaleString(translate.language)]);
      builtIn.replaceChildren(...names.map((name) => make("li", {}, makeSite(name))));
      granted.replaceChildren(...sites.granted.map(makeGranted));
      none.hidden = sites.granted.length > 0;
      more.hidden = [...sites.builtIn, ...sites.granted].includes(EVERY_SITE);
    },
  };
}

/** A match pattern as people know it: the host, without the star for its subdomains. */
function nameSite(pattern: string, translate: Translate): string {
  const host = /^[^:]+:\/\/([^/]*)\//.exec(pattern)?.[1] ?? "";
  return host === "" || host === "*" ? translate("optionsEverySite") : host.replace(/^\*\./, "");
}
