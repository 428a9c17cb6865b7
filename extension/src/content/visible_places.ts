/** Text that was read → the places in the page where its letters stand. */

/** Letters that follow one another in the page. Generated text (`node` null) has no place. */
export interface Piece {
  text: string;
  node: Text | null;
  /** Where in the node the text begins. */
  at: number;
}

export class VisibleText {
  readonly text: string;
  readonly #pieces: Piece[];
  /** Where in the text each piece begins. */
  readonly #starts: number[] = [];

  constructor(pieces: Piece[]) {
    let length = 0;
    for (const piece of pieces) {
      this.#starts.push(length);
      length += piece.text.length;
    }
    this.#pieces = pieces;
    this.text = pieces.map((piece) => piece.text).join("");
  }

  /** Where in the page the characters [start, end) of the text stand; generated text has no place. */
  rangesOf(start: number, end: number): StaticRange[] {
    const ranges: StaticRange[] = [];
    for (const { text, node, at } of this.slice(start, end)) {
      // A page may have shortened its text since.
      const endOffset = Math.min(at + text.length, node?.length ?? 0);
      if (node === null || endOffset <= at) continue;
      const last = ranges.at(-1);
      if (last?.endContainer === node && last.endOffset === at) ranges.pop();
      const startOffset = last?.endContainer === node && last.endOffset === at ? last.startOffset : at;
      ranges.push(new StaticRange({ startContainer: node, startOffset, endContainer: node, endOffset }));
    }
    return ranges;
  }

  /** The pieces of [start, end), cut to fit. */
  slice(start: number, end: number): Piece[] {
    const found: Piece[] = [];
    for (let index = this.#indexAt(start); index < this.#pieces.length; index++) {
      const piece = this.#pieces[index];
      const from = this.#starts[index];
      if (piece === undefined || from === undefined || from >= end) break;
      const [first, last] = [Math.max(start - from, 0), Math.min(end - from, piece.text.length)];
      if (first < last) found.push({ ...piece, text: piece.text.slice(first, last), at: piece.at + first });
    }
    return found;
  }

  /** The piece in which the character stands. */
  #indexAt(character: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= character) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
