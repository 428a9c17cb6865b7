/** The languages whose pictures can be read: those whose data lies in the package (backend/rollguard/build/recogniser.py). */

export interface ReadableLanguage {
  /** As in `_locales`. */
  code: string;
  /** As the engine names it. */
  data: string;
}

export const READABLE: ReadableLanguage[] = [
  { code: "en", data: "eng" },
  { code: "de", data: "deu" },
  { code: "fr", data: "fra" },
  { code: "es", data: "spa" },
  { code: "it", data: "ita" },
  { code: "pt", data: "por" },
];

const EVERYWHERE = "en";

/** The person's own and English: apps mix them. */
export function usualLanguages(uiLanguage: string): string[] {
  const own = uiLanguage.split(/[-_]/)[0] ?? "";
  return READABLE.map(({ code }) => code).filter((code) => code === own || code === EVERYWHERE);
}

/** The engine's names, English last: it believes the first most, and English alone has no accents. */
export function dataFor(codes: string[]): string[] {
  const chosen = READABLE.filter(({ code }) => codes.includes(code));
  return chosen.toSorted((one, other) => Number(one.code === EVERYWHERE) - Number(other.code === EVERYWHERE))
    .map(({ data }) => data);
}
