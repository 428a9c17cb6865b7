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

const WORD_LEVEL = "5";
/** In percent. Below, the recogniser guesses at what is a picture or an icon. */
const LEAST_SURE = 35;
/** In heights of the line: two buttons side by side are two lines, not one. */
const GAP = 1.6;
const COLUMNS = 12;

export function readTable(table: string): Line[] {
  const lines: Line[] = [];
  let name = "";
  for (const row of table.split("\n")) {
    const cells = row.split("\t");
    const [level, page, block, paragraph, line, , left, top, width, height, sure] = cells;
    const text = cells.slice(COLUMNS - 1).join(" ").trim();
    if (level !== WORD_LEVEL || text === "" || Number(sure) < LEAST_SURE) continue;
    const word = {
      text,
      left: Number(left),
      top: Number(top),
      right: Number(left) + Number(width),
      bottom: Number(top) + Number(height),
      paragraph: `${page}.${block}.${paragraph}`,
    };
    const last = lines.at(-1);
    const isNext = last !== undefined && name === `${word.paragraph}.${line}`;
    if (isNext && word.left - last.right < GAP * (last.bottom - last.top)) {
      last.text += ` ${text}`;
      last.right = word.right;
      last.top = Math.min(last.top, word.top);
      last.bottom = Math.max(last.bottom, word.bottom);
    } else {
      // What stands apart in the same line is nobody's continuation.
      if (isNext) word.paragraph += `.${lines.length}`;
      lines.push(word);
    }
    name = `${page}.${block}.${paragraph}.${line}`;
  }
  return lines;
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
