/** Element → what stands in it, in the order of the tree: text, generated text, boxes, each with its place. */
import type { Box } from "./rendered_clip.ts";
import { generatedText, type Pseudo } from "./rendered_generated.ts";
import { lettersIn, OWN } from "./rendered_letters.ts";
import { isBeside, type Unit } from "./rendered_order.ts";
import type { Rendering } from "./rendered_page.ts";
import { isSeen } from "./rendered_view.ts";
import { rootOf, shownChildren } from "./tree.ts";
import {
  attributeOf,
  boxesOf,
  boxOf,
  hasAttributeOf,
  localNameOf,
  matchesSelector,
  selectAll,
  selectFirst,
} from "./unclobbered.ts";
import { holdsNoText, markupSight } from "./visible_text.ts";

/** Blocks that say nothing about what they hold: as a letter's or a word's box they may stand in a line. */
const ANY_BOX = new Set("dd div dl dt li ol p section svg text ul".split(" "));
/** Boxes even where a style sheet says nothing. */
const DRAWINGS = new Set(["svg", "text"]);
const MAX_REFERRED = 30;
const MAX_IN_LINE = 5000;
const LINE_EM = 2.2;
const LINES_APART = /^(?:block|flex|grid|table|list-item|flow-root)/;

type Task = { child: Node; isMoved: boolean } | { after: Element; from: number; before: Unit | null };

export function unitsOf(element: Element, page: Rendering): Unit[] {
  const units: Unit[] = [];
  let left = MAX_IN_LINE;
  const before = addGenerated(units, element, "::before", page);
  const todo: Task[] = [{ after: element, from: 0, before }, ...tasks(element, false)];
  for (let task = todo.pop(); task !== undefined && page.mayGoOn(); task = todo.pop()) {
    if (left-- === 0) break; // what is so wide must leave something for what is inside it
    if ("after" in task) {
      finish(units, task, page);
    } else if (task.child.nodeType === Node.TEXT_NODE) {
      addText(units, task.child as Text, task.isMoved, page);
    } else if (task.child instanceof Element && !page.isHidden(task.child)) {
      const child = task.child;
      const { style } = page.views.of(child);
      if (localNameOf(child) === "br") units.push(unit(" "));
      else if (localNameOf(child) === "use") addReferred(units, child, page);
      else if (!runsOn(child, style)) addBox(units, child, element, page);
      else {
        const isMoved = task.isMoved || style.position === "relative";
        const from = units.length;
        const before = addGenerated(units, child, "::before", page);
        todo.push({ after: child, from, before });
        for (const inner of tasks(child, isMoved)) todo.push(inner);
      }
    }
  }
  return units;
}

function unit(node: Node | string, own: Partial<Unit> = {}): Unit {
  const text = typeof node === "string" ? node : "";
  return {
    node,
    text,
    boxes: [],
    em: 16,
    kind: "text",
    isMoved: false,
    isAside: false,
    wraps: false,
    ...own,
  };
}

/** The children as a stack: the first on top. */
function tasks(element: Element, isMoved: boolean): Task[] {
  const hasNoText = holdsNoText(element) ||
    (localNameOf(element) === "details" && !hasAttributeOf(element, "open"));
  const inner = shownChildren(element).filter((child) => !hasNoText || child instanceof Element);
  return inner.reverse().map((child) => ({ child, isMoved }));
}

/** Whether the element's content stands in the line of what is around it. */
function runsOn(element: Element, style: CSSStyleDeclaration): boolean {
  if (!/^(?:inline|contents|ruby|ruby-base)$/.test(style.display) || matchesSelector(element, OWN)) {
    return false;
  }
  const name = localNameOf(element);
  return !DRAWINGS.has(name) && (!markupSight.parts(element) || ANY_BOX.has(name));
}

function addText(units: Unit[], node: Text, isMoved: boolean, page: Rendering): void {
  const { text, boxes, em } = page.seen(node);
  if (text === "") return;
  units.push(unit(node, { text, boxes: lineByLine(boxes), em, isMoved }));
}

/** One box for each line: a full stop may stand at the other end of it, as in a line from right to left. */
function lineByLine(boxes: Box[]): Box[] {
  const lines: Box[] = [];
  for (const box of boxes) {
    const line = lines.at(-1);
    if (line === undefined || !isBeside(line, box)) lines.push(box);
    else if (box.right - box.left > line.right - line.left) lines[lines.length - 1] = box;
  }
  return lines;
}

