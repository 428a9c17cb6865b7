/** A file → a grey picture of a size at which text is read well. */
import type { GreyPicture } from "./dark_on_light.ts";

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
export async function greyPicture(file: Blob): Promise<GreyPicture> {
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

function draw(bitmap: ImageBitmap, width: number, height: number): GreyPicture {
  try {
    const pen = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    if (pen === null) throw new PictureError("memory");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, width, height);
    pen.imageSmoothingQuality = "high";
    pen.drawImage(bitmap, 0, 0, width, height);
    return asGrey(pen.getImageData(0, 0, width, height));
  } catch (error) {
    throw error instanceof PictureError ? error : new PictureError("memory", error);
  }
}

function asGrey({ data, width, height }: ImageData): GreyPicture {
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at++) {
    const [red = 0, green = 0, blue = 0] = [data[4 * at], data[4 * at + 1], data[4 * at + 2]];
    grey[at] = (299 * red + 587 * green + 114 * blue) / 1000;
  }
  return { grey, width, height };
}
