/** The recogniser's table (TSV) → lines with their places. */

export interface Line {
  text: string;
  /** In pixels of the picture that was read; 0 throughout for a text that was pasted. */
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Lines of one paragraph bear the same name. */
  paragraph: string;
}

type Place = Pick<Line, "left" | "top" | "right" | "bottom">;

const WORD_LEVEL = "5";
/** In percent. Below, the recogniser guesses at what is a picture or an icon. */
const LEAST_SURE = 35;
/** In heights of the line: two buttons side by side are two lines, not one. */
const GAP = 1.6;
/** In heights of the line: what stands further below begins a paragraph. The engine joins too much. */
const LEADING = 1;
/** An icon looks like two or three letters that nobody is sure of. */
const ICON_LENGTH = 3;
const SURE = 80;
const READABLE = /[\p{L}\p{N}]/u;
const TEXT_CELL = 11;

interface Found extends Place {
  text: string;
  /** Page, block, paragraph and line, as the engine counts them. */
  name: string;
  block: string;
  sure: number;
}

export function readTable(table: string): Line[] {
  const lines: Line[] = [];
  let paragraph = 0;
  let last: Found | undefined;
  for (const line of joinWords(table)) {
    if (isIcon(line)) continue;
    if (last?.block !== line.block || last.name === line.name || !follows(line, last)) paragraph++;
    const { text, left, top, right, bottom } = line;
    lines.push({ text, left, top, right, bottom, paragraph: String(paragraph) });
    last = line;
  }
  return lines;
}

function joinWords(table: string): Found[] {
  const lines: Found[] = [];
  for (const row of table.split("\n")) {
    const cells = row.split("\t");
    const [level, , block = "", , , , left, top, width, height, sure] = cells;
    const text = cells.slice(TEXT_CELL).join(" ").trim();
    if (level !== WORD_LEVEL || text === "" || Number(sure) < LEAST_SURE) continue;
    const word = {
      ...{ left: Number(left), top: Number(top) },
      ...{ right: Number(left) + Number(width), bottom: Number(top) + Number(height) },
      ...{ text, name: cells.slice(1, 5).join("."), block, sure: Number(sure) },
    };
    const last = lines.at(-1);
    const isNext = last?.name === word.name && word.left - last.right < GAP * heightOf(last);
    if (isNext) Object.assign(last, join(last, word), { text: `${last.text} ${text}` });
    else lines.push(word);
  }
  return lines;
}

function isIcon({ text, sure }: Found): boolean {
  return !READABLE.test(text) || (text.length <= ICON_LENGTH && sure < SURE);
}

function follows(place: Place, last: Place): boolean {
  return place.top - last.bottom < LEADING * Math.max(heightOf(place), heightOf(last));
}

function join(one: Place, other: Place): Place {
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  };
}

function heightOf({ top, bottom }: Place): number {
  return bottom - top;
}

/** Pasted text: an empty line ends a paragraph. */
export function readPasted(text: string): Line[] {
  let paragraph = 0;
  return text.split(/\r?\n/).flatMap((line) => {
    if (line.trim() === "") {
      paragraph++;
      return [];
    }
    return [{ text: line.trim(), left: 0, top: 0, right: 0, bottom: 0, paragraph: String(paragraph) }];
  });
}
