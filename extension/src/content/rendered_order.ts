/** Pieces of text with their places on the screen → the order in which a person reads them, and what parts them. */
import { sideOf } from "./bidi.ts";
import type { Box } from "./rendered_clip.ts";
import { BREAK } from "./words.ts";

export interface Unit {
  node: Node | string;
  /** What it says, where that is known: the letters' direction and its blanks matter. */
  text: string;
  /** Where it stands, line by line; empty: nowhere. */
  boxes: Box[];
  /** Its font's size in pixels. */
  em: number;
  /** Text in the line; a small box whose text may belong to its neighbours'; a block that parts them itself. */
  kind: "text" | "box" | "block";
  /** It stands elsewhere than its line. */
  isMoved: boolean;
  /** It floats, or has left the flow altogether. */
  isAside: boolean;
  /** Boxes that go on in the next line, as words do. */
  wraps: boolean;
}

/** A blank is about a quarter of the font's size wide; letters of a word stand closer, two labels further apart. */
const BLANK_EM = 0.18;
const LABEL_GAP_EM = 0.42;
const LINE_GAP_EM = 0.8;
/** Higher than this, it is no line of text. */
const LINE_EM = 2.2;

/** What is read, in order. `base`: the direction of what holds the units. */
export function arranged(units: Unit[], base: -1 | 1): (Node | string)[] {
  const placed = units.filter((unit) => unit.boxes.length > 0);
  const keepsOrder = isInOrder(placed, base);
  // Where the order is the layout's, blanks are what it shows, not what stands between the tags.
  const ordered = keepsOrder ? units : asideLast(inReadingOrder(placed, base));
  const read: (Node | string)[] = [];
  let before: Unit | null = null;
  for (const unit of ordered) {
    // Browsers differ in whether a blank at the end of a line has a place.
    if (unit.boxes.length > 0 && !(isFlowing(unit) && unit.text.trim() === "")) {
      const gap = before === null ? "" : between(before, unit, keepsOrder);
      if (gap !== "") read.push(gap);
      before = unit;
    }
    read.push(unit.node);
  }
  return read;
}

function isInOrder(units: Unit[], base: -1 | 1): boolean {
  return units.every((unit, at) => {
    const before = units[at - 1];
    const [one, other] = [before?.boxes.at(-1), unit.boxes[0]];
    if (before === undefined || one === undefined || other === undefined) return true;
    // Text that goes on further up and to the right stands in the next column.
    const mayBeColumn = isFlowing(before) && isFlowing(unit) && other.left >= one.right;
    if (other.bottom <= one.top + 1) return mayBeColumn;
    if (!isBeside(one, other)) return true;
    const [side, otherSide] = [sideIn(before, base), sideIn(unit, base)];
    if (side !== otherSide) return true;
    return (side || base) > 0 ? other.right > one.left + 1 : other.left < one.right - 1;
  });
}

function isFlowing(unit: Unit): boolean {
  return unit.kind === "text" && !unit.isMoved;
}

function sideIn(unit: Unit, base: -1 | 1): -1 | 0 | 1 {
  return unit.kind === "block" ? base : sideOf(unit.text);
}

/** A picture's caption beside a text that flows around it does not cut the text into lines. */
function asideLast(units: Unit[]): Unit[] {
  if (units.filter(isFlowing).length < 2) return units;
  const isTight = (one: Unit, other: Unit | undefined): boolean => {
    const [box, next] = [one.boxes[0], other?.boxes[0]];
    if (other === undefined || box === undefined || next === undefined || !isBeside(box, next)) return false;
    return Math.max(next.left - box.right, box.left - next.right) <=
      LABEL_GAP_EM * Math.max(one.em, other.em);
  };
  const aside = new Set(units.filter((unit, at) => {
    if (!unit.isAside) return false;
    return unit.kind === "block" || !(isTight(unit, units[at - 1]) || isTight(unit, units[at + 1]));
  }));
  return [...units.filter((unit) => !aside.has(unit)), ...aside];
}

/** Whether both stand in one line. */
export function isBeside(one: Box, other: Box): boolean {
  const [height, otherHeight] = [one.bottom - one.top, other.bottom - other.top];
  const apart = Math.abs(one.top + one.bottom - other.top - other.bottom) / 2;
  return apart < Math.min(height, otherHeight) / 2;
}

/** Line by line; within a line to the side to which most of its letters are read. */
export function inReadingOrder<Placed extends Pick<Unit, "boxes" | "text" | "em">>(
  units: Placed[],
  base: -1 | 1,
): Placed[] {
  const lines: { y: number; height: number; units: Placed[] }[] = [];
  const heights = units.map((unit) => ({ unit, ...lineOf(unit) }));
  for (const { unit, y, height } of heights.sort((one, other) => one.y - other.y)) {
    const line = lines.at(-1);
    if (line !== undefined && y - line.y < Math.min(height, line.height) / 2) line.units.push(unit);
    else lines.push({ y, height, units: [unit] });
  }
  return lines.flatMap((line) => inLine(line.units, base));
}

/** A column or a card is met where it begins. */
function lineOf(unit: Pick<Unit, "boxes" | "em">): { y: number; height: number } {
  const box = unit.boxes[0] ?? { top: 0, bottom: 0 };
  const height = box.bottom - box.top;
  return height > LINE_EM * unit.em
    ? { y: box.top + unit.em / 2, height: unit.em }
    : { y: (box.top + box.bottom) / 2, height };
}

function inLine<Placed extends Pick<Unit, "boxes" | "text">>(units: Placed[], base: -1 | 1): Placed[] {
  const sides = new Map(units.map((unit) => [unit, sideOf(unit.text)]));
  const balance = units.reduce((sum, unit) => sum + (sides.get(unit) ?? 0), 0);
  const side = balance === 0 ? base : Math.sign(balance);
  const left = (unit: Placed): number => unit.boxes[0]?.left ?? 0;
  const ordered = [...units].sort((one, other) => (left(one) - left(other)) * side);
  // Words of the other direction, a name in Latin letters in an Arabic line, keep their own order.
  for (let at = 0; at < ordered.length; at++) {
    let end = at;
    for (let next = at; next < ordered.length; next++) {
      const own = sides.get(ordered[next] as Placed) ?? 0;
      if (own === side) break;
      if (own === -side) end = next + 1;
    }
    if (end > at) {
      ordered.splice(at, end - at, ...ordered.slice(at, end).reverse());
      at = end;
    }
  }
  return ordered;
}

/** What a person sees between the two: nothing, a blank, or that they have nothing to do with each other. */
function between(one: Unit, other: Unit, isAsStored: boolean): string {
  const [box, next] = [one.boxes.at(-1), other.boxes[0]];
  if (box === undefined || next === undefined || one.kind === "block" || other.kind === "block") return "";
  const em = Math.max(one.em, other.em);
  const areText = one.kind === "text" && other.kind === "text";
  if (isBeside(box, next)) {
    const gap = Math.max(next.left - box.right, box.left - next.right);
    if (gap <= BLANK_EM * em) return "";
    return gap <= LABEL_GAP_EM * em || areText ? " " : BREAK;
  }
  if (one.isMoved || other.isMoved) return BREAK;
  if (areText) return isAsStored ? "" : " ";
  const isNextLine = next.top - box.bottom < LINE_GAP_EM * em && next.bottom > box.bottom;
  return isNextLine && one.wraps && other.wraps ? " " : BREAK;
}
