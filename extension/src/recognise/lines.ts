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
const TEXT_CELL = 11;

export function readTable(table: string): Line[] {
  const lines: Line[] = [];
  let [name, paragraph] = ["", 0];
  for (const row of table.split("\n")) {
    const cells = row.split("\t");
    const [level, , block, , , , left, top, width, height, sure] = cells;
    const text = cells.slice(TEXT_CELL).join(" ").trim();
    if (level !== WORD_LEVEL || text === "" || Number(sure) < LEAST_SURE) continue;
    const ownName = cells.slice(1, 5).join(".");
    const place = {
      left: Number(left),
      top: Number(top),
      right: Number(left) + Number(width),
      bottom: Number(top) + Number(height),
    };
    const last = lines.at(-1);
    const isSameLine = last !== undefined && name === ownName;
    if (isSameLine && place.left - last.right < GAP * heightOf(last)) {
      Object.assign(last, join(last, place), { text: `${last.text} ${text}` });
    } else {
      const isSameBlock = !isSameLine && name.split(".")[1] === block;
      if (!isSameBlock || !follows(place, last)) paragraph++;
      lines.push({ ...place, text, paragraph: String(paragraph) });
    }
    name = ownName;
  }
  return lines;
}

function follows(place: Place, last: Place | undefined): boolean {
  return last !== undefined && place.top - last.bottom < LEADING * Math.max(heightOf(place), heightOf(last));
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
