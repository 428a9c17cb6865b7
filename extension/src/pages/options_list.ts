/** A list that can be searched and may be long: it is shown in pages, so that a thousand entries open at once. */
import { make } from "../shared/elements.ts";
import type { Translate } from "../shared/translate.ts";
import { makeButton } from "./options_parts.ts";

const PAGE = 50;

export interface LongList<Item> {
  /** What stands below the list: how much of it is shown, and the button for more. */
  foot: HTMLElement;
  /** `all`: how many there are without the search. */
  show(found: Item[], all: number): void;
}

/** `body` gets the rows. */
export function makeLongList<Item>(
  body: HTMLElement,
  makeRow: (item: Item) => HTMLElement,
  translate: Translate,
): LongList<Item> {
  const count = make("p", { role: "status", class: "quiet" });
  const more = makeButton(translate("ledgerMore"), () => grow());
  let items: Item[] = [];
  let total = 0;
  let shown = PAGE;

  function tell(): void {
    const many = [Math.min(shown, items.length), total].map((number) =>
      number.toLocaleString(translate.language)
    );
    const isSearch = items.length < total;
    if (isSearch && items.length === 0) count.textContent = translate("optionsNothingFound");
    else count.textContent = isSearch || total > PAGE ? translate("ledgerShown", many) : "";
    more.hidden = shown >= items.length;
  }

  function grow(): void {
    const first = shown;
    shown += PAGE;
    const rows = items.slice(first, shown).map(makeRow);
    body.append(...rows);
    tell();
    // The button may have gone, and reading goes on at the first new row.
    rows[0]?.querySelector<HTMLElement>("button, a")?.focus();
  }

  return {
    foot: make("div", { class: "foot" }, count, more),
    show(found, all) {
      // What was unfolded stays unfolded while entries come and go; a search begins anew.
      if (found.length !== items.length && Math.abs(found.length - items.length) > 1) shown = PAGE;
      [items, total] = [found, all];
      body.replaceChildren(...items.slice(0, shown).map(makeRow));
      tell();
    },
  };
}

/** A search field with its label above it. */
export function makeSearch(id: string, label: string, search: () => void): [HTMLElement, () => string] {
  const input = make("input", { type: "search", id, autocomplete: "off", spellcheck: "false" });
  input.addEventListener("input", search);
  return [
    make("div", { class: "field" }, make("label", { for: id }, label), input),
    () => fold(input.value.trim()),
  ];
}

/** Letters as a search compares them: without case, width and accents. */
export function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
