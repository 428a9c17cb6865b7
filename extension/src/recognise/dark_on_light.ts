/**
 * A grey picture → the same text, dark on white. The recogniser takes white letters on a coloured button for a part of a
 * drawing, and in dark mode everything. Pure.
 *
 * Interfaces are flat: where many pixels of nearly the same grey hang together, that is ground, and becomes white. What
 * is left is as dark as it stands out from the ground before it on its line, whichever of the two was the lighter.
 */

export interface GreyPicture {
  /** A byte for each pixel, line by line. */
  grey: Uint8Array;
  width: number;
  height: number;
}

/** Greys that are no edge: the grain of a JPEG, a gradient. */
const SAME = 6;
/** Of all pixels. The strokes of one letter of a heading are fewer. */
const GROUND_SHARE = 0.001;
const STRONGER = 1.5;
const WHITE = 255;

export function darkOnLight({ grey, width, height }: GreyPicture): GreyPicture {
  const isGround = findGround(grey, width);
  const out = new Uint8Array(grey.length);
  // Where a line begins with no ground, that of the line above goes on.
  let ground = WHITE;
  for (let at = 0; at < grey.length; at++) {
    const own = grey[at] ?? 0;
    if (isGround[at] === 1) ground = own;
    out[at] = isGround[at] === 1 ? WHITE : WHITE - Math.min(WHITE, STRONGER * Math.abs(own - ground));
  }
  return { grey: out, width, height };
}

/** 1 where a pixel is ground. */
function findGround(grey: Uint8Array, width: number): Uint8Array {
  const least = grey.length * GROUND_SHARE;
  const isGround = new Uint8Array(grey.length);
  const isSeen = new Uint8Array(grey.length);
  const area = new Int32Array(grey.length);
  for (let start = 0; start < grey.length; start++) {
    if (isSeen[start] === 1) continue;
    const size = spread(start, grey, width, isSeen, area);
    if (size < least) continue;
    for (let each = 0; each < size; each++) isGround[area[each] ?? 0] = 1;
  }
  return isGround;
}

/** Writes down what hangs together with `start`; how many pixels that are. */
function spread(
  start: number,
  grey: Uint8Array,
  width: number,
  isSeen: Uint8Array,
  area: Int32Array,
): number {
  let size = 0;
  const visit = (at: number, from: number) => {
    if (isSeen[at] === 1 || Math.abs((grey[at] ?? 0) - from) > SAME) return;
    isSeen[at] = 1;
    area[size++] = at;
  };
  visit(start, grey[start] ?? 0);
  for (let next = 0; next < size; next++) {
    const at = area[next] ?? 0;
    const own = grey[at] ?? 0;
    const column = at % width;
    if (column > 0) visit(at - 1, own);
    if (column < width - 1) visit(at + 1, own);
    if (at >= width) visit(at - width, own);
    if (at + width < grey.length) visit(at + width, own);
  }
  return size;
}

/** Portable grey map, which the engine opens: a header in letters, then the bytes. */
export function asPgm({ grey, width, height }: GreyPicture): Uint8Array {
  const header = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`);
  const file = new Uint8Array(header.length + grey.length);
  file.set(header);
  file.set(grey, header.length);
  return file;
}
