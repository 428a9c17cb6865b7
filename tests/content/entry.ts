/** The page's readers, reachable for the tests: what is read, as rendered and from the markup alone. */
import { layoutSight } from "../../extension/src/content/layout_sight.ts";
import { looksRearranged } from "../../extension/src/content/rearranged.ts";
import { markupSight, readText, readVisible, type Sight } from "../../extension/src/content/visible_text.ts";
import { BREAK, collapse } from "../../extension/src/content/words.ts";

function found(selector: string): Element {
  const element = document.querySelector(selector);
  if (element === null) throw new Error(`${selector} is not in the page`);
  return element;
}

/** The blocks of the text, as a person would write them down, parted by strokes. */
function blocks(selector: string, sight: Sight): string {
  const lines = readText(found(selector), sight).split(BREAK).map(collapse);
  return lines.filter((line) => line !== "").join(" | ");
}

/** The text of the element `it` of a page that is parsed and never shown. */
function parsed(html: string): string {
  const element = new DOMParser().parseFromString(html, "text/html").getElementById("it");
  return element === null ? "" : readText(element, markupSight);
}

/** Where the letters of `wanted` stand: each place as its element's id and the text there. */
function places(selector: string, wanted: string): [string, string][] {
  const visible = readVisible(found(selector), layoutSight);
  const start = visible.text.indexOf(wanted);
  return visible.rangesOf(start, start + wanted.length).map((range) => [
    range.startContainer.parentElement?.id ?? "",
    range.startContainer.nodeValue?.slice(range.startOffset, range.endOffset) ?? "",
  ]);
}

Object.assign(globalThis, {
  reader: {
    asRendered: (selector: string) => blocks(selector, layoutSight),
    fromMarkup: (selector: string) => blocks(selector, markupSight),
    isFainter: (selector: string, than: string) => layoutSight.isFainter(found(selector), found(than)),
    isHidden: (selector: string) => layoutSight.isHidden(found(selector)),
    looksRearranged: (selector: string) => looksRearranged(found(selector)),
    lengthFromMarkup: (selector: string) => readText(found(selector), markupSight).length,
    lengthAsRendered: (selector: string) => readText(found(selector), layoutSight).length,
    parsed,
    places,
  },
});
