/** The page's side of the recogniser: one thread for one picture, ended when it is done or no longer wanted. */
import { type Line, readTable } from "./lines.ts";
import { greyPicture, PictureError } from "./picture.ts";
import type { FromRecogniser, ToRecogniser } from "./protocol.ts";

const SCRIPT = "recogniser.js";

/**
 * The lines of text in a picture.
 *
 * @param languages the engine's names, see languages.ts.
 * @param progress hears how far it is, in percent.
 * @throws PictureError, or the signal's reason once it is aborted.
 */
export async function recogniseLines(
  file: Blob,
  languages: string[],
  progress: (percent: number) => void,
  signal: AbortSignal,
): Promise<Line[]> {
  const picture = await greyPicture(file);
  signal.throwIfAborted();
  return readTable(await inOwnThread({ picture, languages }, progress, signal));
}

function inOwnThread(
  order: ToRecogniser,
  progress: (percent: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const thread = new Worker(SCRIPT);
  const reading = new Promise<string>((resolve, reject) => {
    thread.addEventListener("message", ({ data }: MessageEvent<FromRecogniser>) => {
      if ("percent" in data) progress(data.percent);
      else if ("table" in data) resolve(data.table);
      else reject(new PictureError("memory", data.error));
    });
    thread.addEventListener("error", (event) => reject(new PictureError("memory", event.message)));
    signal.addEventListener("abort", () => reject(signal.reason));
    thread.postMessage(order, [order.picture.grey.buffer]);
  });
  return reading.finally(() => thread.terminate());
}
