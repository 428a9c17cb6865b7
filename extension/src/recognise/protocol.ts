/** What crosses between a page and the recogniser's thread. */
import type { GreyPicture } from "./dark_on_light.ts";

export interface ToRecogniser {
  picture: GreyPicture;
  /** The engine's names, such as `deu`; the first counts most. */
  languages: string[];
}

export type FromRecogniser = { percent: number } | { table: string } | { error: string };
