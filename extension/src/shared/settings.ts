/** What the person has chosen; kept in the browser, on this device, unless they switch syncing on. */

export interface Settings {
  /** The accept control's first press is held and must be repeated. */
  speedBump: boolean;
  /** The dialog's decisive words are marked in place. */
  highlight: boolean;
  /** What was seen and chosen is noted on this device. */
  ledger: boolean;
  /** Settings and mutes travel with the browser's own account. The ledger never does. */
  sync: boolean;
  /** Language of our words, as in `_locales`; empty: the browser's. */
  language: string;
}

export const DEFAULT_SETTINGS: Settings = {
  speedBump: true,
  highlight: true,
  ledger: true,
  sync: false,
  language: "",
};

/** Anything → settings: what is missing or of another kind is as if never chosen. */
export function readSettings(value: unknown): Settings {
  const found = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  const chosen = Object.entries(DEFAULT_SETTINGS).map(([name, usual]) => [
    name,
    typeof found[name] === typeof usual ? found[name] : usual,
  ]);
  return Object.fromEntries(chosen) as Settings;
}
