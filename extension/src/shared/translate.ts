/** The person's language: one source (`_locales`), two ways to it. The extension asks the browser, the userscript a table. */
import type { MessageKey } from "./message_keys.ts";

export type { MessageKey };

export interface Translate {
  (key: MessageKey, substitutions?: string[]): string;
  /** BCP 47 code of the language that the words are in, which may not be the one asked for. */
  language: string;
  direction: "ltr" | "rtl";
}

/** One `messages.json`. */
export type MessageTable = Record<string, {
  message: string;
  description?: string;
  placeholders?: Record<string, { content: string; example?: string }>;
}>;

const FALLBACK = "en";
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ps", "sd", "ug", "ur", "yi"]);

/** `getMessage` is the browser's own; it picks the table by itself and does not say which one. */
export function extensionTranslate(
  getMessage: (key: string, substitutions?: string[]) => string,
  uiLanguage: string,
): Translate {
  return named(getMessage, getMessage("language") || uiLanguage);
}

/** `tables`: language → messages.json. `language`: what the person prefers, such as `pt-BR`. */
export function tableTranslate(tables: Record<string, MessageTable>, language: string): Translate {
  const chosen = nearest(Object.keys(tables), language);
  return named((key, substitutions = []) => {
    const entry = tables[chosen]?.[key] ?? tables[FALLBACK]?.[key];
    return entry === undefined ? "" : fill(entry, substitutions);
  }, chosen.replaceAll("_", "-"));
}

function named(lookUp: (key: string, substitutions?: string[]) => string, language: string): Translate {
  const translate = (key: MessageKey, substitutions?: string[]) => lookUp(key, substitutions);
  const primary = language.toLowerCase().split(/[-_]/)[0] ?? "";
  return Object.assign(translate, {
    language,
    direction: RIGHT_TO_LEFT.has(primary) ? "rtl" as const : "ltr" as const,
  });
}

/** Exactly the language, else the same language from elsewhere, else English. */
function nearest(known: string[], language: string): string {
  const wanted = language.replaceAll("_", "-").toLowerCase();
  const normal = (code: string) => code.replaceAll("_", "-").toLowerCase();
  const primary = wanted.split("-")[0];
  return known.find((code) => normal(code) === wanted) ??
    known.find((code) => normal(code) === primary) ??
    known.find((code) => normal(code).split("-")[0] === primary) ??
    FALLBACK;
}

/** The format of `messages.json`: `$NAME$` stands for a placeholder, `$1` in it for a substitution, `$$` for a dollar sign. */
function fill(entry: MessageTable[string], substitutions: string[]): string {
  const placeholders = new Map(
    Object.entries(entry.placeholders ?? {}).map(([name, { content }]) => [name.toLowerCase(), content]),
  );
  const numbered = (text: string) =>
    text.replace(/\$([1-9])/g, (_match, digit: string) => substitutions[Number(digit) - 1] ?? "");
  return entry.message.replace(
    /\$\$|\$([A-Za-z0-9_@]+)\$|\$([1-9])/g,
    (match, name?: string, digit?: string) => {
      if (match === "$$") return "$";
      if (digit !== undefined) return numbered(match);
      const content = placeholders.get((name ?? "").toLowerCase());
      return content === undefined ? match : numbered(content);
    },
  );
}
