/** What the overlay says: a warning's words as elements. Pressing is told by `data-act`; who listens is not known here. */
import type { Consequence } from "../shared/bundle_types.ts";
import { make, makeIcon, makeLink, makeMark } from "../shared/elements.ts";
import type { Warning } from "../shared/messages.ts";
import type { Translate } from "../shared/translate.ts";
import { makeAct, makeFold, makeFolds } from "./overlay_folds.ts";

export type Act = "press" | "show" | "dismiss" | "mute" | "copy" | "expand";

const CROSS = "M6 6l12 12M18 6 6 18";

export function makeCard(warning: Warning, siteHost: string, translate: Translate): HTMLElement {
  const { text, severity } = warning;
  const say = (line: string) => nameSite(line, warning.host);
  // The rule's texts may stand in another language than the interface.
  const told = { lang: text.language, dir: "auto" };
  const title = make("h2", { id: "title", ...told }, say(text.title));
  const facts = make(
    "ul",
    { id: "facts", class: "facts" },
    ...text.consequences.map((each) => make("li", {}, makeFact(warning, each, say, translate))),
  );
  const decline = make(
    "section",
    { class: "decline" },
    make("h3", {}, translate("overlayDeclineHeading")),
    make("p", told, say(text.decline)),
  );
  const folds = makeFolds(warning, siteHost, text.turn_off.map(say), translate);
  return make(
    "section",
    {
      class: severity === "warning" ? "root" : "root quiet",
      role: severity === "warning" ? "alertdialog" : "region",
      tabindex: "-1",
      "aria-labelledby": "title",
      "aria-describedby": "facts",
      lang: translate.language,
      dir: translate.direction,
    },
    makeHead(translate),
    make("div", { class: "body" }, title, facts, decline, folds),
    makeActions(warning, translate),
  );
}

/** `{site}` in a rule's text; the `www.` says nothing to anybody. */
export function nameSite(line: string, host: string): string {
  return line.replaceAll("{site}", host.replace(/^www\./, ""));
}

/** A notice before it is opened: one line. */
export function makeChip(warning: Warning, translate: Translate): HTMLElement {
  return make(
    "section",
    {
      class: "root chip",
      role: "region",
      "aria-label": translate("overlayNoticeLabel"),
      lang: translate.language,
      dir: translate.direction,
    },
    makeMark(),
    // Filled a moment later: a live region speaks up only when its words change.
    make(
      "button",
      {
        type: "button",
        class: "open",
        "data-act": "expand",
        "aria-expanded": "false",
        "aria-labelledby": "live more",
      },
      make("span", { id: "live", role: "status", lang: warning.text.language, dir: "auto" }),
      " ",
      make("span", { id: "more", class: "more" }, translate("overlayMore")),
    ),
    makeClose(translate),
  );
}

function makeHead(translate: Translate): HTMLElement {
  return make(
    "header",
    { class: "head" },
    makeMark(),
    make("span", { class: "brand" }, translate("extensionName")),
    makeClose(translate),
  );
}

function makeClose(translate: Translate): HTMLElement {
  const name = translate("overlayClose");
  const cross = makeIcon(CROSS);
  cross.setAttribute("class", "stroke");
  return make(
    "button",
    { type: "button", class: "bare", "data-act": "dismiss", "aria-label": name, title: name },
    cross,
  );
}

function makeFact(
  { rule, text }: Warning,
  { text: line, source: id }: Consequence,
  say: (line: string) => string,
  translate: Translate,
): HTMLElement {
  const label = make("span", { lang: text.language, dir: "auto" }, say(line));
  const source = rule.sources.find((each) => each.id === id);
  if (source === undefined) return label;
  const date = make("time", { datetime: source.date }, formatDate(source.date, translate.language));
  const link = makeLink(source.url, source.title, translate("overlayOpensNewTab"));
  const fold = makeFold(label, make("p", {}, link), make("p", {}, date));
  label.after(make("span", { class: "hint" }, translate("overlaySource")));
  return fold;
}

function makeActions({ verdict }: Warning, translate: Translate): HTMLElement {
  const foot = make("footer", { class: "foot" });
  if (verdict.decline?.certain) {
    foot.append(makeAct("press", translate("overlayPress", [verdict.decline.label])));
  } else if (verdict.decline !== null) foot.append(makeAct("show", translate("overlayShowDecline")));
  foot.append(makeAct("dismiss", translate("overlayDismiss")));
  return foot;
}

/** `2025-06-27` or `2025-06`, as people write it. */
function formatDate(date: string, language: string): string {
  const moment = new Date(`${date.length === 7 ? `${date}-01` : date}T00:00:00Z`);
  if (Number.isNaN(moment.getTime())) return date;
  const day = date.length === 7 ? undefined : "numeric";
  return new Intl.DateTimeFormat(language, { year: "numeric", month: "long", day, timeZone: "UTC" }).format(
    moment,
  );
}
