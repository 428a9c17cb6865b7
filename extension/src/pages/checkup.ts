/** The check-up page: everything that can be taken back, with a tick for what is done. */
import { sendToWorker } from "../shared/browser.ts";
import { make } from "../shared/elements.ts";
import { type Catalogue, GET_CATALOGUE } from "../shared/messages.ts";
import type { Translate } from "../shared/translate.ts";
import { changeDone, type Done, readDone } from "./checkup_done.ts";
import { groupEntries } from "./checkup_entries.ts";
import { formatDate, makeGroup } from "./checkup_view.ts";
import { startPage } from "./page.ts";

/** An entry asks its list to show it, whatever the search says. */
const REVEAL = "reveal";

async function fill(translate: Translate): Promise<Node[]> {
  const heading = make("h2", {}, translate("checkupHeading"));
  document.title = `${translate("checkupHeading")} · ${translate("extensionName")}`;
  const catalogue = await askForCatalogue();
  if (catalogue === null) {
    return [heading, make("p", { class: "alert", role: "alert" }, translate("popupSilent"))];
  }
  const list = make("div", { id: "list" });
  list.append(...groupEntries(catalogue, translate.language).map((group) => makeGroup(group, translate)));
  const nothing = make("p", { class: "quiet", role: "status" });
  const show = showDone(list, translate);
  const { search, hide, tools } = makeTools(translate);
  const filter = () => {
    const isEmpty = filterList(list, search.value, hide.checked, translate.language);
    nothing.textContent = isEmpty ? translate("checkupNothing") : "";
  };
  search.addEventListener("input", filter);
  hide.addEventListener("change", filter);
  list.addEventListener("change", async ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const { value: id, checked } = target;
    show.done(
      await changeDone(({ [id]: _was, ...rest }) =>
        checked ? { ...rest, [id]: new Date().toISOString() } : rest
      ),
    );
  });
  list.addEventListener(REVEAL, () => {
    search.value = "";
    hide.checked = false;
    filter();
  });
  show.done(await readDone());
  return [
    heading,
    make("p", { class: "quiet" }, translate("checkupIntro")),
    show.progress,
    tools,
    list,
    nothing,
    makeReset(show.done, translate),
  ];
}

/** Null where the worker is silent, or gone. */
async function askForCatalogue(): Promise<Catalogue | null> {
  try {
    return (await sendToWorker({ type: GET_CATALOGUE }) ?? null) as Catalogue | null;
  } catch {
    return null;
  }
}

/** Ticks, dates and the count, as they are kept. */
function showDone(
  list: HTMLElement,
  translate: Translate,
): { progress: HTMLElement; done: (done: Done) => void } {
  const bar = make("progress", { "aria-labelledby": "count" });
  const count = make("p", { id: "count", role: "status" });
  const number = new Intl.NumberFormat(translate.language);
  const done = (kept: Done) => {
    const ticks = [...list.querySelectorAll<HTMLInputElement>(".tick")];
    for (const tick of ticks) {
      const when = kept[tick.value];
      tick.checked = when !== undefined;
      const said = tick.closest(".entry")?.querySelector(".when");
      if (said) {
        said.textContent = when === undefined
          ? ""
          : translate("checkupDoneOn", [formatDate(when, translate.language)]);
      }
    }
    bar.max = Math.max(ticks.length, 1);
    bar.value = ticks.filter((tick) => tick.checked).length;
    count.textContent = translate(
      "checkupProgress",
      [bar.value, ticks.length].map((each) => number.format(each)),
    );
  };
  return { progress: make("div", { class: "progress" }, count, bar), done };
}

function makeTools(
  translate: Translate,
): { search: HTMLInputElement; hide: HTMLInputElement; tools: HTMLElement } {
  const search = make("input", { type: "search", id: "search", autocomplete: "off" });
  const hide = make("input", { type: "checkbox", class: "switch", role: "switch" });
  const tools = make(
    "div",
    { class: "tools" },
    make("label", { class: "search", for: "search" }, translate("checkupSearch"), search),
    make("label", { class: "row" }, make("span", {}, translate("checkupHideDone")), hide),
  );
  return { search, hide, tools };
}

/** Whether nothing is left. An entry that is ticked now stays where it is until the list is filtered again. */
function filterList(list: HTMLElement, query: string, hidesDone: boolean, language: string): boolean {
  const words = query.toLocaleLowerCase(language).split(/\s+/).filter((word) => word !== "");
  for (const group of list.querySelectorAll<HTMLElement>(".group")) {
    const product = group.querySelector("h3")?.textContent ?? "";
    const entries = [...group.querySelectorAll<HTMLElement>(".entry")];
    for (const entry of entries) {
      // What was written for the person; not what stands on every link.
      const said = [...entry.querySelectorAll("[lang], .badge")].map((each) => each.textContent);
      const text = [product, ...said].join(" ").toLocaleLowerCase(language);
      const isDone = entry.querySelector<HTMLInputElement>(".tick")?.checked === true;
      entry.hidden = (hidesDone && isDone) || !words.every((word) => text.includes(word));
    }
    group.hidden = entries.every((entry) => entry.hidden);
  }
  return list.querySelector(".group:not([hidden])") === null;
}

/** `#facebook_cloud_processing`: from a warning or a checked screenshot straight to its steps. */
function openAnchor(): void {
  const summary = document.getElementById(location.hash.slice(1));
  const guide = summary?.closest("details");
  if (!summary?.matches(".entry > details > summary") || !guide) return;
  if (guide.closest("[hidden]") !== null) guide.dispatchEvent(new Event(REVEAL, { bubbles: true }));
  guide.open = true;
  guide.scrollIntoView();
  summary.focus({ preventScroll: true });
}

/** Undoing is offered instead of asking beforehand. */
function makeReset(show: (done: Done) => void, translate: Translate): HTMLElement {
  const reset = make("button", { type: "button" }, translate("checkupReset"));
  const undo = make("button", { type: "button", hidden: "" }, translate("overlayUndo"));
  const said = make("span", { role: "status" });
  let before: Done = {};
  reset.addEventListener("click", async () => {
    show(await changeDone((done) => (before = done, {})));
    said.textContent = translate("checkupResetDone");
    undo.hidden = false;
    undo.focus();
  });
  undo.addEventListener("click", async () => {
    show(await changeDone((done) => ({ ...before, ...done })));
    said.textContent = "";
    reset.focus();
    undo.hidden = true;
  });
  return make("p", { class: "reset" }, reset, said, undo);
}

addEventListener("hashchange", openAnchor);
void startPage("checkup", fill).then(openAnchor);
