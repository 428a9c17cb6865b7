/** The check-up's list as elements; what a press does is not known here. */
import type { Source } from "../shared/bundle_types.ts";
import { make, makeLink } from "../shared/elements.ts";
import type { Translate } from "../shared/translate.ts";
import type { Entry, Group } from "./checkup_entries.ts";
import { makeQr } from "./qr.ts";

const MARKS = { phone: "checkupPhone", computer: "checkupComputer" } as const;

export function makeGroup({ product, entries }: Group, translate: Translate): HTMLElement {
  const id = `group-${entries[0]?.id}`;
  const heading = make("h3", { id }, product === "" ? translate("checkupAnySite") : product);
  const items = entries.map((entry) => makeEntry(entry, translate));
  return make(
    "section",
    { class: "group", "aria-labelledby": id },
    heading,
    make("ul", { role: "list" }, ...items),
  );
}

function makeEntry(entry: Entry, translate: Translate): HTMLElement {
  const tick = make("input", {
    type: "checkbox",
    class: "tick",
    value: entry.id,
    "aria-label": translate("checkupTick", [entry.title]),
  });
  const marks = [
    ...entry.isObjection ? [translate("checkupObjection")] : [],
    ...entry.where in MARKS ? [translate(MARKS[entry.where as keyof typeof MARKS])] : [],
  ].map((mark) => make("span", { class: "badge" }, mark));
  const title = make("span", { class: "title", lang: entry.language, dir: "auto" }, entry.title);
  const summary = make(
    "summary",
    // The anchor is what takes the focus: a browser that goes to it by itself takes the focus from everything else.
    { id: entry.id },
    make("span", { class: "line" }, title, ...marks, make("span", { class: "when quiet" })),
  );
  return make(
    "li",
    { class: "card entry" },
    // The label makes the target as large as a finger.
    make("label", { class: "reach" }, tick),
    make("details", {}, summary, make("div", { class: "guide" }, ...makeGuide(entry, translate))),
  );
}

function makeGuide(entry: Entry, translate: Translate): Node[] {
  const steps = entry.steps.map((step) => make("li", {}, step));
  const parts: Node[] = [make("ol", { lang: entry.stepsLanguage, dir: "auto" }, ...steps)];
  if (entry.uploaded !== "") {
    parts.push(
      make("h4", {}, translate("checkupUploaded")),
      make("p", { lang: entry.language, dir: "auto" }, entry.uploaded),
    );
  }
  if (entry.where === "phone") parts.push(makeHandOver(entry, translate));
  else if (entry.link !== "") parts.push(make("p", {}, makeWayThere(entry.link, translate)));
  const sources = entry.sources.map((source) => makeSource(source, translate));
  parts.push(
    make(
      "details",
      { class: "sources" },
      make("summary", {}, translate("overlaySource")),
      make("ul", {}, ...sources),
    ),
  );
  return parts;
}

function makeWayThere(link: string, translate: Translate): HTMLElement {
  const host = new URL(link).hostname;
  const way = makeLink(link, translate("checkupOpen", [host]), translate("overlayOpensNewTab"));
  way.classList.add("button", "main");
  return way;
}

/** The way to the phone: a code, and the same address as a link for whoever cannot scan it. */
function makeHandOver({ guide, link, sources }: Entry, translate: Translate): HTMLElement {
  const target = guide || link || (sources[0]?.url ?? "");
  const address = makeLink(target, target, translate("overlayOpensNewTab"));
  address.dir = "ltr";
  return make(
    "figure",
    {},
    makeQr(target, translate("checkupQr", [target])),
    make(
      "figcaption",
      {},
      make("p", {}, translate(target === link || target === guide ? "checkupScan" : "checkupScanSource")),
      make("p", {}, address),
    ),
  );
}

function makeSource({ title, url, date }: Source, translate: Translate): HTMLElement {
  return make(
    "li",
    {},
    makeLink(url, title, translate("overlayOpensNewTab")),
    " ",
    make("time", { datetime: date, class: "quiet" }, formatDate(date, translate.language)),
  );
}

/** `2025-06-27`, `2025-06` or a moment, as people write it. */
export function formatDate(date: string, language: string): string {
  const hasDay = date.length > "2025-06".length;
  const moment = new Date(hasDay ? date : `${date}-01`);
  if (Number.isNaN(moment.getTime())) return date;
  const timeZone = date.includes("T") ? undefined : "UTC";
  const day = hasDay ? "numeric" : undefined;
  return new Intl.DateTimeFormat(language, { year: "numeric", month: "long", day, timeZone }).format(moment);
}
