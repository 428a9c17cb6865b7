/** Text node, or generated text → what of it is seen, and where. */
import { hasDirectionMarks, sideOf } from "./bidi.ts";
import type { Box } from "./rendered_clip.ts";
import { isInked } from "./rendered_ink.ts";
import { inReadingOrder } from "./rendered_order.ts";
import { isSeen, MIN_OPACITY, type View, type Views } from "./rendered_view.ts";
import { parentElementOf } from "./unclobbered.ts";
import { MAX_CHARACTERS } from "./visible_text.ts";
import { BREAK } from "./words.ts";

export interface Seen {
  text: string;
  boxes: Box[];
  /** The size of its font on the screen. */
  em: number;
}

/** How high the box of a letter is, about, in most fonts. */
const LINE_PER_EM = 1.2;
const NOTHING: Seen = { text: "", boxes: [], em: 16 };
/** Letters that stand elsewhere than where they are stored are looked at one by one; no label is longer. */
const MAX_LETTERS = 2000;
/** Stands for what is not read, so that the rest keeps its place. */
const FILLER = "\u200b";
const LETTERS = /\p{L}(?=\p{L})/gu;
/** No more of them are read anyway, and each is asked for. */
const MAX_CUT_WORDS = 4000;

/** As long as the node's own text, wherever anything of it is seen. */
export function seenText(node: Text, views: Views): Seen {
  const parent = parentOf(node);
  const raw = node.data.slice(0, MAX_CHARACTERS).replaceAll(BREAK, " ");
  if (parent === null || raw === "") return NOTHING;
  const view = views.of(parent);
  if (!showsText(view, view.style)) return NOTHING;
  const boxes = boxesIn(node, 0, raw.length);
  // Blanks at an edge have no box, and still part words.
  if (raw.trim() === "") {
    return boxes.length === 0 || boxes.some((box) => isSeen(box, view.flow))
      ? { text: raw, boxes, em: sizeOn(view, boxes[0]) }
      : NOTHING;
  }
  const seen = boxes.filter((box) => isSeen(box, view.flow));
  if (seen[0] === undefined || !isInked(parent, view.style, views, seen[0])) return NOTHING;
  const text = seen.length === boxes.length ? raw : seenWords(node, raw, view.flow);
  // The marks of a long text are followed by what they say, not by what they do.
  const isReversed = raw.length <= MAX_LETTERS && (hasDirectionMarks(raw) || runsBackwards(node, raw));
  return { text: isReversed ? asPlaced(node, text, view) : text, boxes: seen, em: sizeOn(view, seen[0]) };
}

/** Whether text with this style, in this view, can be seen at all. */
export function showsText(view: View, style: CSSStyleDeclaration): boolean {
  return style.visibility === "visible" && view.opacity >= MIN_OPACITY &&
    style.getPropertyValue("content-visibility") !== "hidden" && Number.parseFloat(style.fontSize) >= 2;
}

function parentOf(node: Text): Element | null {
  if (node.assignedSlot !== null) return node.assignedSlot;
  const parent = parentElementOf(node);
  if (parent !== null) return parent;
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/** As style has it, where no transform makes something else of it. */
function sizeOn(view: View, box: Box | undefined): number {
  const em = Number.parseFloat(view.style.fontSize);
  if (box === undefined) return em;
  const height = Math.min(box.bottom - box.top, box.right - box.left + em);
  return height > em * 2 || height < em / 2 ? height / LINE_PER_EM : em;
}

export function boxesIn(node: Text, start: number, end: number): Box[] {
  const range = new Range();
  range.setStart(node, start);
  range.setEnd(node, Math.min(end, node.length));
  return [...range.getClientRects()];
}

/** A line that is cut off, or lies below the edge, keeps its seen words. */
function seenWords(node: Text, raw: string, window: Box): string {
  let left = MAX_CUT_WORDS;
  return raw.replace(/\S+/g, (word, at: number) => {
    const isWord = left-- > 0 && boxesIn(node, at, at + word.length).some((box) => isSeen(box, window));
    return isWord ? word : " ".repeat(word.length);
  });
}

/** Whether the first letters that stand side by side run against their script: mirrored, or overridden by style. */
function runsBackwards(node: Text, raw: string): boolean {
  for (const { index } of [...raw.slice(0, 100).matchAll(LETTERS)].slice(0, 3)) {
    const [one] = boxesIn(node, index, index + 1);
    const [other] = boxesIn(node, index + 1, index + 2);
    if (one === undefined || other === undefined || Math.abs(one.top - other.top) > 1) continue;
    const [side, otherSide] = [sideOf(raw.charAt(index)), sideOf(raw.charAt(index + 1))];
    if (side !== 0 && side === otherSide) return (other.left - one.left) * side < -0.5;
  }
  return false;
}

/** The letters in the order in which they stand on the screen, what is not seen of them at the end. */
function asPlaced(node: Text, text: string, view: View): string {
  const em = Number.parseFloat(view.style.fontSize);
  const letters = [...text.matchAll(/[\s\S]\p{M}*/gu)].map(({ 0: letter, index }) => ({
    text: letter,
    boxes: hasDirectionMarks(letter) ? [] : boxesIn(node, index, index + letter.length),
    em,
  }));
  const placed = letters.filter((letter) => letter.boxes.some((box) => box.right > box.left));
  const base = view.style.direction === "rtl" ? -1 : 1;
  const read = inReadingOrder(placed, base).map((letter) => letter.text).join("");
  return read.padEnd(text.length, FILLER);
}