/** `<use>` draws what stands elsewhere; a symbol's text is not laid out where it is written. */
function addReferred(units: Unit[], use: Element, page: Rendering): void {
  const href = attributeOf(use, "href") ?? attributeOf(use, "xlink:href") ?? "";
  const root = rootOf(use);
  if (!href.startsWith("#") || !(root instanceof Document || root instanceof ShadowRoot)) return;
  const named = `[id="${CSS.escape(href.slice(1))}"]`;
  const target = selectFirst(root, named) ?? selectFirst(document, named);
  const box = boxOf(use);
  if (target === null || box.width === 0 || !isSeen(box, page.views.of(use).flow)) return;
  const texts = localNameOf(target) === "text"
    ? [target]
    : [...selectAll(target, "text")].slice(0, MAX_REFERRED);
  const text = texts.map((found) => found.textContent ?? "").join(" ").slice(0, 1000).trim();
  if (text !== "") units.push(unit(text, { boxes: [box], em: box.height / 1.15, kind: "box" }));
}

/** A box: small ones are measured by their letters, for a letter may hang out of a box of no width. */
function addBox(units: Unit[], element: Element, parent: Element, page: Rendering): void {
  const { style } = page.views.of(element);
  const letters = lettersIn(element, page);
  const box = letters?.box ?? boxOf(element);
  const isOwn = matchesSelector(element, OWN);
  const isLoose = !isOwn && (!markupSight.parts(element) || ANY_BOX.has(localNameOf(element)));
  if (isLoose && letters?.text.trim() === "") return;
  const em = letters?.em ?? Number.parseFloat(style.fontSize);
  const above = page.views.of(parent).style;
  const isItem = /flex|grid/.test(above.display);
  const isOut = style.position === "absolute" || style.position === "fixed";
  const isAside = isOut || style.float !== "none";
  const isApart = isItem || DRAWINGS.has(localNameOf(element)) || isAside ||
    !LINES_APART.test(style.display);
  const isLine = letters !== null && box.bottom - box.top <= LINE_EM * em;
  const kind = isLoose && isLine && (isApart || !markupSight.parts(element)) ? "box" : "block";
  const isMoved = isOut || style.position === "relative" && kind === "box";
  const wraps = (isItem && above.flexWrap !== "nowrap") || style.display.startsWith("inline-") ||
    (DRAWINGS.has(localNameOf(element)) && style.display === "inline");
  units.push(
    unit(element, { text: letters?.text ?? "", boxes: [box], em, kind, isMoved, isAside, wraps }),
  );
}

function addGenerated(units: Unit[], element: Element, pseudo: Pseudo, page: Rendering): Unit | null {
  const seen = generatedText(element, pseudo, page.views);
  if (seen === null) return null;
  const isMoved = seen.boxes.length > 0;
  const em = Number.parseFloat(page.views.of(element).style.fontSize);
  const added = unit(seen.text, { boxes: seen.boxes, em, isMoved, kind: isMoved ? "box" : "text" });
  units.push(added);
  return added;
}

/** The end of an element in the line: now it is known what its generated text stands beside. */
function finish(
  units: Unit[],
  task: { after: Element; from: number; before: Unit | null },
  page: Rendering,
): void {
  const { after: element, from, before } = task;
  const count = units.length;
  const after = addGenerated(units, element, "::after", page);
  if (before === null && after === null) return;
  const inner = units.slice(from, count).filter((one) => one.boxes.length > 0);
  const boxes = boxesOf(element);
  const [first, last] = [boxes[0], boxes[boxes.length - 1]];
  if (first === undefined || last === undefined) return;
  const start = inner[0]?.boxes[0];
  if (before?.boxes.length === 0) {
    before.boxes = [
      start === undefined ? first : { ...start, left: Math.min(first.left, start.left), right: start.left },
    ];
  }
  const end = inner.at(-1)?.boxes.at(-1) ?? before?.boxes[0];
  if (after?.boxes.length === 0) {
    after.boxes = [
      end === undefined ? last : { ...end, left: end.right, right: Math.max(end.right, last.right) },
    ];
  }
}
