/** What the person has chosen; kept in the browser, on this device, unless they switch syncing on. Pure. */
import { isHost } from "./mutes.ts";

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

/** What an administrator has laid down; `managed_schema.json` says the same to the browser. */
export interface Policy {
  settings: Partial<Settings>;
  /** Nobody can silence a warning; what was muted before warns again. */
  mutesForbidden: boolean;
  /** Hosts on which nothing is warned of. */
  mutedSites: string[];
}

/** Becomes part of a path in our package, so nothing but a language's name may stand here. */
const LANGUAGE = /^(?:[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3})?$/;

/** Anything → settings: what is missing or of another kind is as if never chosen. */
export function readSettings(value: unknown): Settings {
  return { ...DEFAULT_SETTINGS, ...readChoices(value) };
}

/** Only what is chosen in there, and can be. */
export function readChoices(value: unknown): Partial<Settings> {
  const known = Object.entries(recordOf(value)).filter(([name, chosen]) => isSetting(name, chosen));
  return Object.fromEntries(known);
}

export function isSetting(name: string, chosen: unknown): boolean {
  if (!Object.hasOwn(DEFAULT_SETTINGS, name)) return false;
  if (typeof chosen !== typeof DEFAULT_SETTINGS[name as keyof Settings]) return false;
  return typeof chosen !== "string" || LANGUAGE.test(chosen);
}

/** Anything → what is laid down: an entry that cannot be read lays nothing down. */
export function readPolicy(value: unknown): Policy {
  const { mutesForbidden, mutedSites, ...settings } = recordOf(value);
  return {
    settings: readChoices(settings),
    mutesForbidden: mutesForbidden === true,
    mutedSites: Array.isArray(mutedSites) ? mutedSites.filter(isHost) : [],
  };
}

/** Names of all that the person cannot change. */
export function fixedBy({ settings, mutesForbidden, mutedSites }: Policy): string[] {
  return [
    ...Object.keys(settings),
    ...(mutesForbidden ? ["mutesForbidden"] : []),
    ...(mutedSites.length > 0 ? ["mutedSites"] : []),
  ];
}

export function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Record<string, unknown>
    : {};
}
