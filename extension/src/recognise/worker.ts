/**
 * The recogniser's own thread: a grey picture in, the table of its words out. Lives for one picture and is ended by the
 * page, which frees all its memory. Everything it loads lies in this package.
 */
import { asPgm, darkOnLight } from "./dark_on_light.ts";
import type { FromRecogniser, ToRecogniser } from "./protocol.ts";

interface Reader {
  Init(folder: null, languages: string, mode: number): number;
  SetVariable(name: string, value: string): void;
  SetImageFile(orientation: number, angle: number): number;
  Recognize(monitor: null): number;
  GetTSVText(page: number): string;
}

interface Engine {
  FS: { writeFile(path: string, data: Uint8Array): void };
  TessBaseAPI: new () => Reader;
}

declare const TesseractCore: (options: {
  locateFile: () => string;
  TesseractProgress: (percent: number) => void;
}) => Promise<Engine>;
declare const importScripts: (path: string) => void;

const FOLDER = "recogniser";
const NEURAL_NETWORK_ONLY = 1;
/** Where the engine looks for the picture that SetImageFile reads. */
const PICTURE = "/input";
const UPRIGHT = 1;

function tell(message: FromRecogniser): void {
  postMessage(message);
}

async function loadLanguage(code: string): Promise<Uint8Array> {
  const { body } = await fetch(`${FOLDER}/${code}.traineddata.gz`);
  if (body === null) throw new Error(`recognise/worker.ts: the package has no data for ${code}`);
  const plain = body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

async function recognise({ picture, languages }: ToRecogniser): Promise<string> {
  importScripts(`${FOLDER}/engine.js`);
  const engine = await TesseractCore({
    locateFile: () => `${FOLDER}/engine.wasm`,
    TesseractProgress: (percent) => tell({ percent }),
  });
  for (const code of languages) engine.FS.writeFile(`${code}.traineddata`, await loadLanguage(code));
  const reader = new engine.TessBaseAPI();
  if (reader.Init(null, languages.join("+"), NEURAL_NETWORK_ONLY) !== 0) {
    throw new Error(`recognise/worker.ts: the engine takes none of ${languages.join()}`);
  }
  engine.FS.writeFile(PICTURE, asPgm(darkOnLight(picture)));
  if (reader.SetImageFile(UPRIGHT, 0) !== 0) {
    throw new Error("recognise/worker.ts: the engine cannot read the picture that the page made");
  }
  reader.Recognize(null);
  return reader.GetTSVText(0);
}

addEventListener("message", ({ data }: MessageEvent<ToRecogniser>) => {
  recognise(data).then((table) => tell({ table }), (error: unknown) => tell({ error: String(error) }));
});
