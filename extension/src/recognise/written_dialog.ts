/**
 * Lines of text → the dialog that they may have come from, as inert elements, for the matcher that judges pages.
 *
 * A picture has no roles. So everything is one dialog; its buttons are lines of a label's length and without a full stop
 * that begin a paragraph, or follow such a line, once there was something longer to answer to; its heading is the
 * paragraph in the largest letters, and that of a pasted text its first.
 */
import type { Line } from "./lines.ts";

const LONGEST_LABEL = 32;
const MOST_WORDS = 5;
const ENDS_SENTENCE = /[.,:;!?…。、，：；？！،؛؟।]$/u;
/** Of the usual line's height. */
const HEADING_HEIGHT = 1.2;

interface Block {
  lines: Line[];
  isLabel: boolean;
}

export function writeDialog(lines: Line[]): Document {
  const page = document.implementation.createHTMLDocument("");
  const dialog = page.createElement("div");
  dialog.setAttribute("role", "dialog");
  const blocks = cut(lines);
  const heading = headingOf(blocks);
  for (const block of blocks) {
    const part = page.createElement(block.isLabel ? "button" : block === heading ? "h2" : "p");
    part.append(textOf(block));
    dialog.append(part);
  }
  page.body.append(dialog);
  return page;
}

/** What was read, as a person would write it down. */
export function plainText(lines: Line[]): string {
  return cut(lines).map(textOf).join("\n");
}

function textOf({ lines }: Block): string {
  return lines.map(({ text }) => text).join(" ");
}

function cut(lines: Line[]): Block[] {
  const blocks: Block[] = [];
  let isAnswerable = false;
  for (const line of lines) {
    const before = blocks.at(-1);
    const isSame = before?.lines[0]?.paragraph === line.paragraph;
    const isLabel: boolean = isAnswerable && (!isSame || before.isLabel) && looksLikeLabel(line.text);
    if (isSame && !isLabel && !before.isLabel) before.lines.push(line);
    else blocks.push({ lines: [line], isLabel });
    isAnswerable ||= (isSame && !isLabel) || !looksLikeLabel(line.text);
  }
  return blocks;
}

function looksLikeLabel(text: string): boolean {
  const isShort = text.length <= LONGEST_LABEL && text.split(/\s+/).length <= MOST_WORDS;
  return isShort && !ENDS_SENTENCE.test(text);
}

function headingOf(blocks: Block[]): Block | undefined {
  const texts = blocks.filter(({ isLabel }) => !isLabel);
  const heights = texts.map(heightOf).toSorted((one, other) => one - other);
  const usual = heights[Math.floor(heights.length / 2)] ?? 0;
  if (usual === 0) return texts[0];
  const tallest = texts.find((block) => heightOf(block) === heights.at(-1));
  return tallest !== undefined && heightOf(tallest) >= HEADING_HEIGHT * usual ? tallest : undefined;
}

function heightOf({ lines }: Block): number {
  return lines.reduce((sum, { top, bottom }) => sum + bottom - top, 0) / lines.length;
}
