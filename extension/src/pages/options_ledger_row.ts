/** One line of the ledger: as a row of the table, and as the words that a search looks at. */
import type { Choice, LedgerEntry } from "../shared/ledger.ts";
import { make } from "../shared/elements.ts";
import { getURL } from "../shared/browser.ts";
import type { MessageKey, Translate } from "../shared/translate.ts";
import { makeButton, makeSite, shorten } from "./options_parts.ts";

export const LEDGER_COLUMNS = [
  "ledgerWhen",
  "ledgerSite",
  "ledgerAsked",
  "ledgerKind",
  "ledgerChoice",
] as const;

export const CHOICES: Record<Choice, MessageKey> = {
  accepted: "ledgerAccepted",
  declined: "ledgerDeclined",
  dismissed: "ledgerDismissed",
  muted: "ledgerMuted",
  unknown: "ledgerUnknown",
};

const KINDS = { warning: "overlaySeverityWarning", notice: "overlaySeverityNotice" } as const;

/** `write`: a moment → words. */
export function makeLedgerRow(
  entry: LedgerEntry,
  translate: Translate,
  write: (moment: string) => string,
  erase: (entry: LedgerEntry) => void,
): HTMLElement {
  const when = write(entry.seen);
  const label = `${translate("ledgerErase")}: ${shorten(entry.site)}, ${when}`;
  const button = makeButton(translate("ledgerErase"), () => erase(entry), {
    class: "danger",
    "aria-label": label,
  });
  const cells: (Node | string)[][] = [
    [make("time", { datetime: entry.seen }, when)],
    [makeSite(entry.site), ...makeFrame(entry, translate)],
    [
      make("span", {}, shorten(entry.product)),
      make("span", { class: "hint quiet", dir: "ltr" }, shorten(entry.rule)),
    ],
    [translate(KINDS[entry.severity])],
    makeChoice(entry, translate, when),
  ];
  return make(
    "tr",
    { role: "row", id: `entry-${entry.id}` },
    ...cells.map((cell, column) =>
      make("td", { role: "cell" }, makeHead(column, translate), make("div", {}, ...cell))
    ),
    make("td", { role: "cell" }, button),
  );
}

/** Beside the cell where the heads of the columns are out of sight. */
function makeHead(column: number, translate: Translate): HTMLElement {
  const key = LEDGER_COLUMNS[column];
  return make(
    "span",
    { class: "head quiet", "aria-hidden": "true" },
    key === undefined ? "" : translate(key),
  );
}

function makeFrame({ site, host }: LedgerEntry, translate: Translate): HTMLElement[] {
  if (host === site) return [];
  return [make("span", { class: "hint quiet" }, `${translate("overlayWhyFrame")}: `, makeSite(host))];
}

function makeChoice({ choice, rule }: LedgerEntry, translate: Translate, when: string): (Node | string)[] {
  const words = translate(CHOICES[choice]);
  if (choice !== "accepted") return [words];
  const undo = make(
    "a",
    { href: getURL(`checkup.html#${encodeURIComponent(rule)}`) },
    translate("ledgerUndo"),
  );
  return [words, make("span", { class: "hint" }, translate("popupAllowedOn", [when]), " ", undo)];
}

/** What a search finds an entry by: all that can be read in its row. */
export function writeEntry(
  entry: LedgerEntry,
  translate: Translate,
  write: (moment: string) => string,
): string {
  const { seen, site, host, product, rule, severity, choice } = entry;
  const words = [site, host, product, rule].map(shorten);
  return [write(seen), ...words, translate(KINDS[severity]), translate(CHOICES[choice])].join(" ");
}
