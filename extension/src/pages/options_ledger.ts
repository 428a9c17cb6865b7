/** The private ledger: what was asked, what the person chose, and the way to undo it. */
import type { LedgerEntry } from "../shared/ledger.ts";
import { make } from "../shared/elements.ts";
import { ledgerCsv, ledgerText } from "../shared/exchange.ts";
import type { OwnState } from "../shared/messages.ts";
import type { Translate } from "../shared/translate.ts";
import { saveFile } from "./options_files.ts";
import { CHOICES, LEDGER_COLUMNS, makeLedgerRow, writeEntry } from "./options_ledger_row.ts";
import { fold, makeLongList, makeSearch } from "./options_list.ts";
import {
  askFirst,
  dateWriter,
  type Deeds,
  makeButton,
  makeSection,
  makeSwitch,
  type Section,
} from "./options_parts.ts";

export function makeLedger(translate: Translate, deeds: Deeds): Section {
  const write = dateWriter(translate.language);
  let entries: LedgerEntry[] = [];

  const keep = makeSwitch(
    "ledger-keep",
    translate("ledgerSwitch"),
    translate("ledgerSwitchHint"),
    translate,
    (ledger) => void deeds.change({ ledger }),
  );
  const none = make("p", { class: "quiet" }, translate("ledgerNone"));
  const [search, wanted] = makeSearch("ledger-search", translate("ledgerSearch"), () => show());
  const choice = makeChoice();
  const body = make("tbody", { role: "rowgroup" });
  const list = makeLongList(
    body,
    (entry: LedgerEntry) => makeLedgerRow(entry, translate, write, eraseOne),
    translate,
  );
  const filled = make(
    "div",
    {},
    make("div", { class: "fields" }, search, choice),
    makeTable(),
    list.foot,
    makePresses(),
  );
  const element = makeSection("ledger", translate("ledgerHeading"), keep.element, makeKept(), none, filled);

  function makeChoice(): HTMLElement {
    const select = make(
      "select",
      { id: "ledger-choice" },
      make("option", { value: "" }, translate("ledgerAnyChoice")),
    );
    for (const [value, key] of Object.entries(CHOICES)) {
      select.append(make("option", { value }, translate(key)));
    }
    select.addEventListener("change", () => show());
    const label = make("label", { for: select.id }, translate("ledgerChoice"));
    return make("div", { class: "field" }, label, select);
  }

  /** The roles say what the elements are, because on a narrow screen they are laid out as blocks, and lose it. */
  function makeTable(): HTMLElement {
    const heads = LEDGER_COLUMNS.map((key) =>
      make("th", { scope: "col", role: "columnheader" }, translate(key))
    );
    const acts = make(
      "th",
      { scope: "col", role: "columnheader" },
      make("span", { class: "unseen" }, translate("ledgerErase")),
    );
    const head = make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...heads, acts));
    return make("table", { class: "ledger", role: "table", "aria-labelledby": "ledger-heading" }, head, body);
  }

  function makePresses(): HTMLElement {
    return make(
      "div",
      { class: "presses" },
      makeButton(
        translate("ledgerSaveJson"),
        () => saveFile("rollguard-ledger.json", "application/json", ledgerText(entries)),
      ),
      makeButton(
        translate("ledgerSaveCsv"),
        () => saveFile("rollguard-ledger.csv", "text/csv", ledgerCsv(entries)),
      ),
      makeButton(translate("ledgerEraseAll"), () => void eraseAll(), { class: "danger" }),
    );
  }

  function makeKept(): HTMLElement {
    return make(
      "details",
      { class: "quiet" },
      make("summary", {}, translate("ledgerKept")),
      make("p", {}, translate("ledgerKeptText")),
      make("p", {}, translate("ledgerNotKept")),
    );
  }

  async function eraseOne(entry: LedgerEntry): Promise<void> {
    if (!await askFirst(translate("ledgerEraseAsk"), translate("ledgerErase"), translate)) return;
    const place = [...body.children].findIndex((row) => row.id === `entry-${entry.id}`);
    await deeds.erase(entry.id);
    const next = body.children[Math.min(place, body.children.length - 1)];
    (next?.querySelector("button") ?? element.querySelector<HTMLElement>("h2"))?.focus();
    deeds.say(translate("ledgerErased"));
  }

  async function eraseAll(): Promise<void> {
    if (!await askFirst(translate("ledgerEraseAllAsk"), translate("ledgerEraseAll"), translate)) return;
    await deeds.erase();
    element.querySelector<HTMLElement>("h2")?.focus();
    deeds.say(translate("ledgerErased"));
  }

  function show(): void {
    const words = wanted();
    const chosen = choice.querySelector("select")?.value ?? "";
    const found = entries.filter((entry) =>
      (chosen === "" || entry.choice === chosen) &&
      (words === "" || fold(writeEntry(entry, translate, write)).includes(words))
    );
    none.hidden = entries.length > 0;
    filled.hidden = entries.length === 0;
    list.show(found, entries.length);
  }

  return {
    element,
    show({ settings, managed, ledger }: OwnState) {
      keep.show(settings.ledger, managed.includes("ledger"));
      entries = [...ledger].sort((one, other) => other.seen.localeCompare(one.seen));
      show();
    },
  };
}
