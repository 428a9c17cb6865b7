/**
 * Direction marks → the order in which the letters are read. A page can write "wollA" behind a right-to-left override,
 * and everybody reads "Allow". Twin: backend/rollguard/rules/bidi.py.
 *
 * Of the Unicode bidirectional algorithm only the explicit marks are followed: all else leaves each script's own reading
 * order as it is stored.
 */

const MARKS = /[\u202a-\u202e\u2066-\u2069]/;
const RTL_OVERRIDE = "\u202e";
const OVERRIDES = "\u202d\u202e";
const ISOLATES = "\u2066\u2067\u2068";
const POP_EMBEDDING = "\u202c";
const POP_ISOLATE = "\u2069";
/** A letter with all that it carries stays one. */
const GRAPHEME = /[\s\S]\p{M}*/gu;
const RTL_LETTER =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const LETTER = /\p{L}/u;
/** Deeper than any text; the algorithm itself stops at 125. */
const MAX_DEPTH = 60;

/** Which way a letter is read: 1 to the right, -1 to the left, 0 as its neighbours. */
export function sideOf(text: string): -1 | 0 | 1 {
  if (RTL_LETTER.test(text)) return -1;
  return LETTER.test(text) ? 1 : 0;
}

export function hasDirectionMarks(text: string): boolean {
  return MARKS.test(text);
}

/** Letters that stay together, in the order in which they are read, and how many more are read to the right than left. */
interface Piece {
  /** Each as [from, to) of the text. */
  letters: [number, number][];
  side: number;
}

/** The letters of `text`, as [from, to), in the order in which they are read; the marks themselves are gone. */
export function readingOrder(text: string): [number, number][] {
  const read: Piece[] = [];
  const open: { mark: string; start: number }[] = [];
  const close = (): void => {
    const { mark, start } = open.pop() ?? { mark: "", start: 0 };
    read.push(inFrame(read.splice(start), mark));
  };
  const isIsolate = (frame: { mark: string } | undefined): boolean =>
    frame !== undefined && ISOLATES.includes(frame.mark);
  for (const { 0: grapheme, index } of text.matchAll(GRAPHEME)) {
    const mark = grapheme.charAt(0);
    if (!MARKS.test(mark)) {
      read.push({ letters: [[index, index + grapheme.length]], side: sideOf(grapheme) });
    } else if (mark === POP_ISOLATE) {
      if (!open.some(isIsolate)) continue;
      while (!isIsolate(open.at(-1))) close();
      close();
    } else if (mark === POP_EMBEDDING) {
      if (open.length > 0 && !isIsolate(open.at(-1))) close();
    } else if (open.length < MAX_DEPTH) {
      open.push({ mark, start: read.length });
    }
  }
  while (open.length > 0) close();
  return read.flatMap((piece) => piece.letters);
}

/** The pieces as one. An override turns round the letters that run the other way by themselves. */
function inFrame(pieces: Piece[], mark: string): Piece {
  const side = pieces.reduce((sum, piece) => sum + piece.side, 0);
  const isReversed = mark !== "" && OVERRIDES.includes(mark) && (mark === RTL_OVERRIDE ? side > 0 : side < 0);
  return { letters: (isReversed ? pieces.reverse() : pieces).flatMap((piece) => piece.letters), side };
}
