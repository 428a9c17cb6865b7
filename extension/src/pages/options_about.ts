/** What this is: versions, licences, and privacy in five lines. */
import { make, makeLink } from "../shared/elements.ts";
import type { ChannelStatus } from "../shared/messages.ts";
import type { Translate } from "../shared/translate.ts";
import { LICENCES } from "./licences.ts";
import { makeSection } from "./options_parts.ts";

const PRIVACY = [
  "optionsPrivacy1",
  "optionsPrivacy2",
  "optionsPrivacy3",
  "optionsPrivacy4",
  "optionsPrivacy5",
] as const;

/** `channel` is null where the worker gave no answer. */
export function makeAbout(version: string, channel: ChannelStatus | null, translate: Translate): HTMLElement {
  const rules = channel?.version === 0 ? translate("overlayWhyBuiltIn") : String(channel?.version ?? "–");
  const facts: [string, string][] = [
    [translate("optionsVersion"), version],
    [translate("overlayWhyVersion"), rules],
  ];
  return makeSection(
    "about",
    translate("optionsAbout"),
    make("dl", {}, ...facts.flatMap(([term, said]) => [make("dt", {}, term), make("dd", {}, said)])),
    make("h3", {}, translate("optionsPrivacy")),
    make("ul", { class: "plain" }, ...PRIVACY.map((key) => make("li", {}, translate(key)))),
    make("h3", {}, translate("optionsLicences")),
    make(
      "ul",
      { class: "plain" },
      makeOwn(translate),
      ...LICENCES.map((other) => makeOther(other, translate)),
    ),
  );
}

function makeOwn(translate: Translate): HTMLElement {
  const read = make("a", { href: "LICENSE.txt" }, translate("optionsLicence"));
  return make("li", {}, make("bdi", {}, `${translate("extensionName")}, MPL-2.0`), " · ", read);
}

function makeOther({ name, version, licence, notice, home }: typeof LICENCES[number], translate: Translate) {
  const words = [version === "" ? name : `${name} ${version}`, licence, notice].join(", ");
  return make(
    "li",
    {},
    make("bdi", { lang: "en" }, words),
    " · ",
    makeLink(home, translate("optionsLicence"), translate("overlayOpensNewTab")),
  );
}
