/** A file → a grey picture of a size at which text is read well: dark on light, as the recogniser was taught. */

/** Why there is nothing to read; the page says it in words. */
export type Refusal = "type" | "large" | "memory";

export class PictureError extends Error {
  constructor(readonly refusal: Refusal, cause?: unknown) {
    super(`recognise/picture.ts: ${refusal}`, { cause });
  }
}

const MOST_BYTES = 40 * 2 ** 20;
const MOST_PIXELS = 60_000_000;
/** Text of a phone's or a computer's screenshot is then 25 to 60 pixels tall. */
const WANTED_PIXELS = 4_500_000;
const MOST_ENLARGED = 3;

/** @throws PictureError */
export async function greyPicture(file: Blob): Promise<Uint8Array> {
  if (file.size > MOST_BYTES) throw new PictureError("large");
  const bitmap = await decode(file);
  try {
    const pixels = bitmap.width * bitmap.height;
    if (pixels > MOST_PIXELS) throw new PictureError("large");
    const scale = Math.min(MOST_ENLARGED, Math.sqrt(WANTED_PIXELS / pixels));
    return draw(
      bitmap,
      Math.max(1, Math.round(bitmap.width * scale)),
      Math.max(1, Math.round(bitmap.height * scale)),
    );
  } finally {
    bitmap.close();
  }
}

async function decode(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file);
  } catch (error) {
    throw new PictureError("type", error);
  }
}

function draw(bitmap: ImageBitmap, width: number, height: number): Uint8Array {
  try {
    const pen = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    if (pen === null) throw new PictureError("memory");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, width, height);
    pen.imageSmoothingQuality = "high";
    pen.drawImage(bitmap, 0, 0, width, height);
    return asPgm(pen.getImageData(0, 0, width, height));
  } catch (error) {
    throw error instanceof PictureError ? error : new PictureError("memory", error);
  }
}

/** Portable grey map: a header in letters, then a byte for each pixel. */
function asPgm({ data, width, height }: ImageData): Uint8Array {
  const header = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`);
  const file = new Uint8Array(header.length + width * height);
  file.set(header);
  const grey = file.subarray(header.length);
  let sum = 0;
  for (let at = 0; at < grey.length; at++) {
    const [red = 0, green = 0, blue = 0] = [data[4 * at], data[4 * at + 1], data[4 * at + 2]];
    const light = (299 * red + 587 * green + 114 * blue) / 1000;
    grey[at] = light;
    sum += light;
  }
  // Dark mode.
  if (sum < 128 * grey.length) { for (let at = 0; at < grey.length; at++) grey[at] = 255 - (grey[at] ?? 0); }
  return file;
}
