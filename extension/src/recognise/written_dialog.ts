/**
 * Lines of text → the dialog that they may have come from, as inert elements, for the matcher that judges pages.
 *
 * A picture has no roles. So everything is one dialog; its buttons are lines of a label's length and without a full stop
 * that make a paragraph, or follow a sentence's end at the end of one, once there was something to answer to; its heading
 * is the paragraph in the largest letters, and that of a pasted text its first.
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
  for (const paragraph of paragraphsOf(lines)) {
    const labels = paragraph.slice(firstLabel(paragraph));
    const prose = paragraph.slice(0, paragraph.length - labels.length);
    // What comes before everything else answers nothing.
    if (blocks.length === 0 && prose.length === 0) prose.push(...labels.splice(0));
    if (prose.length > 0) blocks.push({ lines: prose, isLabel: false });
    blocks.push(...labels.map((line) => ({ lines: [line], isLabel: true })));
  }
  return blocks;
}

function paragraphsOf(lines: Line[]): Line[][] {
  const paragraphs: Line[][] = [];
  for (const line of lines) {
    const last = paragraphs.at(-1);
    if (last?.[0]?.paragraph === line.paragraph) last.push(line);
    else paragraphs.push([line]);
  }
  return paragraphs;
}

/** Labels stand at a paragraph's end, and no sentence runs on into them. */
function firstLabel(paragraph: Line[]): number {
  const first = paragraph.findLastIndex(({ text }) => !looksLikeLabel(text)) + 1;
  const before = paragraph[first - 1];
  return before === undefined || ENDS_SENTENCE.test(before.text) ? first : paragraph.length;
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
