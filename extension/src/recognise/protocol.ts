/** What crosses between a page and the recogniser's thread. */

export interface ToRecogniser {
  /** A grey picture as PGM. */
  picture: Uint8Array;
  /** The engine's names, such as `deu`. */
  languages: string[];
}

export type FromRecogniser = { percent: number } | { table: string } | { error: string };
