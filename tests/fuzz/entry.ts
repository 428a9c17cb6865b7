/** The page's matcher under fire, in a real browser: it never throws, and never changes the page. */
import { layoutSight } from "../../extension/src/content/layout_sight.ts";
import { Matcher } from "../../extension/src/content/matcher.ts";
import { markupSight, readText } from "../../extension/src/content/visible_text.ts";
import { parseBundle, parseTexts } from "../../extension/src/shared/bundle.ts";
import { grow, type Grown, grown, IN_THE_WAY } from "./grown_dom.ts";
import { fc, NAUGHTY } from "./naughty.ts";

const URL = "https://www.facebook.com/privacy/consent/x";
const XHTML = "http://www.w3.org/1999/xhtml";
const { body } = document;
const { appendChild, removeChild } = Node.prototype;
const { adoptNode } = Document.prototype;
let matcher: Matcher;

function useBundle(text: string): void {
  const { rules, lexicons, skipped } = parseBundle(text);
  if (skipped.length > 0) throw new Error(skipped.join());
  matcher = new Matcher(rules, lexicons);
}

function readTexts(text: string): string[] {
  const { texts, skipped } = parseTexts(text);
  if (skipped.length > 0) throw new Error(skipped.join());
  return texts.map(({ title }) => title);
}

/** Where a tree may stand: in the page, taken over from another document, in none, or in documents of other kinds. */
type Place = "page" | "adopted" | "detached" | "parsed" | "xhtml" | "svg";
const PLACES: Place[] = ["page", "page", "adopted", "detached", "parsed", "xhtml", "svg"];

function documentFor(place: Place): Document {
  if (place === "parsed") return new DOMParser().parseFromString("<!doctype html><body>", "text/html");
  if (place === "svg") {
    return new DOMParser().parseFromString("<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml");
  }
  if (place !== "xhtml") return document;
  const page = document.implementation.createDocument(XHTML, "html");
  page.documentElement.append(page.createElementNS(XHTML, "body"));
  return page;
}

/** Grows the tree in a form that has a field of this name. */
function judgeGrown(plan: Grown, place: Place, name: string): void {
  const page = documentFor(place);
  const roots: ShadowRoot[] = [];
  const from = place === "adopted" ? new DOMParser().parseFromString("", "text/html") : page;
  const field: Grown = {
    tag: "input",
    space: XHTML,
    attributes: [["name", name]],
    shadow: null,
    children: [],
  };
  const tree = grow(from, { ...field, tag: "form", attributes: [], children: [field, plan] }, roots);
  const parent = place === "detached" ? null : page === document ? body : page.documentElement;
  if (place === "adopted") adoptNode.call(document, tree);
  if (parent !== null) appendChild.call(parent, tree);
  const watcher = new MutationObserver(() => {});
  const everything = { subtree: true, childList: true, attributes: true, characterData: true };
  for (const root of [parent ?? tree, ...roots]) watcher.observe(root, everything);
  try {
    for (const sight of [markupSight, layoutSight]) {
      readText(tree, sight);
      for (const report of matcher.judgePage(page, URL, sight)) {
        JSON.stringify(report.judgements.map((one) => one.verdict));
      }
    }
    const changes = watcher.takeRecords().map(({ type, attributeName }) => `${type} ${attributeName}`);
    if (changes.length > 0) throw new Error(`the page was changed: ${changes.join()}`);
  } finally {
    watcher.disconnect();
    if (parent !== null) removeChild.call(parent, tree);
  }
}

/** What failed, in words, smallest case first; empty where nothing did. */
function fuzzTrees(runs: number, seed: number): string {
  const property = fc.property(grown, fc.constantFrom(...PLACES), fc.constantFrom(...IN_THE_WAY), judgeGrown);
  const done = fc.check(property, {
    numRuns: runs,
    seed,
    maxSkipsPerRun: 0,
    interruptAfterTimeLimit: 600_000,
  });
  return done.failed ? fc.defaultReportMessage(done) ?? "failed" : "";
}

/** A dialog that is a form, with one field in the way of one property; and the same of the document. */
function judgeClobbered(name: string): string {
  const host = document.createElement("div");
  host.innerHTML =
    `<form role="dialog"><input name="${name}"><h2>Allow cloud processing?</h2><p>Allow cloud processing ` +
    `of your camera roll? We upload your photos to our servers.</p><button>Allow</button><button>Don’t allow</button>` +
    `</form><img name="${name}"><form name="${name}"></form>`;
  appendChild.call(body, host);
  try {
    const shown = [markupSight, layoutSight].map((sight) =>
      matcher.judgePage(document, URL, sight).map((report) => report.shown?.verdict.rule ?? "none").join()
    );
    return shown.join(" ");
  } catch (error) {
    return `${error instanceof Error ? error.stack : error}`;
  } finally {
    removeChild.call(body, host);
  }
}

/** Shows the string everywhere in a dialog of this page, and judges it by markup and by layout. */
function judgeNaughty(text: string): void {
  document.title = text;
  const dialog = document.createElement("div");
  dialog.setAttribute("role", "dialog");
  dialog.setAttribute("aria-label", text);
  for (const [tag, words] of [["h2", text], ["p", text], ["button", "Allow"], ["button", text]] as const) {
    dialog.appendChild(document.createElement(tag)).textContent = words;
  }
  body.append(dialog);
  try {
    for (const sight of [markupSight, layoutSight]) matcher.judgePage(document, URL, sight);
  } finally {
    dialog.remove();
  }
}

function judgeAll(pages: string[]): unknown[] {
  return pages.map((html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const inert of page.querySelectorAll("noscript")) inert.replaceChildren();
    return matcher.judgePage(page, URL, markupSight).map(({ title, judgements, shown }) => ({
      title,
      verdicts: judgements.map(({ verdict }) => verdict),
      shown: shown?.verdict.rule ?? null,
    }));
  });
}

Object.assign(globalThis, {
  fuzz: { readTexts, useBundle, fuzzTrees, judgeClobbered, judgeNaughty, judgeAll, NAUGHTY, IN_THE_WAY },
});
